import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { GradedFinding } from '../../src/core/finding.ts'
import type { DriftComparison } from '../../src/drift/compare.ts'
import { labels, compare, normals, shuffled } from './draws.ts'
import type { Columns } from './draws.ts'
import type { Cell } from '../memory-snapshot.ts'
import { categories, numbers } from '../memory-snapshot.ts'

const N = 1500

/** Ten users a day, with holes in numbers and labels. */
function table(seed: number, order?: number): Columns {
  const rows = Array.from({ length: N }, (_, row) => row)
  const placed = order === undefined ? rows : shuffled(order, rows)
  const values = normals(seed, N)
  const colours = labels(seed + 1, N, ['ä', 'z', 'a', 'Z'])
  const pick = <T>(cell: (row: number) => T): T[] => placed.map(cell)
  return {
    user: { type: 'identifier', cells: pick((row) => `u${String(row % 150)}`) },
    at: { type: 'datetime', cells: pick((row) => Date.UTC(2026, 0, 1) + row * 3_600_000) },
    x: numbers(pick((row): Cell => (row % 17 === 0 ? null : (values[row] as number)))),
    c: categories(pick((row): Cell => (row % 23 === 0 ? null : (colours[row] ?? null)))),
  }
}

const SETTINGS = [
  { name: 'independent rows', changes: {} },
  { name: 'a group key', changes: { groupKey: 'user' } },
  { name: 'a time column', changes: { timeColumn: 'at' } },
  { name: 'all rules', changes: { alsoRules: ['textbook', 'evidently'] } },
] as const

describe('the result of a comparison', () => {
  for (const { name, changes } of SETTINGS) {
    const settings = { ...changes, calibrate: 'auto' as const, seed: 7 }

    it(`has the same bytes for the same input and seed, with ${name}`, async () => {
      const once = await compare(table(1), table(3), settings)
      const again = await compare(table(1), table(3), settings)
      assert.equal(JSON.stringify(again), JSON.stringify(once))
    })

    it(`does not depend on the locale, with ${name}`, async () => {
      const once = JSON.stringify(await compare(table(1), table(3), settings))
      // eslint-disable-next-line @typescript-eslint/unbound-method
      const { localeCompare, toLocaleLowerCase } = String.prototype
      String.prototype.localeCompare = () => {
        throw new Error('order by locale')
      }
      String.prototype.toLocaleLowerCase = () => {
        throw new Error('case by locale')
      }
      try {
        assert.equal(JSON.stringify(await compare(table(1), table(3), settings)), once)
      } finally {
        Object.assign(String.prototype, { localeCompare, toLocaleLowerCase })
      }
    })
  }

  for (const { name, changes } of SETTINGS) {
    it(`does not depend on the order of rows beside the self-check, with ${name}`, async () => {
      const settings = { ...changes, calibrate: 0 as const }
      const once = await compare(table(1), table(3), settings)
      const again = await compare(table(1, 11), table(3, 12), settings)
      assert.deepEqual(
        { ...again, findings: aboutColumns(again) },
        { ...once, findings: aboutColumns(once) },
      )
    })
  }
})

/** Findings about the order of rows say something of that order. */
function aboutColumns({ findings }: DriftComparison): readonly GradedFinding[] {
  return findings.filter(({ code }) => code !== 'AUTOCORRELATED_ROWS')
}
