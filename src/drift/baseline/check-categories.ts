import type { SummaryCounts } from './check-summary.ts'
import { broken, count, list, record, text } from './json-shape.ts'

/**
 * Checks the counts of labels of a column of a parsed baseline.
 *
 * @param categories - What stands under `categories`.
 * @param path - Where it stands, for the error.
 * @param summary - The counts it has to add up to.
 * @throws InputError with the path of what is missing, or does not add up.
 */
export function checkCategories(
  categories: unknown,
  path: string,
  { valid }: Pick<SummaryCounts, 'valid'>,
): void {
  const fields = record(categories, path)
  const rest = record(fields['rest'], `${path}.rest`)
  const distinct = count(rest['distinct'], `${path}.rest.distinct`)
  const others = count(rest['rows'], `${path}.rest.rows`)
  if (others < distinct || (distinct === 0 && others > 0)) {
    throw broken(`${path}.rest.distinct`, 'the number of values in the other rows')
  }
  const named = list(fields['counts'], `${path}.counts`).map((pair, i) => {
    const at = `${path}.counts[${String(i)}]`
    const [value, rows] = list(pair, at)
    return [text(value, at), count(rows, at)] as const
  })
  if (new Set(named.map(([value]) => value)).size !== named.length) {
    throw broken(`${path}.counts`, 'values that differ')
  }
  if (named.reduce((sum, [, rows]) => sum + rows, others) !== valid) {
    throw broken(path, `counts that add up to ${String(valid)}`)
  }
}
