import type { ArrayFacts, ObjectValue } from '../object-facts.ts'
import type { PyNode } from '../pickle/node.ts'
import { attributesOf, classOf } from './attributes.ts'
import type { Conversion } from './conversion.ts'

type Column = string | number

/**
 * The columns of a branch, from every form that a ColumnTransformer takes: a name, a position, lists and
 * arrays of either, masks, slices, and the list classes of versions 1.5 to 1.7.
 *
 * @param features - Names of the columns of the whole table, which slices need; `null` when unknown.
 * @returns `null` when the columns are not said, or cannot be known.
 */
export function branchColumns(
  node: PyNode | undefined,
  features: readonly string[] | null,
  featureCount: number | null,
  conversion: Conversion,
): readonly Column[] | null {
  if (node === undefined) return null
  if (node.kind === 'object') {
    const type = classOf(node)
    if (type?.name === 'slice') return sliceColumns(node.args, features, featureCount, conversion)
    const data = attributesOf(node)?.get('data')
    return data === undefined ? null : branchColumns(data, features, featureCount, conversion)
  }
  const value = conversion.value(node)
  if (isColumn(value)) return [value]
  const members = isArrayFacts(value) ? value.values : Array.isArray(value) ? value : null
  if (members === null) return null
  if (members.length > 0 && members.every((member) => typeof member === 'boolean')) {
    return members.flatMap((member, index) => (member ? [index] : []))
  }
  return members.every(isColumn) ? members : null
}

/** Slices of names include their end, slices of positions do not. */
function sliceColumns(
  args: readonly PyNode[],
  features: readonly string[] | null,
  featureCount: number | null,
  conversion: Conversion,
): readonly Column[] | null {
  const [start = null, stop = null, step = null] = args.map((arg) => conversion.value(arg))
  if (step !== null && step !== 1) return null
  const count = features?.length ?? featureCount
  if (count === null) return null
  const from = boundary(start, 0, 0, features, count)
  const to = boundary(stop, count, 1, features, count)
  if (from === undefined || to === undefined) return null
  const positions = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
  return typeof start === 'string' || typeof stop === 'string'
    ? positions.map((position) => features?.[position] ?? position)
    : positions
}

function boundary(
  value: ObjectValue,
  open: number,
  afterName: number,
  features: readonly string[] | null,
  count: number,
): number | undefined {
  if (value === null) return open
  if (typeof value === 'string') {
    const index = features?.indexOf(value) ?? -1
    return index < 0 ? undefined : index + afterName
  }
  if (typeof value !== 'number') return undefined
  return Math.min(count, Math.max(0, value < 0 ? value + count : value))
}

function isColumn(value: ObjectValue): value is Column {
  return typeof value === 'string' || (typeof value === 'number' && Number.isInteger(value))
}

function isArrayFacts(value: ObjectValue): value is ArrayFacts {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'array'
}
