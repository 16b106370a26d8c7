import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { InputError } from '../../src/core/errors.ts'
import { digestArtifact } from '../../src/facts/artifact-digest.ts'

const root = mkdtempSync(join(tmpdir(), 'artifact-test-'))
after(() => rmSync(root, { recursive: true, force: true }))

function folder(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, name, path, '..'), { recursive: true })
    writeFileSync(join(root, name, path), text)
  }
  return join(root, name)
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

test('a file has the digest and size of its bytes', async () => {
  const found = await digestArtifact(join(folder('one', { 'model.bin': 'abc' }), 'model.bin'))
  assert.deepEqual(found, {
    kind: 'file',
    bytes: 3,
    sha256: sha256('abc'),
    files: 1,
    paths: ['model.bin'],
    pointers: [],
  })
})

test('a directory has the digest of its sorted digests and paths', async () => {
  const found = await digestArtifact(folder('tree', { 'b/c': '1', a: '22', 'b/a': '333' }))
  const list = [`${sha256('22')}  a\n`, `${sha256('333')}  b/a\n`, `${sha256('1')}  b/c\n`]
  assert.equal(found?.sha256, sha256(list.join('')))
  assert.equal(found.bytes, 6)
  const renamed = await digestArtifact(folder('renamed', { 'b/c': '1', a: '22', 'b/b': '333' }))
  assert.notEqual(renamed?.sha256, found.sha256)
})

for (const [kind, text] of [
  ['git-lfs', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n'],
  ['dvc', 'outs:\n- md5: 22a1a2931c8370d3aeedd7183606fd7f\n  size: 14445097\n  path: model.bin\n'],
  ['git-annex', '/annex/objects/SHA256E-s1--00.bin\n'],
] as const) {
  test(`a pointer of ${kind} is recognised by its content`, async () => {
    const found = await digestArtifact(folder(`pointer-${kind}`, { 'weights.bin': text, x: 'y' }))
    assert.deepEqual(found?.pointers, [{ path: 'weights.bin', kind }])
  })
}

test('what is not there is not there, what cannot be followed is an input error', async () => {
  assert.equal(await digestArtifact(join(root, 'nothing')), undefined)
  const loop = folder('loop', { a: '1' })
  symlinkSync('.', join(loop, 'self'))
  await assert.rejects(digestArtifact(loop), InputError)
  const index = folder('shards', { 'model.index.json': '{"weight_map": {"a": "../secret"}}' })
  await assert.rejects(digestArtifact(join(index, 'model.index.json')), InputError)
})
