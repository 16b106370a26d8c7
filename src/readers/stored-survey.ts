import type { LabelCoder } from './stored-cells.ts'
import { labelCoder, labelOf, numberOf } from './stored-cells.ts'
import type { Cell, Cells, StoredColumn } from './stored-type.ts'
import type { ExpectedType } from './stored-typing.ts'
import { isNumeric } from '../table/types.ts'

/** The first places of a problem that a finding names. */
const PLACES = 5

/** Columns of more different integers than this, and beyond 2^53, are identifiers. */
export const MOST_DISTINCT = 100_000

/** How much of a value a finding shows. */
const SHOWN_LENGTH = 80

export interface ValuePlace {
  /** From 1. */
  readonly row: number
  readonly value: string
}

/** What has to be counted over all rows of a column before its type is certain. */
export type Survey =
  /** Texts, whose repetition tells a category from identifiers. */
  | { readonly kind: 'labels'; readonly coder: LabelCoder; valid: number }
  /** Integers, for one that is beyond 2^53, and for how often values repeat. */
  | {
      readonly kind: 'range'
      unsafe: ValuePlace | undefined
      valid: number
      /** Different values; no more are taken once there are too many to be a category. */
      readonly distinct: Set<Cell>
    }
  /** Values that have to fit a numeric type. */
  | {
      readonly kind: 'fit'
      valid: number
      fractional: number
      misfits: number
      readonly first: ValuePlace[]
    }

/** What has to be counted for a column, or `undefined` when its type is certain without. */
export function surveyFor(
  { stored }: StoredColumn,
  expected: ExpectedType | undefined,
): Survey | undefined {
  if (stored.kind === 'unsupported' || stored.kind === 'nothing') return undefined
  const asked = expected?.type
  if (asked === undefined || asked === 'boolean') {
    if (stored.kind === 'string') {
      return { kind: 'labels', coder: labelCoder(labelOf(stored, false)), valid: 0 }
    }
    const isUncertain = asked === undefined && stored.kind === 'integer' && !stored.safe
    return isUncertain
      ? { kind: 'range', unsafe: undefined, valid: 0, distinct: new Set() }
      : undefined
  }
  if (!isNumeric(asked)) return undefined
  const isCertain =
    asked === 'datetime'
      ? stored.kind === 'datetime'
      : (stored.kind === 'integer' && stored.safe) ||
        (stored.kind === 'number' && asked === 'number')
  return isCertain ? undefined : { kind: 'fit', valid: 0, fractional: 0, misfits: 0, first: [] }
}

/**
 * Counts the cells of one piece.
 *
 * @param firstRow - The row of the first cell in the table, from 0.
 * Complexity: O(cells).
 */
export function surveyCells(
  survey: Survey,
  { stored }: StoredColumn,
  expected: ExpectedType | undefined,
  cells: Cells,
  firstRow: number,
): void {
  switch (survey.kind) {
    case 'labels': {
      const { rows, missing } = survey.coder.column(cells)
      survey.valid += rows - missing
      return
    }
    case 'range':
      survey.unsafe ??= firstUnsafe(cells, firstRow)
      countDistinct(survey, cells)
      return
    case 'fit': {
      const read = numberOf(stored, expected?.type === 'datetime' ? 'datetimes' : 'numbers')
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i]
        if (cell === null || cell === undefined || Number.isNaN(cell)) continue
        survey.valid++
        const value = read(cell)
        if (value === undefined) {
          survey.misfits++
          if (survey.first.length < PLACES) survey.first.push(placeOf(firstRow + i, cell))
        } else if (Number.isFinite(value) && !Number.isInteger(value)) {
          survey.fractional++
        }
      }
    }
  }
}

function countDistinct(survey: Survey & { readonly kind: 'range' }, cells: Cells): void {
  const { distinct } = survey
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]
    if (cell === null || cell === undefined) continue
    survey.valid++
    if (distinct.size < MOST_DISTINCT) distinct.add(cell)
  }
}

function firstUnsafe(cells: Cells, firstRow: number): ValuePlace | undefined {
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]
    if (typeof cell === 'bigint' && !Number.isSafeInteger(Number(cell))) {
      return placeOf(firstRow + i, cell)
    }
  }
  return undefined
}

/** A row of the table, counted from 0, as a finding names it. */
export function placeOf(row: number, cell: NonNullable<Cell>): ValuePlace {
  return { row: row + 1, value: String(cell).slice(0, SHOWN_LENGTH) }
}
