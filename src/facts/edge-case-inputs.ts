import type { ManifestFeature } from '../config/manifest.ts'
import type { WorkerRow } from '../runner/worker.ts'
import type { LogicalType } from '../table/types.ts'

export const EDGE_CASES = [
  'missing',
  'all-missing',
  'unseen',
  'extreme',
  'infinite',
  'beyond-range',
  'wrong-type',
  'missing-column',
  'extra-column',
  'reordered-columns',
  'empty-batch',
  'duplicate-rows',
  'batch',
] as const
export type EdgeCaseKind = (typeof EDGE_CASES)[number]

/** Rows that production sends one day and the test data does not hold. */
export interface EdgeCaseInput {
  readonly kind: EdgeCaseKind
  /** The feature that is changed, where it is one. */
  readonly feature: string | undefined
  readonly rows: readonly WorkerRow[]
  /** The rows of the reference that must be answered alike, by position. */
  readonly alike: readonly number[] | undefined
}

export interface EdgeCaseSource {
  /** Real rows, the fullest first. */
  readonly rows: readonly WorkerRow[]
  readonly declared: Readonly<Record<string, ManifestFeature>>
  readonly typeOf: (column: string) => LogicalType | undefined
}

/** A word that no vocabulary has. */
const UNSEEN = 'mlcheck-unseen'
const EXTREMES = [1e308, -1e308]
const INFINITIES = [Infinity, -Infinity]

/** How far beyond its range a value lies, in widths of the range. */
const RANGES_BEYOND = 10

/** The cases about a model, made from one real row and what is declared of its features. */
export function edgeCaseInputs({
  rows,
  declared,
  typeOf,
}: EdgeCaseSource): readonly EdgeCaseInput[] {
  const [base = {}] = rows
  const names = Object.keys(base)
  const single = (kind: EdgeCaseKind, feature: string | undefined, row: WorkerRow) => ({
    kind,
    feature,
    rows: [row],
    alike: undefined,
  })
  const cases = names.flatMap((name): readonly EdgeCaseInput[] => {
    const change = (kind: EdgeCaseKind, value: WorkerRow[string]) =>
      single(kind, name, { ...base, [name]: value })
    const others = Object.fromEntries(Object.entries(base).filter(([each]) => each !== name))
    const type = typeOf(name)
    const always = [change('missing', null), single('missing-column', name, others)]
    if (type === 'number' || type === 'integer') {
      return [
        ...always,
        ...EXTREMES.map((value) => change('extreme', value)),
        ...INFINITIES.map((value) => change('infinite', value)),
        ...beyondRange(name, rows, declared[name]).map((value) => change('beyond-range', value)),
        change('wrong-type', UNSEEN),
      ]
    }
    return type === 'category' ? [...always, change('unseen', UNSEEN)] : always
  })
  const inBatch = rows.map((_, at) => at)
  return [
    ...cases,
    single('all-missing', undefined, Object.fromEntries(names.map((name) => [name, null]))),
    { ...single('extra-column', undefined, { ...base, mlcheck_extra: 1 }), alike: [0] },
    {
      ...single('reordered-columns', undefined, Object.fromEntries(Object.entries(base).reverse())),
      alike: [0],
    },
    { ...single('empty-batch', undefined, {}), rows: [] },
    { ...single('duplicate-rows', undefined, {}), rows: [base, base], alike: [0, 0] },
    { ...single('batch', undefined, {}), rows: [...rows].reverse(), alike: inBatch.reverse() },
  ]
}

function beyondRange(
  name: string,
  rows: readonly WorkerRow[],
  declared: ManifestFeature | undefined,
): readonly number[] {
  const seen = rows.map((row) => row[name]).filter((value) => typeof value === 'number')
  const low = declared?.min ?? Math.min(...seen)
  const high = declared?.max ?? Math.max(...seen)
  if (!Number.isFinite(low) || !Number.isFinite(high)) return []
  const far = RANGES_BEYOND * Math.max(high - low, 1)
  return [low - far, high + far]
}
