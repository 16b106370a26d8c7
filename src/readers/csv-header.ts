import { InputError } from '../core/errors.ts'

const OTHER_DELIMITERS = [';', '\t', '|', ',']

/**
 * The column names of a header row.
 *
 * @throws InputError for an empty name, a name that stands twice, or a row that another delimiter
 * would split.
 */
export function headerNames(cells: readonly string[], path: string, delimiter: string): string[] {
  const location = { path, line: 1 }
  const [only] = cells
  if (cells.length === 1 && only !== undefined) {
    const other = OTHER_DELIMITERS.find((mark) => mark !== delimiter && only.includes(mark))
    if (other !== undefined) {
      throw new InputError(`the header has one column, "${only.slice(0, 60)}"`, {
        location,
        hint: `Set csv.delimiter to ${JSON.stringify(other)} in mlcheck.yaml if it separates the columns.`,
      })
    }
  }
  const seen = new Map<string, number>()
  cells.forEach((name, index) => {
    if (name === '') {
      throw new InputError(`column ${String(index + 1)} of the header has no name`, { location })
    }
    const first = seen.get(name)
    if (first !== undefined) {
      throw new InputError(
        `the header has "${name}" twice: columns ${String(first + 1)} and ${String(index + 1)}`,
        { location, hint: 'Rename or remove one of them.' },
      )
    }
    seen.set(name, index)
  })
  return [...cells]
}
