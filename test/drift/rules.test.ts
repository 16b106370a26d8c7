import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compareSnapshots } from '../../src/drift/compare.ts'
import { profileSnapshot } from '../../src/drift/profile.ts'
import { goodnessOfFit, normedWasserstein } from '../../src/drift/rules/evidently.ts'
import { jensenShannonDistance } from '../../src/stats/distances/jensen-shannon.ts'
import { codes, columnOf, compare, labels, normals, settingsWith } from './draws.ts'
import type { Columns } from './draws.ts'
import { categories, memorySnapshot, numbers } from '../memory-snapshot.ts'

/** Values of Evidently 0.7.21's own functions on inputs without a random generator. */
const REFERENCE = Float64Array.from({ length: 1000 }, (_, i) => ((37 * i) % 101) / 10)
const CURRENT = Float64Array.from({ length: 500 }, (_, i) => ((53 * i) % 97) / 9 + 0.5)
const GOLDEN = {
  normedWasserstein: 0.27747747306719284,
  kolmogorovSmirnovP: 0.00044991221571444957,
  jensenShannonCounts: 0.5578876944180231,
}

function near(actual: number | null | undefined, expected: number, relative = 1e-9): void {
  assert.ok(actual !== null && actual !== undefined)
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), String(actual))
}

const repeated = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).flatMap(([value, count]) => new Array<string>(count).fill(value))

describe('the rule evidently', () => {
  it("reproduces Evidently's numbers", async () => {
    near(
      normedWasserstein(REFERENCE.slice().sort(), CURRENT.slice().sort()).statistic,
      GOLDEN.normedWasserstein,
    )
    const comparison = await compare(
      { x: numbers(REFERENCE) },
      { x: numbers(CURRENT) },
      { rule: 'evidently' },
    )
    const [key] = columnOf(comparison, 'x').keys
    near(key?.pValue, GOLDEN.kolmogorovSmirnovP)
    assert.equal(columnOf(comparison, 'x').outcome, 'warn')
    assert.deepEqual(codes(comparison), ['DATASET_DRIFT'])
    near(
      jensenShannonDistance([200, 400, 400, 0], [160, 80, 0, 160], 'nats').statistic,
      GOLDEN.jensenShannonCounts,
    )
    const gone = goodnessOfFit([200, 400, 400, 0], [160, 80, 0, 160])
    assert.equal(gone.pValue, 0)
  })

  it('changes its test above 1000 reference rows', async () => {
    const tables = (n: number): readonly [Columns, Columns] => [
      { x: numbers(normals(1, n)), c: categories(labels(1, n, ['a', 'b', 'c'])) },
      { x: numbers(normals(2, n)), c: categories(labels(2, n, ['a', 'b', 'c'])) },
    ]
    const testsAt = async (n: number) => {
      const comparison = await compare(...tables(n), { rule: 'evidently' })
      return comparison.columns.map(({ keys }) => keys[0]?.test)
    }
    assert.deepEqual(await testsAt(1000), ['kolmogorov-smirnov', 'chi-square-goodness-of-fit'])
    assert.deepEqual(await testsAt(1001), ['wasserstein-over-std', 'jensen-shannon-nats'])
  })

  it('judges two values by a z test, and fails at half of the columns', async () => {
    const comparison = await compare(
      { a: categories(repeated({ x: 500, y: 500 })), b: numbers(normals(1, 1000)) },
      { a: categories(repeated({ x: 600, y: 400 })), b: numbers(normals(2, 1000)) },
      { rule: 'evidently' },
    )
    const key = columnOf(comparison, 'a').keys[0]
    assert.equal(key?.test, 'z-two-proportions')
    near(key.pValue, 7.2e-6, 0.05)
    assert.deepEqual(codes(comparison), ['DATASET_DRIFT'])
  })
})

