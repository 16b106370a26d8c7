import type { FindingCode, GradedFinding, Severity } from '../../core/finding.ts'
import type { Random } from '../../stats/random.ts'
import type { Column } from '../../table/types.ts'
import { byCodeUnits } from '../sample.ts'
import { NO_UNIT } from './unit-column.ts'

/** Fewer groups on a side than this cannot show anything at level 0.01. */
const LEAST_GROUPS = 5
/** Rows without a group beyond this share leave the result undecided. */
const TOLERATED_UNGROUPED = 0.01

/** The groups of one side: consecutive numbers, and which one each row belongs to. */
export interface Groups {
  readonly count: number
  readonly unitOfRow: Uint32Array
  readonly ungrouped: number
}

/**
 * Numbers the groups of a side in the order of their keys, so that nothing depends on the order of
 * rows.
 *
 * @param column - The group key, all rows.
 * @param first - The number of the first group.
 * @returns Units per row; rows without a group have NO_UNIT.
 * Complexity: O(rows + groups log groups).
 */
export function groupsOf(column: Column, first: number): Groups {
  const unitOfRow = new Uint32Array(column.rows).fill(NO_UNIT)
  const keys = column.kind === 'numeric' ? column.values : column.codes
  const unitOf = new Map(keysInOrder(column).map((key, i) => [key, first + i]))
  for (let i = 0; i < keys.length; i++) {
    const row = column.validRows === undefined ? i : (column.validRows[i] as number)
    unitOfRow[row] = unitOf.get(keys[i] as number) as number
  }
  return { count: unitOf.size, unitOfRow, ungrouped: column.rows - keys.length }
}

/** The distinct keys: numbers ascending, codes in the order of their labels. */
function keysInOrder(column: Column): readonly number[] {
  if (column.kind === 'numeric') return [...new Set(column.values)].sort((a, b) => a - b)
  const labelOf = (code: number): string => column.labels[code] as string
  return [...new Set(column.codes)].sort((a, b) => byCodeUnits(labelOf(a), labelOf(b)))
}

/** Whether the groups can carry a decision, as findings. */
export function judgeGroups(
  reference: Groups,
  current: Groups,
  column: string,
): readonly GradedFinding[] {
  const findings: GradedFinding[] = []
  const args = { column, reference: reference.count, current: current.count }
  if (Math.min(reference.count, current.count) < LEAST_GROUPS) {
    findings.push(grade('TOO_FEW_GROUPS', 'inconclusive', { ...args, needed: LEAST_GROUPS }))
  }
  const ungrouped = reference.ungrouped + current.ungrouped
  if (ungrouped > 0) {
    const rows = reference.unitOfRow.length + current.unitOfRow.length
    const share = ungrouped / rows
    const severity = share <= TOLERATED_UNGROUPED ? 'warn' : 'inconclusive'
    findings.push(grade('ROWS_WITHOUT_GROUP', severity, { column, rows: ungrouped, share }))
  }
  return findings
}

/**
 * Deals of units to the two sides: the observed one first, then random ones of the same size.
 *
 * @param reference - Units of the reference, numbered from 0.
 * @param current - Units of the current side, numbered after them.
 * @param random - Seeded; the deals are the same whatever else was drawn.
 * @returns A function of the deal's number. Complexity: O(units) per deal, and per call.
 */
export function dealsOf(
  reference: number,
  current: number,
  random: Random,
): (deal: number) => Uint8Array {
  return (deal) => {
    const side = new Uint8Array(reference + current).fill(1, reference)
    if (deal > 0) random.fork(`deal ${String(deal)}`).shuffle(side)
    return side
  }
}

function grade(code: FindingCode, severity: Severity, args: GradedFinding['args']): GradedFinding {
  return { code, severity, args }
}
