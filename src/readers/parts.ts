import { InputError } from '../core/errors.ts'
import type {
  Batch,
  CodedColumn,
  Column,
  Field,
  Precision,
  Snapshot,
  SnapshotSource,
} from '../table/types.ts'
import type { Part } from './open-parts.ts'
import type { Partitions } from './partitions.ts'

/**
 * Puts the parts of a table together. Columns may stand in another order in each part.
 *
 * @throws InputError naming part and column when a part lacks a column, has one of its own, or has one
 * that its folder names as well.
 */
export function joinParts(
  parts: readonly Part[],
  partitions: Partitions,
  source: SnapshotSource,
): Snapshot {
  const [first] = parts
  if (first === undefined) throw new RangeError('a table needs at least one part')
  for (const part of parts) requireSameColumns(first, part)
  const names = partitions.fields.map(({ name }) => name)
  const doubled = first.table.fields.find(({ name }) => names.includes(name))
  if (doubled !== undefined) {
    throw new InputError(`the column "${doubled.name}" is in the file and in its folder's name`, {
      location: { path: first.file.shown },
    })
  }
  return {
    source,
    fields: [...first.table.fields.map((field) => widest(field, parts)), ...partitions.fields],
    rowCount: parts.reduce((sum, { table }) => sum + table.rowCount, 0),
    findings: parts.flatMap(({ table }) => table.findings),
    scan: async (columns, visit) => {
      const labels = labelMerger()
      for (const part of parts) await scanPart(part, columns, names, partitions, labels, visit)
    },
  }
}

/** A column that cannot be read in some part cannot be read; fractions in some part make a number. */
function widest(field: Field, parts: readonly Part[]): Field {
  const same = parts.flatMap(({ table }) => table.fields.filter(({ name }) => name === field.name))
  const unsupported = same.find(({ type }) => type === 'unsupported')
  if (unsupported !== undefined) return unsupported
  const number = same.find(({ type }) => type === 'number')
  if (number === undefined) return field
  const precision = coarsest(same.flatMap((one) => one.precision ?? []))
  return { ...number, ...(precision === undefined ? {} : { precision }) }
}

/** What all values of a column can be compared at. */
function coarsest(precisions: readonly Precision[]): Precision | undefined {
  const float = (['float32', 'float64'] as const).find((kind) =>
    precisions.some((precision) => precision.kind === kind),
  )
  if (float !== undefined) return { kind: float }
  const digits = precisions.flatMap((one) => (one.kind === 'decimals' ? one.digits : []))
  return digits.length === 0 ? undefined : { kind: 'decimals', digits: Math.max(...digits) }
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
  partitions: Partitions,
  labels: LabelMerger,
  visit: (batch: Batch) => void,
): Promise<void> {
  const inFile = columns.filter((name) => !partitionNames.includes(name))
  await table.scan(inFile, ({ rows, columns: read }) => {
    const merged = new Map<string, Column>()
    for (const name of columns) {
      const column = read.get(name) ?? partitions.column(name, file, rows)
      merged.set(name, column.kind === 'coded' ? labels.merge(name, column) : column)
    }
    visit({ rows, columns: merged })
  })
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
