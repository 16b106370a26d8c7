import { InputError } from '../core/errors.ts'
import type { FindingCode, GradedFinding, Severity } from '../core/finding.ts'
import type { CategoryCount, ColumnSummary, Histogram } from '../core/result.ts'
import { gatherColumn } from '../table/gather.ts'
import type { Column, Snapshot } from '../table/types.ts'
import type { ColumnComparison } from './comparison.ts'
import { compareSamples } from './comparison.ts'
import type { Dependence } from './dependence/dependence.ts'
import type { Distances } from './describe/distances.ts'
import { distancesOf } from './describe/distances.ts'
import { countInBins, histogramEdges, histogramOf } from './describe/histogram.ts'
import { countDistinctSorted, summarise } from './describe/summary.ts'
import { observeIdentifier } from './identifiers.ts'
import { onlyIn } from './keys/novel.ts'
import { countOutside } from './keys/tail.ts'
import { observeTimes } from './observe-times.ts'
import { observeColumn } from './observations.ts'
import type { ColumnPlan, Obstacle } from './plan.ts'
import type { HarmonisedPair } from './precision.ts'
import { harmonisePrecision, harmoniseRecorded } from './precision.ts'
import type { LoadedReference, ReferenceSide } from './reference-side.ts'
import type { RuleRun } from './rules/rule.ts'
import type { CodedSample, NumericSample, Sample } from './sample.ts'
import { finiteValues, sampleOf } from './sample.ts'
import type { SideWatch } from './table-findings.ts'
import { viewColumn } from './view.ts'

/** No list of a result is longer. */
const LONGEST_LIST = 20

/** A column before the rule has judged the whole run. */
export interface ColumnDraft {
  readonly plan: ColumnPlan
  /** Whether anything of the two sides was set against each other. */
  readonly isCompared: boolean
  readonly findings: readonly GradedFinding[]
  readonly reference: ColumnSummary | null
  readonly current: ColumnSummary | null
  readonly distances: Distances
  readonly outOfRange: { readonly belowMin: number; readonly aboveMax: number } | null
  readonly novel: readonly CategoryCount[]
  readonly vanished: readonly CategoryCount[]
  readonly histogram: Histogram | null
}

/** What takes part in a comparison of columns one after the other. */
export interface Stage {
  /** The deciding rule first. */
  readonly runs: readonly RuleRun[]
  readonly dependence: Dependence
  readonly watch: { readonly reference: SideWatch; readonly current: SideWatch }
}

/**
 * Reads one column of both sides, lets the rules measure it and describes it. Its values are let go
 * afterwards.
 *
 * @returns A draft; a column that cannot be read or compared has an inconclusive finding instead of
 * measurements.
 */
export async function compareColumn(
  plan: ColumnPlan,
  reference: ReferenceSide,
  current: Snapshot,
  stage: Stage,
): Promise<ColumnDraft> {
  if (plan.obstacle !== null) return notCompared(plan, obstacleFinding(plan, plan.obstacle))
  let loaded: LoadedReference
  let column: Column
  try {
    loaded = await reference.load(plan.name)
    column = await gatherColumn(current, plan.name)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return notCompared(plan, [
      grade('COLUMN_UNREADABLE', 'inconclusive', { reason: error.message }),
    ])
  }
  if (loaded.kind === 'recorded' && !loaded.holdsValues && plan.view !== 'presence') {
    const reason = 'the baseline recorded it as an identifier, without its values'
    return notCompared(plan, [grade('COLUMN_UNREADABLE', 'inconclusive', { reason })])
  }
  return loaded.kind === 'rows'
    ? compareRows(plan, loaded.column, column, stage)
    : compareRecorded(plan, loaded, column, stage)
}

