import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { unseenIn } from '../../src/drift/keys/novel.ts'
import type { CodedSample } from '../../src/drift/sample.ts'
import { createRandom } from '../../src/stats/random.ts'
import { novelCategory } from '../../src/stats/two-sample/novel-category.ts'

function counted(values: readonly string[]): CodedSample {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return { kind: 'coded', rows: values.length, missing: 0, counts }
}

function table(counts: Readonly<Record<string, number>>): CodedSample {
  const entries = Object.entries(counts)
  const rows = entries.reduce((sum, [, count]) => sum + count, 0)
  return { kind: 'coded', rows, missing: 0, counts: new Map(entries) }
}

describe('unseen values', () => {
  it('have the p-value of the most frequent one, times the distinct values and a twentieth', () => {
    const reference = table({ a: 200, b: 150, c: 100, d: 50 })
    const current = table({ a: 195, b: 145, c: 97, d: 48, new: 15 })
    const expected = novelCategory(15, 500, 500) * 5.05
    assert.ok(Math.abs(unseenIn(reference, current).pValue - expected) <= 1e-15)
  })

  it('are never significant where there are none', () => {
    const reference = table({ a: 10, b: 5 })
    const unseen = unseenIn(reference, table({ a: 3 }))
    assert.deepEqual([unseen.pValue, unseen.rows, unseen.expected], [1, 0, 0])
  })

  it('are seen together when each of many is rare', () => {
    const usual = Array.from({ length: 3000 }, (_, i) => `v${String(i % 30)}`)
    const renamed = usual.map((value, i) => (i % 10 === 0 ? `w${String(i)}` : value))
    const unseen = unseenIn(counted(usual), counted(renamed))
    assert.equal(unseen.rows, 300)
    assert.ok(novelCategory(1, 3000, 3000) > 0.4)
    assert.ok(unseen.pValue < 1e-6, String(unseen.pValue))
  })

  it('of rare labels without drift keep the level, and their expected rows near what is seen', () => {
    const random = createRandom(5).fork('rare labels')
    let alarms = 0
    let rows = 0
    let expected = 0
    for (let round = 0; round < 200; round++) {
      const draw = (): string[] =>
        Array.from({ length: 400 }, () => `k${String(Math.floor(900 * random.next() ** 2))}`)
      const unseen = unseenIn(counted(draw()), counted(draw()))
      alarms += Number(unseen.pValue < 0.05)
      rows += unseen.rows
      expected += unseen.expected
    }
    // Binomial(200, 0.05) exceeds 20 with probability 0.0007; the test is conservative besides.
    assert.ok(alarms <= 20, String(alarms))
    // `expected` is cut at the rows of each round, which lowers it a little.
    assert.ok(expected / rows > 0.9 && expected / rows < 1.02, String(expected / rows))
  })
})
