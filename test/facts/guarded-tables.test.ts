import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createFacts } from '../../src/facts/fact-store.ts'
import { contextOf } from '../checks/projects.ts'
import { scratchFolder } from '../scratch-folder.ts'

const manifest = (data: string) => `version: 1
model: {name: m, task: regression, path: model.bin}
data: {test: ${data}}
features:
  age: {type: number, missing: reject}
  income: {type: number, missing: reject}
`
const POINTERS = {
  'git-lfs':
    'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n',
  dvc: 'outs:\n- md5: a304afb96060aad90176268345e10355\n  size: 37891850\n  path: data.csv\n',
  'git-annex': '/annex/objects/SHA256E-s5--abc.csv\n',
} as const

for (const [tool, text] of Object.entries(POINTERS)) {
  test(`a pointer of ${tool} in the place of a table is told as one, not as lost columns`, async (t) => {
    const folder = scratchFolder(t, {
      'model.yaml': manifest('test.csv'),
      'model.bin': 'm',
      'test.csv': text,
    })
    const fact = await createFacts(await contextOf(folder)).get('data.feature-values')
    assert.ok(fact.state === 'unreadable')
    assert.equal(fact.reason, `test.csv is a pointer of ${tool} in the place of the data`)
    assert.deepEqual(fact.source, { path: 'test.csv' })
    assert.match(fact.remedy ?? '', /Fetch it/)
  })
}

test('a link that appears after the manifest was loaded does not lead out of the repository', async (t) => {
  const elsewhere = scratchFolder(t, { 'x.csv': 'age,income\n1,2\n' })
  const folder = scratchFolder(t, { 'model.yaml': manifest('data/*.csv'), 'model.bin': 'm' })
  mkdirSync(join(folder, 'data'))
  const context = await contextOf(folder)
  symlinkSync(join(elsewhere, 'x.csv'), join(folder, 'data/x.csv'))
  const fact = await createFacts(context).get('data.feature-values')
  assert.ok(fact.state === 'unreadable')
  assert.match(fact.reason, /data\/x\.csv is a link that leaves the repository/)
})

test('a link inside of the repository is followed', async (t) => {
  const folder = scratchFolder(t, { 'model.yaml': manifest('data/*.csv'), 'model.bin': 'm' })
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'real.txt'), 'age,income\n1,2\n')
  symlinkSync('../real.txt', join(folder, 'data/x.csv'))
  const fact = await createFacts(await contextOf(folder)).get('data.feature-values')
  assert.equal(fact.state, 'present')
})

test('a fact that cannot be read without a place is placed where the manifest names it', async (t) => {
  const folder = scratchFolder(t, {
    'model.yaml': manifest('test.csv'),
    'model.bin/part.bin': 'm',
    'test.csv': 'age,income\n1,2\n',
  })
  symlinkSync('.', join(folder, 'model.bin/again'))
  const fact = await createFacts(await contextOf(folder)).get('model.artifact')
  assert.ok(fact.state === 'unreadable')
  assert.match(fact.reason, /link to a folder/)
  assert.deepEqual([fact.source.path, fact.source.line], ['model.yaml', 2])
})
