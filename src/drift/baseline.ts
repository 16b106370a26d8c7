import { InputError } from '../core/errors.ts'
import type { JsonValue } from '../core/evidence.ts'
import type { ColumnSummary } from '../core/result.ts'
import type { LogicalType, Precision, SnapshotSource } from '../table/types.ts'
import { checkColumn } from './baseline/check-column.ts'
import { broken, count, list, record, text } from './baseline/json-shape.ts'
import type { QuantileGrid } from './baseline/quantile-grid.ts'

export const BASELINE_KIND = 'mlcheck-baseline'
export const BASELINE_VERSION = '1.0'

/** A number as JSON can hold it. */
export type ExtendedNumber = number | 'Infinity' | '-Infinity'

/** The distribution statistics of a snapshot, without its rows. */
export interface Baseline {
  readonly kind: typeof BASELINE_KIND
  readonly schemaVersion: typeof BASELINE_VERSION
  readonly source: SnapshotSource
  readonly rows: number
  readonly columns: readonly BaselineColumn[]
}

/**
 * What is recorded of one column: its counts always, `numeric` or `categories` where it has values
 * that are compared, neither for an identifier.
 */
export interface BaselineColumn {
  readonly name: string
  readonly type: LogicalType
  readonly physical: string
  readonly evidence: string
  readonly precision?: Precision
  /** For people to read; counts are exact. */
  readonly summary: ColumnSummary
  /** Of a number, a time, or the length of a text. */
  readonly numeric?: BaselineNumbers
  readonly categories?: BaselineCategories
}

/** The distribution of the valid values of a column, infinite ones included; `values` or `grid`. */
export interface BaselineNumbers {
  readonly negativeInfinity: number
  readonly positiveInfinity: number
  /** Exact order statistics near the ends. */
  readonly tail: {
    readonly r: number
    readonly low: ExtendedNumber
    readonly high: ExtendedNumber
  }
  /** The largest absolute finite value. */
  readonly largest: number | null
  readonly deciles: { readonly cuts: readonly number[]; readonly counts: readonly number[] }
  readonly histogram: { readonly edges: readonly number[]; readonly counts: readonly number[] }
  /** Every value with its count, where there are few. */
  readonly values?: readonly (readonly [value: ExtendedNumber, count: number])[]
  readonly grid?: QuantileGrid
}

/** The distribution of the valid labels of a column, the most frequent first, then by code units. */
export interface BaselineCategories {
  /** The most frequent values. */
  readonly counts: readonly (readonly [value: string, count: number])[]
  /** All others together. */
  readonly rest: { readonly distinct: number; readonly rows: number }
}

/** Whether a value of a comparison's reference is a baseline and not a snapshot. */
export function isBaseline(value: object): value is Baseline {
  return 'kind' in value && value.kind === BASELINE_KIND
}

/**
 * Checks parsed JSON and takes it as a baseline.
 *
 * @param json - What `JSON.parse` made of a baseline file.
 * @returns The same value, typed.
 * @throws InputError with the path of the first thing that is not as it must be.
 */
export function parseBaseline(json: unknown): Baseline {
  const root = record(json, '')
  if (root['kind'] !== BASELINE_KIND) {
    throw new InputError(`not a baseline: "kind" is not "${BASELINE_KIND}"`, {
      hint: 'write one with `mlcheck profile <data> -o baseline.json`',
    })
  }
  if (root['schemaVersion'] !== BASELINE_VERSION) {
    throw new InputError(
      `a baseline of version ${JSON.stringify(root['schemaVersion'])}, this version reads "${BASELINE_VERSION}"`,
      { hint: 'record it again with `mlcheck profile`' },
    )
  }
  const rows = count(root['rows'], 'rows')
  const source = record(root['source'], 'source')
  for (const name of ['path', 'format', 'sha256']) text(source[name], `source.${name}`)
  count(source['bytes'], 'source.bytes')
  const names = list(root['columns'], 'columns').map((column, i) =>
    checkColumn(column, `columns[${String(i)}]`, rows),
  )
  if (new Set(names).size !== names.length) throw broken('columns', 'names that differ')
  return json as Baseline
}

/**
 * A baseline as text: two spaces, one line per column's property, lists of numbers on one line, so
 * that a change is a change of few lines. The same baseline gives the same bytes.
 */
export function formatBaseline(baseline: Baseline): string {
  return `${format(baseline as unknown as JsonValue, '')}\n`
}

function format(value: JsonValue, indent: string): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const isFlat = Object.values(value).every((item) => item === null || typeof item !== 'object')
  if (Array.isArray(value) && (isFlat || value.every(isFlatArray))) return JSON.stringify(value)
  const inner = `${indent}  `
  const lines = Array.isArray(value)
    ? (value as readonly JsonValue[]).map((item) => format(item, inner))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${format(item, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return lines.length === 0
    ? `${String(open)}${String(close)}`
    : `${String(open)}\n${inner}${lines.join(`,\n${inner}`)}\n${indent}${String(close)}`
}

function isFlatArray(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => item === null || typeof item !== 'object')
}