describe('the rule evidently where it would stop or stay silent', () => {
  const evidently = { rule: 'evidently' as const }

  it('is inconclusive where a side has no finite value, and drops infinite ones otherwise', async () => {
    const finite = normals(1, 500)
    const infinite = new Float64Array(500).fill(Infinity)
    const nothing = await compare({ x: numbers(finite) }, { x: numbers(infinite) }, evidently)
    assert.equal(columnOf(nothing, 'x').outcome, 'inconclusive')
    const some = await compare(
      { x: numbers(finite) },
      { x: numbers([...finite, Infinity, -Infinity]) },
      evidently,
    )
    assert.deepEqual(columnOf(some, 'x').keys[0]?.n, { reference: 500, current: 500 })
    assert.equal(columnOf(some, 'x').outcome, 'pass')
  })

  it('takes few whole numbers for categories, and tests neither times nor texts', async () => {
    const table = (seed: number): Columns => ({
      k: { type: 'integer', cells: labels(seed, 800, Array.from('01234567')).map(Number) },
      few: numbers(labels(seed, 800, Array.from('0123')).map((digit) => Number(digit) / 7)),
      at: { type: 'datetime', cells: Array.from({ length: 800 }, (_, row) => row * 1e7) },
      t: { type: 'text', cells: labels(seed, 800, ['one', 'three words here']) },
    })
    const comparison = await compare(table(1), table(2), evidently)
    assert.equal(columnOf(comparison, 'k').keys[0]?.test, 'chi-square-goodness-of-fit')
    assert.equal(columnOf(comparison, 'few').keys[0]?.test, 'chi-square-goodness-of-fit')
    assert.equal(columnOf(comparison, 'at').keys[0]?.outcome, 'not-applicable')
    assert.equal(columnOf(comparison, 't').keys[0]?.outcome, 'not-applicable')
  })

  it('divides by no less than a thousandth, so that a tiny feature cannot drift', () => {
    const tiny = (shift: number): Float64Array =>
      normals(1, 1500)
        .map((value) => 1e-5 * (value + shift))
        .sort()
    const distance = normedWasserstein(tiny(0), tiny(5)).statistic
    near(distance, 0.05, 1e-6)
  })

  it('gives a reason, and no distance of 0, where the deviation or the distance is not finite', async () => {
    const tame = normals(1, 1500).sort()
    const huge = normals(2, 1500)
      .map((value) => 1e200 * value)
      .sort()
    const endless = Float64Array.from([...tame, Infinity])
    for (const [reference, current, reason] of [
      [huge, tame, /overflows/],
      [endless, tame, /infinite/],
      [tame, endless, /infinite/],
      [new Float64Array(0), tame, /no valid value/],
    ] as const) {
      const distance = normedWasserstein(reference, current)
      assert.equal(distance.statistic, null)
      assert.match(distance.reason ?? '', reason)
    }
    const [before, now] = [{ x: numbers(huge) }, { x: numbers(huge.map((x) => 3 * x)) }]
    const column = columnOf(await compare(before, now, evidently), 'x')
    assert.equal(column.outcome, 'inconclusive')
    assert.deepEqual(
      column.findings.map(({ code }) => code),
      ['KEY_NOT_COMPUTED'],
    )
  })

  it('alarms at any unseen category', () => {
    const { pValue, statistic } = goodnessOfFit([50, 50, 0], [50, 49, 1])
    assert.deepEqual([pValue, statistic], [0, Number.MAX_VALUE])
  })
})

describe('a rule that needs rows', () => {
  it('is inconclusive about a baseline instead of guessing', async () => {
    const table = { x: numbers(normals(1, 3000)) }
    const baseline = await profileSnapshot(memorySnapshot(table), settingsWith())
    for (const rule of ['textbook', 'evidently'] as const) {
      const comparison = await compareSnapshots(
        baseline,
        memorySnapshot({ x: numbers(normals(2, 3000, 1)) }),
        settingsWith({ rule }),
      )
      assert.equal(columnOf(comparison, 'x').outcome, 'inconclusive')
      assert.ok(codes(comparison, 'x').includes('KEY_NOT_COMPUTED'))
    }
  })
})

