import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { NothingCheckedError } from '../../src/core/errors.ts'
import { RULE_IDS } from '../../src/drift/settings.ts'
import type { LogicalType } from '../../src/table/types.ts'
import { columnOf, compare } from './draws.ts'
import type { Columns } from './draws.ts'
import type { Cell } from '../memory-snapshot.ts'

const number = fc.oneof(
  fc.double(),
  fc.integer({ min: -2, max: 2 }),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1e308, -1e308, 5e-324),
)
const label = fc.oneof(fc.constantFrom('a', 'b', '', 'true'), fc.string({ maxLength: 6 }))
/** Times that a Date can hold, and some that it cannot. */
const time = fc.oneof(
  fc.integer({ min: -1e12, max: 2e12 }),
  fc.constantFrom(0, 8.64e15, 9e15, -9e15),
)

const cellOf: Readonly<Record<Exclude<LogicalType, 'unsupported'>, fc.Arbitrary<Cell>>> = {
  number,
  integer: fc.integer(),
  datetime: time,
  category: label,
  boolean: fc.constantFrom('true', 'false'),
  text: label,
  identifier: label,
}

function tableOf(rows: number): fc.Arbitrary<Columns> {
  const columns = Object.entries(cellOf).map(([type, cell]) => [
    type,
    fc
      .array(fc.option(cell, { freq: 5 }), { minLength: rows, maxLength: rows })
      .map((cells) => ({ type: type as LogicalType, cells })),
  ])
  return fc.record(Object.fromEntries(columns) as Record<string, fc.Arbitrary<Columns[string]>>)
}

const pair = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }))
  .chain(([n, m]) => fc.tuple(tableOf(n), tableOf(m)))

const settings = fc.record({
  rule: fc.constantFrom(...RULE_IDS),
  calibrate: fc.constantFrom(0, 3, 'auto' as const),
  groupKey: fc.option(fc.constantFrom('identifier', 'integer', 'category'), { nil: undefined }),
  timeColumn: fc.option(fc.constantFrom('datetime', 'text'), { nil: undefined }),
  alpha: fc.constantFrom(0.01, 0.6),
  acceptSensitivity: fc.option(fc.constantFrom(0.2, 1), { nil: undefined }),
})

/** Settings that are not given are absent, not undefined. */
function given<T extends object>(changes: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}

/** JSON has no NaN and no infinity, and would write both as a null without a reason. */
function requireFiniteNumbers(value: unknown, path: string): void {
  if (typeof value === 'number') assert.ok(Number.isFinite(value), path)
  if (typeof value !== 'object' || value === null) return
  for (const [name, each] of Object.entries(value)) requireFiniteNumbers(each, `${path}.${name}`)
}

describe('a comparison of any two tables of the same columns', () => {
  it('ends in outcomes and numbers that JSON can hold, or says that nothing was checked', async () => {
    await fc.assert(
      fc.asyncProperty(pair, settings, async ([reference, current], changes) => {
        try {
          const comparison = await compare(reference, current, given(changes))
          requireFiniteNumbers(comparison, '')
          // Thirty rows show nothing: what passes was not judged by its values.
          if (changes.rule !== 'two-key' || changes.acceptSensitivity !== undefined) return
          for (const name of ['number', 'category', 'text']) {
            assert.notEqual(columnOf(comparison, name).outcome, 'pass', name)
          }
        } catch (error) {
          if (!(error instanceof NothingCheckedError)) throw error
        }
      }),
      // The same tables in every run: a failure is of the change that was made, not of the day.
      { numRuns: 250, seed: 20260105 },
    )
  })
})
