import { LOGICAL_TYPES } from '../../table/types.ts'
import { broken, count, extended, finite, list, record, text } from './json-shape.ts'

/** Checks one column of a parsed baseline and returns its name. */
export function checkColumn(column: unknown, path: string, rows: number): string {
  const fields = record(column, path)
  const name = text(fields['name'], `${path}.name`)
  const type = text(fields['type'], `${path}.type`)
  if (!(LOGICAL_TYPES as readonly string[]).includes(type)) {
    throw broken(`${path}.type`, `one of ${LOGICAL_TYPES.join(', ')}`)
  }
  text(fields['physical'], `${path}.physical`)
  text(fields['evidence'], `${path}.evidence`)
  const summary = record(fields['summary'], `${path}.summary`)
  if (count(summary['rows'], `${path}.summary.rows`) !== rows) {
    throw broken(`${path}.summary.rows`, `the ${String(rows)} rows of the baseline`)
  }
  const missing = count(summary['missing'], `${path}.summary.missing`)
  count(summary['nan'], `${path}.summary.nan`)
  const valid = rows - missing
  if (valid < 0) throw broken(`${path}.summary.missing`, 'at most the number of rows')
  if (fields['numeric'] !== undefined) {
    checkNumbers(record(fields['numeric'], `${path}.numeric`), `${path}.numeric`, valid)
  }
  if (fields['categories'] !== undefined) {
    checkCategories(record(fields['categories'], `${path}.categories`), `${path}.categories`, valid)
  }
  return name
}

function checkNumbers(
  numeric: Readonly<Record<string, unknown>>,
  path: string,
  valid: number,
): void {
  count(numeric['negativeInfinity'], `${path}.negativeInfinity`)
  count(numeric['positiveInfinity'], `${path}.positiveInfinity`)
  const tail = record(numeric['tail'], `${path}.tail`)
  for (const name of ['r', 'low', 'high']) extended(tail[name], `${path}.tail.${name}`)
  for (const [name, at] of [
    ['deciles', 'cuts'],
    ['histogram', 'edges'],
  ] as const) {
    const part = record(numeric[name], `${path}.${name}`)
    list(part[at], `${path}.${name}.${at}`).forEach((cut, i) =>
      finite(cut, `${path}.${name}.${at}[${String(i)}]`),
    )
    const counted = counts(part['counts'], `${path}.${name}.counts`)
    if (name === 'deciles' && valid > 0 && counted !== valid) {
      throw broken(`${path}.${name}.counts`, `counts that add up to ${String(valid)}`)
    }
  }
  if (numeric['values'] !== undefined) {
    const pairs = list(numeric['values'], `${path}.values`)
    const total = pairs.reduce<number>(
      (sum, pair, i) => sum + pairCount(pair, `${path}.values[${String(i)}]`, extended),
      0,
    )
    if (total !== valid) throw broken(`${path}.values`, `counts that add up to ${String(valid)}`)
  } else if (numeric['grid'] !== undefined) {
    checkGrid(record(numeric['grid'], `${path}.grid`), `${path}.grid`, valid)
  } else if (valid > 0) {
    throw broken(path, 'either "values" or "grid"')
  }
}

function checkGrid(grid: Readonly<Record<string, unknown>>, path: string, valid: number): void {
  if (count(grid['n'], `${path}.n`) !== valid) throw broken(`${path}.n`, String(valid))
  count(grid['points'], `${path}.points`)
  if (count(grid['shift'], `${path}.shift`) > 52) throw broken(`${path}.shift`, 'at most 52')
  if (typeof grid['isExact'] !== 'boolean') throw broken(`${path}.isExact`, 'true or false')
  if (!/^[0-9a-f]{1,16}$/.test(text(grid['first'], `${path}.first`))) {
    throw broken(`${path}.first`, 'up to 16 hexadecimal digits')
  }
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text(grid['steps'], `${path}.steps`))) {
    throw broken(`${path}.steps`, 'base64')
  }
  list(grid['ties'], `${path}.ties`).forEach((tie, i) => {
    const at = `${path}.ties[${String(i)}]`
    const [value, below, upTo] = list(tie, at)
    extended(value, at)
    if (count(below, at) >= count(upTo, at))
      throw broken(at, 'a value, a rank below and one up to it')
  })
}

function checkCategories(
  categories: Readonly<Record<string, unknown>>,
  path: string,
  valid: number,
): void {
  const rest = record(categories['rest'], `${path}.rest`)
  count(rest['distinct'], `${path}.rest.distinct`)
  const named = list(categories['counts'], `${path}.counts`).reduce<number>(
    (sum, pair, i) => sum + pairCount(pair, `${path}.counts[${String(i)}]`, text),
    0,
  )
  if (named + count(rest['rows'], `${path}.rest.rows`) !== valid) {
    throw broken(path, `counts that add up to ${String(valid)}`)
  }
}

function pairCount(
  pair: unknown,
  path: string,
  checkValue: (value: unknown, path: string) => unknown,
): number {
  const [value, rows] = list(pair, path)
  checkValue(value, path)
  return count(rows, path)
}

function counts(value: unknown, path: string): number {
  return list(value, path).reduce<number>((sum, each) => sum + count(each, path), 0)
}