function compareRows(
  plan: ColumnPlan,
  a: Column,
  b: Column,
  { runs, dependence, watch }: Stage,
): ColumnDraft {
  const precise = harmonised(plan, a, b)
  const reference = sideOf(plan, a, precise.reference)
  const current = sideOf(plan, b, precise.current)
  const comparison = compareSamples(plan, reference.compared, current.compared, {
    currentAsRead: current.asRead,
  })
  if (plan.role !== 'time' && plan.role !== 'group') {
    watch.reference.add(plan, reference, reference.compared, reference.distinct)
    watch.current.add(plan, current, current.compared, current.distinct)
    dependence.add(plan, reference.viewed, current.viewed)
  }
  for (const run of runs) run.measure(comparison)
  return {
    ...described(plan, comparison, reference.asRead, current.asRead),
    reference: reference.summary,
    current: current.summary,
    findings: [
      ...precise.findings,
      ...observeColumn(plan, reference.asRead, current.asRead),
      ...observeIdentifier(plan, reference.summary, current.summary),
      ...timeFindings(plan, reference.asRead, current.asRead),
      ...declarationFindings(plan, reference.asRead),
    ],
  }
}

function compareRecorded(
  plan: ColumnPlan,
  loaded: LoadedReference & { readonly kind: 'recorded' },
  column: Column,
  { runs, watch }: Stage,
): ColumnDraft {
  const precise = harmonisedRecorded(plan, loaded.sample, column)
  const reference = precise.reference
  const current = sideOf(plan, column, precise.current)
  const comparison = compareSamples(plan, reference, current.compared, {
    currentAsRead: current.asRead,
  })
  if (plan.role !== 'time' && plan.role !== 'group') {
    watch.current.add(plan, current, current.compared, current.distinct)
  }
  for (const run of runs) run.measure(comparison)
  const { histogram } = loaded
  return {
    ...described(plan, comparison, loaded.sample, current.asRead),
    reference: loaded.summary,
    current: current.summary,
    distances: distancesOf(comparison, loaded.deciles),
    histogram:
      histogram === undefined || current.asRead.kind !== 'numeric'
        ? null
        : {
            edges: histogram.edges,
            reference: histogram.counts,
            current: countInBins(finiteValues(current.asRead), histogram.edges),
          },
    findings: [
      ...precise.findings,
      ...observeColumn(plan, loaded.sample, current.asRead),
      ...observeIdentifier(plan, loaded.summary, current.summary),
      ...timeFindings(plan, loaded.sample, current.asRead),
    ],
  }
}

/** One side of a column: as it was read, and at the precision at which the sides are compared. */
interface RowsSide {
  readonly own: Column
  readonly viewed: Column
  readonly compared: NumericSample | CodedSample
  /** Different values among the compared ones. */
  readonly distinct: number
  readonly asRead: NumericSample | CodedSample
  /** Of the values as they were read. */
  readonly summary: ColumnSummary
}

function sideOf(plan: ColumnPlan, read: Column, own: Column): RowsSide {
  const viewed = viewColumn(own, plan.view)
  const compared = sampleOf(viewed)
  const asRead = own === read ? compared : sampleOf(viewColumn(read, plan.view))
  const summary = summarise(asRead, plan.view)
  const distinct =
    asRead !== compared && compared.kind === 'numeric'
      ? countDistinctSorted(compared.sorted)
      : (summary.distinct ?? 0)
  return { own, viewed, compared, distinct, asRead, summary }
}

function harmonised(plan: ColumnPlan, reference: Column, current: Column): HarmonisedPair<Column> {
  if (plan.view !== 'values' || plan.reference === null || plan.current === null) {
    return { reference, current, findings: [] }
  }
  return harmonisePrecision(
    { column: reference, field: plan.reference },
    { column: current, field: plan.current },
  )
}

function harmonisedRecorded(
  plan: ColumnPlan,
  reference: Sample,
  current: Column,
): HarmonisedPair<Sample> {
  if (plan.view !== 'values' || plan.reference === null || plan.current === null) {
    return { reference, current, findings: [] }
  }
  return harmoniseRecorded(
    { sample: reference, field: plan.reference },
    { column: current, field: plan.current },
  )
}

function described(
  plan: ColumnPlan,
  comparison: ColumnComparison,
  reference: Sample,
  current: NumericSample | CodedSample,
): Omit<ColumnDraft, 'findings' | 'reference' | 'current'> {
  const isShown = plan.view !== 'presence'
  const bothNumeric = reference.kind === 'numeric' && current.kind === 'numeric'
  const bothCoded = isShown && reference.kind === 'coded' && current.kind === 'coded'
  return {
    plan,
    isCompared: true,
    distances: isShown && plan.view !== 'time' ? distancesOf(comparison) : {},
    outOfRange: outOfRange(plan, reference, current),
    novel: bothCoded ? onlyIn(current, reference).slice(0, LONGEST_LIST) : [],
    vanished: bothCoded ? onlyIn(reference, current).slice(0, LONGEST_LIST) : [],
    histogram: isShown && bothNumeric ? pictureOf(reference, current) : null,
  }
}

