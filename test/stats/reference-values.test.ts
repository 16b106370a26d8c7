import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import type { ReferenceCase } from '../../scripts/reference-values/run-cases.ts'
import { runCases } from '../../scripts/reference-values/run-cases.ts'

const root = path.dirname(path.dirname(import.meta.dirname))
const file = path.join(root, 'fixtures', 'stats', 'reference', 'reference-values.json')
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly ReferenceCase[] }

/** They come with the commands that need them. */
const LATER = [
  'canary_mann_whitney',
  'cbpe_binary',
  'drift_detectors',
  'msprt_two_prop',
  'two_prop_sample_size',
]

const program = path.join(root, 'scripts', 'reference-values.ts')
const run = (...files: readonly string[]): ReturnType<typeof spawnSync> =>
  spawnSync(process.execPath, ['--import', 'tsx', program, ...files], { cwd: root })

describe('the reference values', () => {
  it('are met within their tolerances, every kind but those of later commands', () => {
    const { passed, failures, unknownKinds } = runCases(cases)
    assert.deepEqual(failures, [])
    assert.deepEqual([...unknownKinds.keys()].sort(), LATER)
    const notRun = [...unknownKinds.values()].reduce((sum, count) => sum + count, 0)
    assert.equal(passed, cases.length - notRun)
    assert.ok(passed >= 151)
  })

  it('fail when an expected number is changed', () => {
    const changed = cases.slice(0, 20).map((reference) => ({
      ...reference,
      expected: Object.fromEntries(
        Object.entries(reference.expected).map(([name, value]) => [
          name,
          typeof value === 'number' ? value + 0.001 * (1 + Math.abs(value)) : value,
        ]),
      ),
    }))
    assert.equal(runCases(changed).passed, 0)
  })

  it('end with a count and exit 1 when one fails or nothing ran', () => {
    assert.equal(run().status, 1)
    const folder = mkdtempSync(path.join(os.tmpdir(), 'mlcheck-'))
    try {
      const wrong = path.join(folder, 'wrong.json')
      const [first] = cases
      assert.ok(first)
      writeFileSync(wrong, JSON.stringify({ cases: [{ ...first, expected: { statistic: 7 } }] }))
      const failed = run(wrong)
      assert.equal(failed.status, 1)
      assert.match(String(failed.stdout), /0 passed, 1 failed\n$/)

      const unknown = path.join(folder, 'unknown.json')
      writeFileSync(unknown, JSON.stringify({ cases: [{ ...first, stat: 'no_such_kind' }] }))
      const nothing = run(unknown)
      assert.equal(nothing.status, 1)
      assert.match(String(nothing.stdout), /unknown kind: no_such_kind/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
