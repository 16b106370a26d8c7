import { InputError } from '../core/errors.ts'
import { datetimeReader } from '../table/datetime.ts'
import { numberReader } from '../table/numbers.ts'
import type { Column, Field, LogicalType } from '../table/types.ts'
import { isNumeric } from '../table/types.ts'
import type { PartFile } from './locations.ts'
import type { FormatOptions } from './part-table.ts'

/** How Hive and Spark spell a missing value in the name of a folder. */
const MISSING = '__HIVE_DEFAULT_PARTITION__'

/** The columns that folder names such as `region=north` give to a table of several files. */
export interface Partitions {
  readonly fields: readonly Field[]
  /** A column of one file, `rows` times the same value. */
  column(name: string, file: PartFile, rows: number): Column
}

/**
 * Finds the columns in the folder names of all files. Their values are categories, unless a setting or
 * the reference calls them numbers or dates and every value is one.
 *
 * @throws InputError when a file is not in the same folders, by name, as the others.
 */
export function partitionsOf(
  files: readonly PartFile[],
  { types, bind }: Pick<FormatOptions, 'types' | 'bind'>,
): Partitions {
  const [first] = files
  const names = [...(first?.partitions.keys() ?? [])]
  for (const file of files) requireSameFolders(names, file)
  const columns = names.map((name) => {
    const asked = types?.get(name) ?? bind?.find((field) => field.name === name)?.type
    const texts = files.flatMap((file) => textOf(name, file) ?? [])
    return partitionColumn(name, asked, texts)
  })
  return {
    fields: columns.map(({ field }) => field),
    column: (name, file, rows) => {
      const column = columns.find(({ field }) => field.name === name)
      if (column === undefined) throw new RangeError(`no column "${name}"`)
      return constant(textOf(name, file), rows, column.read)
    },
  }
}

function requireSameFolders(names: readonly string[], { partitions, shown }: PartFile): void {
  const lost = names.find((name) => !partitions.has(name))
  const own = [...partitions.keys()].find((name) => !names.includes(name))
  const name = lost ?? own
  if (name === undefined) return
  const relation = lost === undefined ? 'is' : 'is not'
  throw new InputError(`the file ${relation} in a folder "${name}=…", unlike other parts`, {
    location: { path: shown },
  })
}

function textOf(name: string, file: PartFile): string | undefined {
  const text = file.partitions.get(name)
  return text === MISSING ? undefined : text
}

/** Gives the number that a text stands for, where the column is one of numbers. */
type ReadNumber = ((text: string) => number | undefined) | undefined

function partitionColumn(
  name: string,
  asked: LogicalType | undefined,
  texts: readonly string[],
): { readonly field: Field; readonly read: ReadNumber } {
  const physical = 'folder'
  const evidence = 'name of a partition folder'
  const read = asked === undefined || !isNumeric(asked) ? undefined : numberReaderFor(asked)
  if (asked === undefined || asked === 'unsupported') {
    return { field: { name, type: 'category', physical, evidence }, read: undefined }
  }
  if (read === undefined) return { field: { name, type: asked, physical, evidence }, read }
  const values = texts.map(read)
  if (values.includes(undefined)) {
    return { field: { name, type: 'category', physical, evidence }, read: undefined }
  }
  const isWhole = values.every((value) => Number.isInteger(value))
  if (asked === 'datetime' || (asked === 'integer' && isWhole)) {
    return { field: { name, type: asked, physical, evidence }, read }
  }
  const precision = { kind: 'float64' } as const
  return { field: { name, type: 'number', physical, evidence, precision }, read }
}

function numberReaderFor(type: LogicalType): (text: string) => number | undefined {
  const reader = type === 'datetime' ? datetimeReader() : numberReader()
  return (text) => {
    const kind = reader.read(text)
    const isNumber = kind !== undefined && kind !== 'none' && kind !== 'code'
    return isNumber && Number.isFinite(reader.value) ? reader.value : undefined
  }
}

function constant(text: string | undefined, rows: number, read: ReadNumber): Column {
  const common =
    text === undefined
      ? { rows, missing: rows, validRows: new Uint32Array(0) }
      : { rows, missing: 0 }
  const length = text === undefined ? 0 : rows
  if (read === undefined) {
    const labels = text === undefined ? [] : [text]
    return { kind: 'coded', ...common, codes: new Uint32Array(length), labels }
  }
  const value = text === undefined ? 0 : (read(text) ?? NaN)
  return {
    kind: 'numeric',
    ...common,
    values: new Float64Array(length).fill(value),
    nan: 0,
    positiveInfinity: 0,
    negativeInfinity: 0,
  }
}