describe('the rule textbook', () => {
  it('calls a feature in the hundreds drifted and one in hundredths never, without any drift', async () => {
    const comparison = await compare(
      { large: numbers(normals(1, 500, 1000, 200)), small: numbers(normals(2, 500, 0.05, 0.01)) },
      { large: numbers(normals(3, 500, 1000, 200)), small: numbers(normals(4, 500, 0.05, 0.01)) },
      { rule: 'textbook' },
    )
    assert.equal(columnOf(comparison, 'large').outcome, 'warn')
    assert.equal(columnOf(comparison, 'small').outcome, 'pass')
    assert.deepEqual(codes(comparison), [])
  })

  it('fails the comparison at more than three drifted features', async () => {
    const table = (seed: number, features: number): Columns =>
      Object.fromEntries(
        Array.from({ length: features }, (_, i) => [
          `x${String(i)}`,
          numbers(normals(seed + i, 500, 1000, 200)),
        ]),
      )
    const three = await compare(table(1, 3), table(50, 3), { rule: 'textbook' })
    assert.deepEqual(codes(three), [])
    const four = await compare(table(1, 4), table(50, 4), { rule: 'textbook' })
    assert.deepEqual(codes(four), ['TOO_MANY_DRIFTED_FEATURES'])
  })

  it('does not let a missing value silence it', async () => {
    const comparison = await compare(
      { x: numbers(normals(1, 500)) },
      { x: numbers([...normals(2, 499, 5), NaN]) },
      { rule: 'textbook' },
    )
    assert.equal(columnOf(comparison, 'x').outcome, 'inconclusive')
  })

  it('judges predictions by the Jensen-Shannon distance in nats over 50 reference bins', async () => {
    const columns = new Map([['score', { role: 'prediction' as const }]])
    const comparison = await compare(
      { score: numbers(normals(1, 5000)) },
      { score: numbers(normals(2, 5000, 1)) },
      { rule: 'textbook', columns },
    )
    const column = columnOf(comparison, 'score')
    assert.equal(column.outcome, 'fail')
    assert.equal(column.keys[0]?.test, 'jensen-shannon-50-bins')
    assert.ok(Number(column.keys[0].statistic) < Math.sqrt(Math.LN2))
  })

  it('computes that distance from densities over the edges of the reference, out of range dropped', async () => {
    const columns = new Map([['score', { role: 'prediction' as const }]])
    const reference = normals(1, 1000)
    const [low, high] = [Math.min(...reference), Math.max(...reference)]
    const current = normals(2, 500, 0.2).filter((value) => value > low && value < high)
    const statisticOf = async (values: readonly number[] | Float64Array) => {
      const tables = [{ score: numbers(reference) }, { score: numbers(values) }] as const
      const comparison = await compare(...tables, { rule: 'textbook', columns })
      return Number(columnOf(comparison, 'score').keys[0]?.statistic)
    }
    const shares = (values: Float64Array): number[] => {
      const counts = new Array<number>(50).fill(0)
      for (const value of values) {
        const cell = Math.min(49, Math.floor((50 * (value - low)) / (high - low)))
        counts[cell] = (counts[cell] ?? 0) + 1 / values.length
      }
      return counts
    }
    const [p, q] = [shares(reference), shares(current)]
    const half = (a: number[], b: number[]): number =>
      a.reduce((sum, x, i) => (x > 0 ? sum + x * Math.log((2 * x) / (x + Number(b[i]))) : sum), 0)
    near(await statisticOf(current), Math.sqrt((half(p, q) + half(q, p)) / 2), 1e-9)
    near(await statisticOf([...current, 70, 80, -30]), await statisticOf(current), 1e-12)
  })

  it('tells no drift from a distance at its limit, which is not above it', async () => {
    const reference = Float64Array.from({ length: 200 }, (_, i) => i % 2)
    const current = reference.map((value) => value + 0.1)
    const comparison = await compare(
      { x: numbers(reference.map((value) => value * 8)) },
      { x: numbers(reference.map((value) => value * 8)) },
      { rule: 'textbook' },
    )
    assert.equal(columnOf(comparison, 'x').outcome, 'pass')
    const above = await compare(
      { x: numbers(reference) },
      { x: numbers(current) },
      { rule: 'textbook' },
    )
    assert.equal(columnOf(above, 'x').outcome, 'warn')
  })

  it('has an answer for a constant score and none for an infinite one', async () => {
    const columns = new Map([['score', { role: 'prediction' as const }]])
    const constant = numbers(new Float64Array(400).fill(0.5))
    const same = await compare(
      { score: constant },
      { score: constant },
      { rule: 'textbook', columns },
    )
    assert.equal(columnOf(same, 'score').outcome, 'pass')
    const infinite = numbers([...normals(1, 399), Infinity])
    const broken = await compare(
      { score: infinite },
      { score: constant },
      { rule: 'textbook', columns },
    )
    assert.equal(columnOf(broken, 'score').outcome, 'inconclusive')
  })

  it('judges no categories, and says so', async () => {
    const table = { c: categories(labels(1, 500, ['a', 'b'])), x: numbers(normals(1, 500)) }
    const columns = new Map([['c', { role: 'prediction' as const }]])
    const comparison = await compare(table, table, { rule: 'textbook', columns })
    assert.equal(columnOf(comparison, 'c').outcome, 'not-applicable')
    assert.match(String(columnOf(comparison, 'c').keys[0]?.['statisticReason']), /numbers alone/)
  })

  it('counts values outside the reference and does not fail for them', async () => {
    const comparison = await compare(
      { x: numbers([0, ...normals(1, 999, 0.5, 0.01), 1]) },
      { x: numbers([-1, ...normals(2, 999, 0.5, 0.01), 2]) },
      { rule: 'textbook' },
    )
    const outside = columnOf(comparison, 'x').keys.find(({ key }) => key === 'range')
    assert.equal(outside?.statistic, 2)
    assert.equal(outside.outcome, 'notice')
  })
})

describe('rules beside the deciding one', () => {
  it('are listed with what they would have said', async () => {
    const comparison = await compare(
      { x: numbers(normals(1, 2000)) },
      { x: numbers(normals(2, 2000, 1)) },
      { alsoRules: ['textbook', 'evidently', 'two-key'] },
    )
    assert.deepEqual(
      comparison.alternatives.map(({ rule }) => rule),
      ['textbook', 'evidently'],
    )
    assert.equal(comparison.alternatives[1]?.columns[0]?.outcome, 'warn')
    assert.equal(columnOf(comparison, 'x').outcome, 'fail')
  })
})