function pictureOf(reference: NumericSample, current: NumericSample): Histogram | null {
  const finite = finiteValues(reference)
  return histogramOf(finite, finiteValues(current), histogramEdges(finite))
}

/** Against the declared range where there is one, else against the reference's. */
function outOfRange(
  plan: ColumnPlan,
  reference: Sample,
  current: Sample,
): ColumnDraft['outOfRange'] {
  if (current.kind !== 'numeric' || plan.view !== 'values') return null
  if (plan.range !== undefined) return countOutside(current, plan.range)
  if (reference.kind !== 'numeric' || reference.sorted.length === 0) return null
  const [min] = reference.sorted
  const max = reference.sorted.at(-1)
  return min === undefined || max === undefined ? null : countOutside(current, { min, max })
}

function timeFindings(
  plan: ColumnPlan,
  reference: Sample,
  current: Sample,
): readonly GradedFinding[] {
  if (plan.view !== 'time') return []
  return current.kind === 'numeric' && reference.kind !== 'coded'
    ? observeTimes(reference, current)
    : []
}

/** A declaration that the reference itself breaks is worth a word: it may be the declaration. */
function declarationFindings(plan: ColumnPlan, reference: Sample): readonly GradedFinding[] {
  if (plan.range !== undefined && reference.kind === 'numeric') {
    const { belowMin, aboveMax } = countOutside(reference, plan.range)
    if (belowMin + aboveMax > 0) {
      return [grade('REFERENCE_OUTSIDE_DECLARATION', 'notice', { rows: belowMin + aboveMax })]
    }
  }
  if (plan.values !== undefined && reference.kind === 'coded') {
    const allowed = new Set(plan.values)
    let rows = 0
    for (const [value, count] of reference.counts) if (!allowed.has(value)) rows += count
    if (rows > 0) return [grade('REFERENCE_OUTSIDE_DECLARATION', 'notice', { rows })]
  }
  return []
}

function obstacleFinding(plan: ColumnPlan, obstacle: Obstacle): readonly GradedFinding[] {
  const { role } = plan
  const types = { reference: plan.reference?.type ?? null, current: plan.current?.type ?? null }
  switch (obstacle) {
    case 'ignored':
      return [grade('COLUMN_IGNORED', 'notice', {})]
    case 'missing-in-current':
      return [grade('MISSING_COLUMN', missingSeverity(plan), { role })]
    case 'missing-in-reference':
      return [grade('NEW_COLUMN', role === 'identifier' ? 'notice' : 'warn', { role })]
    case 'unsupported':
      return [
        grade('COLUMN_UNSUPPORTED', 'inconclusive', {
          reference: plan.reference?.physical ?? null,
          current: plan.current?.physical ?? null,
        }),
      ]
    case 'kinds-differ':
      return [grade('TYPE_CHANGED', 'warn', types), grade('NOT_COMPARABLE', 'inconclusive', types)]
    case 'type-setting-not-applicable':
      return [grade('TYPE_SETTING_NOT_APPLICABLE', 'inconclusive', { ...types, type: plan.type })]
  }
}

/** What a model reads must be there; labels come later and identifiers may be dropped. */
function missingSeverity({ role }: ColumnPlan): Severity {
  switch (role) {
    case 'feature':
    case 'prediction':
      return 'fail'
    case 'group':
    case 'time':
      return 'inconclusive'
    case 'target':
    case 'identifier':
    case 'ignore':
      return 'notice'
  }
}

function notCompared(plan: ColumnPlan, findings: readonly GradedFinding[]): ColumnDraft {
  return {
    plan,
    isCompared: false,
    findings,
    reference: null,
    current: null,
    distances: {},
    outOfRange: null,
    novel: [],
    vanished: [],
    histogram: null,
  }
}

function grade(code: FindingCode, severity: Severity, args: GradedFinding['args']): GradedFinding {
  return { code, severity, args }
}
