import { InputError } from '../core/errors.ts'
import type { Batch, CodedColumn, Column, Field, Snapshot, SnapshotSource } from '../table/types.ts'
import type { PartFile } from './locations.ts'
import type { PartTable } from './part-table.ts'

interface Part {
  readonly file: PartFile
  readonly table: PartTable
}

/**
 * Puts the parts of a table together. Columns may stand in another order in each part.
 *
 * @throws InputError naming part and column when a part lacks a column or has one of its own.
 */
export function joinParts(parts: readonly Part[], source: SnapshotSource): Snapshot {
  const [first] = parts
  if (first === undefined) throw new RangeError('a table needs at least one part')
  const partitionNames = [...first.file.partitions.keys()]
  const fields: readonly Field[] = [
    ...first.table.fields.map((field) => widest(field, parts)),
    ...partitionNames.map((name): Field => ({
      name,
      type: 'category',
      physical: 'folder',
      evidence: 'name of a partition folder',
    })),
  ]
  for (const part of parts) requireSameColumns(first, part)
  return {
    source,
    fields,
    rowCount: parts.reduce((sum, { table }) => sum + table.rowCount, 0),
    findings: parts.flatMap(({ table }) => table.findings),
    scan: async (columns, visit) => {
      const labels = labelMerger()
      for (const part of parts) await scanPart(part, columns, partitionNames, labels, visit)
    },
  }
}

/** Whole numbers in one part and fractions in another make a number. */
function widest(field: Field, parts: readonly Part[]): Field {
  const same = parts.flatMap(({ table }) => table.fields.filter(({ name }) => name === field.name))
  const digits = Math.max(
    ...same.map(({ precision }) => (precision?.kind === 'decimals' ? precision.digits : 0)),
  )
  const number = same.find(({ type }) => type === 'number')
  if (number === undefined) return field
  return number.precision?.kind === 'decimals'
    ? { ...number, precision: { kind: 'decimals', digits } }
    : number
}

function requireSameColumns(first: Part, part: Part): void {
  const expected = first.table.fields.map(({ name }) => name)
  const found = new Set(part.table.fields.map(({ name }) => name))
  const lost = expected.find((name) => !found.has(name))
  const own = [...found].find((name) => !expected.includes(name))
  if (lost === undefined && own === undefined) return
  const message =
    lost === undefined
      ? `the part has a column "${own ?? ''}" that ${first.file.shown} has not`
      : `the part has no column "${lost}", which ${first.file.shown} has`
  throw new InputError(message, { location: { path: part.file.shown } })
}

async function scanPart(
  { file, table }: Part,
  columns: readonly string[],
  partitionNames: readonly string[],
  labels: LabelMerger,
  visit: (batch: Batch) => void,
): Promise<void> {
  const inFile = columns.filter((name) => !partitionNames.includes(name))
  await table.scan(inFile, ({ rows, columns: read }) => {
    const merged = new Map<string, Column>()
    for (const name of columns) {
      const column = read.get(name) ?? constant(file.partitions.get(name) ?? '', rows)
      merged.set(name, column.kind === 'coded' ? labels.merge(name, column) : column)
    }
    visit({ rows, columns: merged })
  })
}

function constant(label: string, rows: number): CodedColumn {
  return { kind: 'coded', rows, missing: 0, codes: new Uint32Array(rows), labels: [label] }
}

interface LabelMerger {
  merge(name: string, column: CodedColumn): CodedColumn
}

/** Gives a label the same code in every part. */
function labelMerger(): LabelMerger {
  const known = new Map<
    string,
    { readonly codes: Map<string, number>; readonly labels: string[] }
  >()
  return {
    merge: (name, column) => {
      let entry = known.get(name)
      if (entry === undefined) {
        entry = { codes: new Map(), labels: [] }
        known.set(name, entry)
      }
      const { codes, labels } = entry
      const recoded = column.labels.map((label) => {
        const code = codes.get(label) ?? labels.length
        if (code === labels.length) {
          codes.set(label, code)
          labels.push(label)
        }
        return code
      })
      return { ...column, codes: column.codes.map((code) => recoded[code] as number), labels }
    },
  }
}
