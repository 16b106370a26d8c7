import { isNumeric, LOGICAL_TYPES } from '../../table/types.ts'
import { checkCategories } from './check-categories.ts'
import { checkNumbers } from './check-numbers.ts'
import { checkSummary } from './check-summary.ts'
import { broken, count, record, text } from './json-shape.ts'

/**
 * Checks one column of a parsed baseline: every field that `mlcheck profile` writes is there and
 * agrees with the others, so that no comparison takes what was lost for an empty sample.
 *
 * @param column - One element of `columns`.
 * @param path - Where it stands, for the error.
 * @param rows - Rows of the baseline.
 * @returns The name of the column.
 * @throws InputError with the path of the first field that is missing or contradicts another.
 * Complexity: O(size of the column).
 */
export function checkColumn(column: unknown, path: string, rows: number): string {
  const fields = record(column, path)
  const name = text(fields['name'], `${path}.name`)
  const type = LOGICAL_TYPES.find((known) => known === fields['type'])
  if (type === undefined) throw broken(`${path}.type`, `one of ${LOGICAL_TYPES.join(', ')}`)
  text(fields['physical'], `${path}.physical`)
  text(fields['evidence'], `${path}.evidence`)
  if (fields['precision'] !== undefined) checkPrecision(fields['precision'], `${path}.precision`)
  const summary = checkSummary(fields['summary'], `${path}.summary`, rows)
  const { numeric, categories } = fields
  if (numeric !== undefined) checkNumbers(numeric, `${path}.numeric`, summary)
  if (categories !== undefined) checkCategories(categories, `${path}.categories`, summary)
  const hasValues = summary.valid > 0 && summary.describesValues
  const isComplete = hasValues
    ? (numeric !== undefined) !== (categories !== undefined)
    : numeric === undefined
  if (!isComplete) {
    const expected = isNumeric(type) ? '"numeric"' : 'either "numeric" or "categories"'
    throw broken(path, hasValues ? `a column with ${expected}` : 'a column without "numeric"')
  }
  return name
}

function checkPrecision(precision: unknown, path: string): void {
  const { kind, digits } = record(precision, path)
  if (kind === 'decimals') count(digits, `${path}.digits`)
  else if (kind !== 'float32' && kind !== 'float64') {
    throw broken(`${path}.kind`, 'float32, float64 or decimals')
  }
}
