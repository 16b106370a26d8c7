import type { Location } from '../../core/evidence.ts'
import type { GradedFinding } from '../../core/finding.ts'
import type { SourceText } from '../located.ts'

/** How many units each part got. */
export interface AssignmentCounts {
  /** Rows where there is no column of units. */
  readonly counts: ReadonlyMap<string, number>
  /** The column that names the unit; `undefined` when rows were counted. */
  readonly unitColumn: string | undefined
  readonly findings: readonly GradedFinding[]
}

export type AssignmentsRead =
  { readonly assignments: AssignmentCounts } | { readonly finding: GradedFinding }

const PART_COLUMNS = ['variant', 'variation', 'arm', 'group', 'bucket', 'assignment']
const MISSING = ['', 'na', 'nan', 'null', 'none']

export interface AssignmentColumns {
  readonly part?: string
  readonly unit?: string
}

/**
 * Counts the units of each part in a CSV log of assignments with a header. A unit that stands in
 * several rows counts once; one that stands in two parts is counted in both and reported.
 *
 * @param columns names of the columns; without them the first of `variant`, `arm`, `group`, … and,
 * for the unit, nothing: every row counts
 * @returns the counts; a row without a part is a finding and not counted
 */
export function readAssignments(
  { path, text }: SourceText,
  columns: AssignmentColumns = {},
): AssignmentsRead {
  const [header, ...rows] = rowsOf(text)
  if (header === undefined) return unreadable(path, 'it is empty', { path })
  const names = header.cells.map((cell) => cell.trim().replace(/^\uFEFF/, ''))
  const partAt = names.findIndex((name) =>
    columns.part === undefined ? PART_COLUMNS.includes(name.toLowerCase()) : name === columns.part,
  )
  if (partAt === -1) {
    return unreadable(path, 'no column says to which part a row belongs', { path, line: 1 })
  }
  const unitAt = columns.unit === undefined ? -1 : names.indexOf(columns.unit)
  if (columns.unit !== undefined && unitAt === -1) {
    return unreadable(path, `there is no column ${columns.unit}`, { path, line: 1 })
  }
  if (rows.length === 0) return unreadable(path, 'it has no rows', { path })
  return { assignments: countRows(rows, names.length, partAt, unitAt, columns.unit, path) }
}

function countRows(
  rows: readonly Row[],
  width: number,
  partAt: number,
  unitAt: number,
  unitColumn: string | undefined,
  path: string,
): AssignmentCounts {
  const counts = new Map<string, number>()
  const partsOf = new Map<string, Set<string>>()
  const broken: number[] = []
  for (const { cells, line } of rows) {
    const part = cells[partAt]?.trim() ?? ''
    const unit = unitAt === -1 ? undefined : (cells[unitAt]?.trim() ?? '')
    if (cells.length !== width || isMissing(part) || (unit !== undefined && isMissing(unit))) {
      broken.push(line)
      continue
    }
    if (unit !== undefined) {
      const parts = partsOf.get(unit) ?? new Set<string>()
      if (parts.has(part)) continue
      partsOf.set(unit, parts.add(part))
    }
    counts.set(part, (counts.get(part) ?? 0) + 1)
  }
  const findings: GradedFinding[] = []
  const [line] = broken
  if (line !== undefined) {
    const args = { count: broken.length, rows: rows.length }
    const location = { path, line }
    findings.push({ severity: 'inconclusive', code: 'AB_ROWS_WITHOUT_PART', args, location })
  }
  const crossed = [...partsOf.values()].filter(({ size }) => size > 1).length
  if (crossed > 0) {
    const args = { count: crossed, units: partsOf.size }
    findings.push({ severity: 'fail', code: 'AB_UNITS_IN_TWO_PARTS', args, location: { path } })
  }
  return { counts, unitColumn, findings }
}

interface Row {
  readonly cells: readonly string[]
  readonly line: number
}

/** Rows of a CSV text with commas (RFC 4180), empty lines left out. */
function rowsOf(text: string): readonly Row[] {
  const rows: Row[] = []
  let cells: string[] = []
  let [cell, isQuoted, line, startedAt] = ['', false, 1, 1]
  const endRow = (): void => {
    cells.push(cell)
    if (cells.length > 1 || cell.trim() !== '') rows.push({ cells, line: startedAt })
    cells = []
    cell = ''
  }
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (character === '\n') line += 1
    if (isQuoted) {
      if (character !== '"') cell += character
      else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else isQuoted = false
    } else if (character === '"') isQuoted = true
    else if (character === ',') {
      cells.push(cell)
      cell = ''
    } else if (character === '\n') {
      endRow()
      startedAt = line
    } else if (character !== '\r') cell += character
  }
  endRow()
  return rows
}

function isMissing(text: string): boolean {
  return MISSING.includes(text.toLowerCase())
}

function unreadable(path: string, problem: string, location: Location): AssignmentsRead {
  const args = { path, problem }
  return {
    finding: { severity: 'inconclusive', code: 'AB_ASSIGNMENTS_UNREADABLE', args, location },
  }
}
