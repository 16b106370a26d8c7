import type { Finding, GradedFinding, Severity } from '../core/finding.ts'

/** What was noticed while the two tables were read, by column; the tables' own under `null`. */
export type ReadingFindings = ReadonlyMap<string | null, readonly GradedFinding[]>

/**
 * Grades what the readers noticed: a column that cannot be read leaves it undecided, and so does one
 * most of whose values are not of its type, on one side or on both; what else is the same on both
 * sides is a notice; anything else warns.
 *
 * @param reference - Findings of the reference.
 * @param current - Findings of the current table.
 * @returns Each with the side it was noticed on.
 */
export function gradeReadingFindings(
  reference: readonly Finding[],
  current: readonly Finding[],
): ReadingFindings {
  const graded = new Map<string | null, GradedFinding[]>()
  for (const [side, own, other] of [
    ['reference', reference, current],
    ['current', current, reference],
  ] as const) {
    for (const finding of own) {
      const column = columnOf(finding)
      const isShared = other.some(
        ({ code, args }) => code === finding.code && args['column'] === finding.args['column'],
      )
      const list = graded.get(column) ?? []
      const severity = severityOf(finding, isShared)
      list.push({ ...finding, severity, args: { ...finding.args, side } })
      graded.set(column, list)
    }
  }
  return graded
}

function columnOf({ args }: Finding): string | null {
  const { column } = args
  return typeof column === 'string' ? column : null
}

function severityOf({ code, args }: Finding, isShared: boolean): Severity {
  if (code === 'COLUMN_UNREADABLE') return 'inconclusive'
  if (code === 'VALUES_UNPARSABLE' && isMostly(args['count'], args['rows'])) return 'inconclusive'
  return isShared ? 'notice' : 'warn'
}

function isMostly(count: unknown, of: unknown): boolean {
  return typeof count === 'number' && typeof of === 'number' && count > of / 2
}
