import { SUMMARY_PROBABILITIES } from '../describe/summary.ts'
import { broken, count, finite, record, text } from './json-shape.ts'

/** The counts of a checked summary that the rest of a column has to agree with. */
export interface SummaryCounts {
  readonly valid: number
  readonly infinite: number
  /** Whether values were looked at; of an identifier only rows are counted. */
  readonly describesValues: boolean
  /** Whether there is a finite number. */
  readonly hasRange: boolean
}

/**
 * Checks the summary of a column of a parsed baseline.
 *
 * @param summary - What stands under `summary`.
 * @param path - Where it stands, for the error.
 * @param rows - Rows of the baseline.
 * @returns Its counts, which agree with each other.
 * @throws InputError with the path of a field that is missing, or contradicts another.
 */
export function checkSummary(summary: unknown, path: string, rows: number): SummaryCounts {
  const fields = record(summary, path)
  const at = (name: string): string => `${path}.${name}`
  const counted = (name: string): number => count(fields[name], at(name))
  if (counted('rows') !== rows) throw broken(at('rows'), `the ${String(rows)} rows of the baseline`)
  const missing = counted('missing')
  if (missing > rows) throw broken(at('missing'), 'at most the number of rows')
  const valid = counted('valid')
  if (valid !== rows - missing)
    throw broken(at('valid'), `the ${String(rows - missing)} other rows`)
  if (counted('nan') > missing) throw broken(at('nan'), 'at most the missing rows')
  const infinite = counted('infinite')
  for (const name of ['distinct', 'mean', 'std']) {
    if (!isExplainedNull(fields, name, path)) finite(fields[name], at(name))
  }
  for (const name of ['min', 'max']) {
    if (!isExplainedNull(fields, name, path) && typeof fields[name] !== 'string') {
      finite(fields[name], at(name))
    }
  }
  const hasRange = fields['min'] !== null
  const describesValues = fields['distinct'] !== null
  if (describesValues && counted('distinct') > valid) {
    throw broken(at('distinct'), 'at most the number of values')
  }
  const quantiles = record(fields['quantiles'], at('quantiles'))
  if (hasRange) {
    for (const p of SUMMARY_PROBABILITIES) {
      finite(quantiles[String(p)], `${at('quantiles')}.${String(p)}`)
    }
  }
  return { valid, infinite, describesValues, hasRange }
}

/** A `null` stands beside a `<name>Reason`. */
function isExplainedNull(
  fields: Readonly<Record<string, unknown>>,
  name: string,
  path: string,
): boolean {
  if (fields[name] !== null) return false
  text(fields[`${name}Reason`], `${path}.${name}Reason`)
  return true
}
