import type { Finding } from '../core/finding.ts'
import type { Field } from '../table/types.ts'
import type { PartFile } from './locations.ts'
import type { PartTable } from './part-table.ts'

/** One file of a table and what it holds. */
export interface Part {
  readonly file: PartFile
  readonly table: PartTable
}

type Open = (file: PartFile, bind: readonly Field[]) => Promise<PartTable>

/**
 * Opens the files of one table so that a column has one type in all of them: that of the reference, or
 * else of the first file with a value in it. A file that came before and had none is opened again.
 *
 * @param bind - The reference's fields.
 * @param open - Opens one file; a column that is named in its second argument has that type.
 */
export async function openParts(
  files: readonly PartFile[],
  bind: readonly Field[],
  open: Open,
): Promise<readonly Part[]> {
  const known = new Map(bind.map((field) => [field.name, field]))
  const bound = new Set(known.keys())
  const parts: Part[] = []
  for (const file of files) {
    const table = await open(file, [...known.values()])
    for (const field of table.fields) {
      const isGuess = table.valueless.has(field.name) || field.type === 'unsupported'
      if (!isGuess && !known.has(field.name)) known.set(field.name, field)
    }
    parts.push({ file, table })
  }
  const opened = parts.map(async ({ file, table }): Promise<Part> => {
    const isSettled = table.fields.every(
      ({ name, type }) => !table.valueless.has(name) || (known.get(name)?.type ?? type) === type,
    )
    const settled = isSettled ? table : await open(file, [...known.values()])
    return { file, table: withoutWidening(settled, bound) }
  })
  return Promise.all(opened)
}

/** Whole numbers in one file and fractions in another are no change of type. */
function withoutWidening(table: PartTable, bound: ReadonlySet<string>): PartTable {
  const isWidening = ({ code, args }: Finding): boolean => {
    const { column, reference, current } = args
    const isBound = typeof column === 'string' && bound.has(column)
    return code === 'TYPE_CHANGED' && reference === 'integer' && current === 'number' && !isBound
  }
  return { ...table, findings: table.findings.filter((finding) => !isWidening(finding)) }
}
