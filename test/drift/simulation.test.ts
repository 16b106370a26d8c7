import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { agreement } from '../../bench/simulation/agreement.ts'
import { countsOf, pageOf, SIZES } from '../../bench/simulation/page.ts'
import { PUBLISHED } from '../../bench/simulation/published.ts'
import { runCell } from '../../bench/simulation/run-cell.ts'
import { SCENARIOS } from '../../bench/simulation/scenarios.ts'
import { binomialSurvival } from '../../src/stats/distributions/binomial.ts'

/**
 * A count further out than this under the rate is no Monte Carlo error. Each of the 30 rates is
 * judged twice, so another seed would fail by chance once in 30 times; this one is fixed.
 */
const IMPOSSIBLE = 5e-4
const SEED = 20_261_124
const AT_SIZE = new Map(SIZES.map(({ reference }, size) => [reference, size]))

/** Replicates of the cells that tell a wrong rule from a right one, within seconds. */
const CELLS: readonly (readonly [scenario: string, rows: number, replicates: number])[] = [
  ['none', 500, 400],
  ['mean-9', 500, 200],
  ['unit-17', 500, 150],
  ['category', 500, 200],
  ['missing-1', 500, 200],
  ['missing-20', 500, 25],
  ['none', 10_000, 12],
  ['mean-1', 10_000, 12],
  ['unit-1', 10_000, 6],
  ['category', 10_000, 6],
]

/** The published rate, or where it is rounded to an end, the furthest that rounds to it. */
function rateBounds(printed: string): readonly [low: number, high: number] {
  const half = (printed.split('.')[1]?.length ?? 3) >= 3 ? 0.0005 : 0.005
  return [Math.max(0, Number(printed) - half), Math.min(1, Number(printed) + half)]
}

describe('the default rule on simulated tables of 20 columns', () => {
  for (const [id, rows, replicates] of CELLS) {
    it(`alarms and catches "${id}" at ${String(rows)} rows as often as was published`, () => {
      const scenario = SCENARIOS.find((each) => each.id === id)
      const published = PUBLISHED.find((each) => each.scenario === id)
      const expected = published?.cells[AT_SIZE.get(rows) ?? -1]
      assert.ok(scenario !== undefined && published !== undefined && expected !== undefined, id)
      const counts = countsOf(
        runCell(scenario, rows, rows, replicates, SEED),
        published.countsFacts,
      )
      for (const [name, count] of Object.entries(counts)) {
        const printed = expected[name as keyof typeof expected]
        const [low, high] = rateBounds(printed)
        const tooMany = binomialSurvival(count - 1, replicates, high)
        const tooFew = 1 - binomialSurvival(count, replicates, low)
        assert.ok(
          Math.min(tooMany, tooFew) > IMPOSSIBLE,
          `${name}: ${String(count)} of ${String(replicates)}, published ${printed}`,
        )
      }
    })
  }
})

describe('the comparison of two simulations', () => {
  it('disagrees about rates that differ beyond the error of both, and not within it', () => {
    assert.equal(agreement(12, 2000, '.006', 2000).agrees, true)
    assert.equal(agreement(2, 2000, '.006', 2000).agrees, true)
    assert.equal(agreement(40, 2000, '.006', 2000).agrees, false)
    assert.equal(agreement(0, 400, '1.0', 400).agrees, false)
    assert.equal(agreement(100, 400, '.20', 400).agrees, true)
    assert.equal(agreement(130, 400, '.20', 400).agrees, false)
  })

  it('takes rounding in favour of the rate by half a unit of the last digit and no more', () => {
    assert.equal(agreement(1990, 2000, '1.0', 2000).pValue, 1)
    assert.equal(agreement(1, 2000, '0', 2000).pValue, 1)
    assert.ok(agreement(180, 2000, '.08', 2000).pValue < 1)
  })

  it('marks and counts disagreements on the page, and refuses an incomplete table', () => {
    const nothing = {
      fail: 0,
      warnOrFail: 0,
      noticeOrMore: 0,
      withFacts: 0,
      noticeWithFacts: 0,
    }
    const cells = SIZES.flatMap(({ reference, current, replicates }) =>
      SCENARIOS.map(({ id }) => ({ scenario: id, reference, current, replicates, ...nothing })),
    )
    const page = pageOf(cells, 1)
    assert.ok(page.disagreements > 20)
    assert.equal(page.text.split(', p ').length - 1, page.disagreements)
    assert.throws(() => pageOf(cells.slice(1), 1), /none:500/)
  })

  it('stands on the committed page with every line of the table and no disagreement', () => {
    const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/simulation.md'), 'utf8')
    assert.match(page, /All 74 rates agree/)
    assert.ok(!page.includes('**'))
    for (const { id, title } of SCENARIOS) {
      const lines = page.split('\n').filter((line) => line.startsWith(`| ${title} `))
      const sizes = SIZES.filter(({ rows }) => rows.some(({ scenario }) => scenario === id))
      assert.equal(lines.length, sizes.length, title)
    }
  })
})
