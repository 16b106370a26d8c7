import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { agrees } from '../../scripts/reference-values/compare.ts'
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

type Expected = ReferenceCase['expected']

/** Another value, further away than any tolerance reaches. */
function changedValue(value: unknown): unknown {
  if (typeof value === 'number') return value + 0.06 * (1 + Math.abs(value))
  if (Array.isArray(value)) return value.map(changedValue)
  return value === null ? 0 : null
}

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

  it('fail, each with its name, when an expected quantity is changed', () => {
    for (const reference of cases.filter(({ stat }) => !LATER.includes(stat))) {
      const changed = Object.entries(reference.expected).map(([name, value]) => [
        name,
        changedValue(value),
      ])
      const run = runCases([{ ...reference, expected: Object.fromEntries(changed) as Expected }])
      const reported = run.failures.map((line) => line.split(':')[0])
      assert.deepEqual(
        reported,
        Object.keys(reference.expected).map((name) => `${reference.id} ${name}`),
      )
    }
  })

  it('fail when a case expects nothing, is of no shape, or asks for a kind by an inherited name', () => {
    const [first] = cases
    assert.ok(first)
    assert.equal(runCases([{ ...first, expected: {} }]).failed, 1)
    assert.equal(runCases([{ ...first, input: {} }]).failed, 1)
    const inherited = runCases([{ ...first, stat: 'constructor' }])
    assert.deepEqual([inherited.passed, [...inherited.unknownKinds.keys()]], [0, ['constructor']])
  })

  it('are met exactly where no tolerance is given, and only by what they are', () => {
    const loose = { rel: 0.5, abs: 1 }
    for (const [got, expected, tolerance, agreed] of [
      [1, 1, undefined, true],
      [1 + 2 ** -52, 1, undefined, false],
      [0, -0, 'exact', true],
      [1.4, 1, loose, true],
      [9, Infinity, loose, false],
      [Infinity, Infinity, loose, true],
      [-Infinity, Infinity, loose, false],
      [Infinity, 1, loose, false],
      [NaN, 1, loose, false],
      [NaN, NaN, loose, true],
      [1, NaN, loose, false],
      [null, null, loose, true],
      [undefined, null, loose, false],
      [0, null, loose, false],
      [null, 0, loose, false],
      ['1', 1, loose, false],
      [[1, 2], [1, 2.1], loose, true],
      [Float64Array.of(1, 2), [1, 2], 'exact', true],
      [[1, 2], [1, 2, 3], loose, false],
      [[1], 1, loose, false],
    ] as const) {
      assert.equal(agrees(got, expected, tolerance), agreed, JSON.stringify([got, expected]))
    }
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
      assert.match(String(failed.stdout), /^\S+ statistic: got \S+, expected 7\n/)
      assert.match(String(failed.stdout), /0 passed, 1 failed\n$/)

      const unknown = path.join(folder, 'unknown.json')
      writeFileSync(unknown, JSON.stringify({ cases: [{ ...first, stat: 'no_such_kind' }] }))
      const nothing = run(unknown)
      assert.equal(nothing.status, 1)
      assert.match(String(nothing.stdout), /unknown kind: no_such_kind/)

      const right = path.join(folder, 'right.json')
      writeFileSync(right, JSON.stringify({ cases: [first] }))
      const passed = run(right)
      assert.equal(passed.status, 0)
      assert.match(String(passed.stdout), /1 passed, 0 failed\n$/)
      const some = run(right, unknown)
      assert.equal(some.status, 0)
      assert.match(String(some.stdout), /unknown kind: no_such_kind \(cases not run: 1\)/)
      const absent = run(right, path.join(folder, 'absent.json'))
      assert.equal(absent.status, 1)
      assert.match(String(absent.stderr), /absent\.json/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
