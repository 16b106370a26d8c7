import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import { staleFiles, writeFiles } from '../../scripts/generate/tree.ts'
import { CHECKS } from '../../src/checks/registry.ts'
import { STATISTICS } from '../../src/stats/registry.ts'

const root = path.resolve(import.meta.dirname, '../..')

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mlcheck-generated-'))
  t.after(() => {
    rmSync(folder, { recursive: true })
  })
  return folder
}

test('schemas and pages in the repository are those of the code, byte for byte', () => {
  assert.deepEqual(staleFiles(root), [], 'run npm run generate')
  for (const name of 'attestations baseline checklist model result settings waivers'.split(' ')) {
    assert.ok(existsSync(path.join(root, `schemas/${name}.schema.json`)), name)
  }
  for (const { id } of CHECKS) assert.ok(existsSync(path.join(root, `docs/checks/${id}.md`)), id)
  for (const { id } of STATISTICS) {
    assert.ok(existsSync(path.join(root, `docs/statistics/${id}.md`)), id)
  }
})

test('written twice, the bytes are the same', (t) => {
  const [first, second] = [emptyFolder(t), emptyFolder(t)]
  const contents = (folder: string): readonly string[] => {
    writeFiles(folder)
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(md|json)$/.test(name))
      .sort()
      .map((name) => `${name}\n${readFileSync(path.join(folder, name), 'utf8')}`)
  }
  assert.deepEqual(contents(first), contents(second))
})

test('the check fails for a file that is changed, missing or of no source, and writes nothing', (t) => {
  const folder = emptyFolder(t)
  const generate = (...args: readonly string[]) => {
    const run = ['--import', 'tsx', path.join(root, 'scripts/generate.ts'), ...args, folder]
    return spawnSync(process.execPath, run, { cwd: root, encoding: 'utf8' })
  }
  assert.equal(generate().status, 0)
  assert.equal(generate('--check').status, 0)
  appendFileSync(path.join(folder, 'schemas/model.schema.json'), ' ')
  rmSync(path.join(folder, 'docs/checks/model.size.md'))
  writeFileSync(path.join(folder, 'docs/statistics/old.md'), '')
  const { status, stderr } = generate('--check')
  assert.equal(status, 1)
  assert.match(stderr, /model\.schema\.json is not current/)
  assert.match(stderr, /model\.size\.md is missing/)
  assert.match(stderr, /old\.md has no source/)
  assert.ok(!existsSync(path.join(folder, 'docs/checks/model.size.md')))
})
