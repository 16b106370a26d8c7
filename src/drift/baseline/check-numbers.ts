import type { SummaryCounts } from './check-summary.ts'
import { broken, count, counts, extended, finite, list, record, text } from './json-shape.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * Checks what a parsed baseline holds of the numbers of a column.
 *
 * @param numbers - What stands under `numeric`.
 * @param path - Where it stands, for the error.
 * @param summary - The counts it has to add up to.
 * @throws InputError with the path of what is missing, or does not add up.
 */
export function checkNumbers(numbers: unknown, path: string, summary: SummaryCounts): void {
  const fields = record(numbers, path)
  const { valid, infinite } = summary
  const ends = ['negativeInfinity', 'positiveInfinity'].map((name) =>
    count(fields[name], `${path}.${name}`),
  )
  if (ends.reduce((sum, each) => sum + each, 0) !== infinite) {
    throw broken(path, `${String(infinite)} infinite values as in the summary`)
  }
  const tail = record(fields['tail'], `${path}.tail`)
  if (count(tail['r'], `${path}.tail.r`) < 1) throw broken(`${path}.tail.r`, 'a rank from 1')
  for (const name of ['low', 'high']) extended(tail[name], `${path}.tail.${name}`)
  if (summary.hasRange || fields['largest'] !== null) finite(fields['largest'], `${path}.largest`)
  checkCells(fields['deciles'], `${path}.deciles`, { name: 'cuts', cellsMore: 1, total: valid })
  checkCells(fields['histogram'], `${path}.histogram`, {
    name: 'edges',
    cellsMore: -1,
    total: valid - infinite,
  })
  if ((fields['values'] === undefined) === (fields['grid'] === undefined)) {
    throw broken(path, 'either "values" or "grid"')
  }
  if (fields['values'] !== undefined) checkValues(fields['values'], `${path}.values`, valid)
  else checkGrid(record(fields['grid'], `${path}.grid`), `${path}.grid`, valid)
}

interface Cells {
  /** What the places between cells are called. */
  readonly name: 'cuts' | 'edges'
  /** How many more cells than places there are, where there is a place. */
  readonly cellsMore: number
  readonly total: number
}

function checkCells(cells: unknown, path: string, { name, cellsMore, total }: Cells): void {
  const fields = record(cells, path)
  const places = list(fields[name], `${path}.${name}`)
  places.forEach((place, i) => finite(place, `${path}.${name}[${String(i)}]`))
  const counted = counts(fields['counts'], `${path}.counts`)
  const expected = Math.max(0, places.length + cellsMore)
  if (counted.of !== expected) throw broken(`${path}.counts`, `${String(expected)} counts`)
  if (counted.sum !== total)
    throw broken(`${path}.counts`, `counts that add up to ${String(total)}`)
}

function checkValues(values: unknown, path: string, valid: number): void {
  const total = list(values, path).reduce<number>((sum, pair, i) => {
    const at = `${path}[${String(i)}]`
    const [value, rows] = list(pair, at)
    extended(value, at)
    return sum + count(rows, at)
  }, 0)
  if (total !== valid) throw broken(path, `counts that add up to ${String(valid)}`)
}

function checkGrid(grid: Fields, path: string, valid: number): void {
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
    if (count(below, at) >= count(upTo, at)) {
      throw broken(at, 'a value, a rank below and one up to it')
    }
  })
}
