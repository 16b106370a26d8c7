import type { GradedFinding } from '../../core/finding.ts'
import type { Outcome } from '../../core/outcome.ts'
import { gravest } from '../../core/outcome.ts'
import type { KeyResult } from '../../core/result.ts'
import { isSignificant, reaches } from '../../core/threshold.ts'
import { jensenShannonDistance } from '../../stats/distances/jensen-shannon.ts'
import { wasserstein1 } from '../../stats/distances/wasserstein.ts'
import { countInCells, equalWidthEdges } from '../../stats/histogram.ts'
import { kolmogorovSmirnov } from '../../stats/two-sample/kolmogorov-smirnov.ts'
import type { ColumnComparison } from '../comparison.ts'
import { countOutside } from '../keys/tail.ts'
import type { NumericSample } from '../sample.ts'
import { validCount } from '../sample.ts'
import type { DriftSettings } from '../settings.ts'
import { aboveLimit, belowLevel, plainKey, plainVerdict, undecided } from './plain-key.ts'
import type { ColumnVerdict, Rule, RuleRun, RuleVerdict } from './rule.ts'

const ALPHA = 0.01
const LIMIT = 0.1
const BINS = 50

export const textbookRule: Rule = {
  id: 'textbook',
  begin: beginTextbook,
}

function beginTextbook(settings: DriftSettings): RuleRun {
  const columns: JudgedColumn[] = []
  return {
    measure: (column) => {
      const isFeature = column.role !== 'prediction'
      const keys = isFeature ? featureKeys(column) : predictionKeys(column)
      columns.push({ verdict: plainVerdict(column.name, keys), isFeature })
    },
    decide: () => decide(columns, settings),
  }
}

interface JudgedColumn {
  readonly verdict: ColumnVerdict
  readonly isFeature: boolean
}

/** More than the allowed number of drifted features turns their warnings into one failure. */
function decide(columns: readonly JudgedColumn[], settings: DriftSettings): RuleVerdict {
  const verdicts = columns.map(({ verdict }) => verdict)
  const drifted = columns
    .filter(({ isFeature, verdict }) => isFeature && verdict.outcome === 'warn')
    .map(({ verdict }) => verdict)
  const findings: GradedFinding[] = []
  if (drifted.length > settings.maxDriftedFeatures) {
    findings.push({
      code: 'TOO_MANY_DRIFTED_FEATURES',
      severity: 'fail',
      args: {
        drifted: drifted.length,
        allowed: settings.maxDriftedFeatures,
        features: drifted.slice(0, 20).map(({ name }) => name),
      },
    })
  }
  const outcomes: Outcome[] = verdicts.map(({ outcome }) => outcome)
  if (findings.length > 0) outcomes.push('fail')
  return { outcome: gravest(outcomes), columns: verdicts, findings }
}

function featureKeys(column: ColumnComparison): readonly KeyResult[] {
  const { reference, current } = column
  const obstacle = obstacleOf(column)
  if (obstacle !== undefined) return [undecided('drift', 'textbook', obstacle)]
  if (reference.kind !== 'numeric' || current.kind !== 'numeric') {
    return [undecided('drift', 'textbook', NOT_NUMERIC)]
  }
  const test = kolmogorovSmirnov(reference.sorted, current.sorted, { ties: 'ignore' })
  const distance = wasserstein1(reference.sorted, current.sorted)
  const n = test.n
  const ks = belowLevel(test, { key: 'drift', test: 'kolmogorov-smirnov', n }, (p) =>
    isSignificant(p, ALPHA),
  )
  const w1 = aboveLimit(
    distance,
    { key: 'drift', test: 'wasserstein-1', n, limit: LIMIT },
    (value) => reaches(value, LIMIT) && value !== LIMIT,
  )
  return [ks, w1, outsideKey(reference, current)]
}

const NOT_NUMERIC = { kind: 'not-applicable', reason: 'the rule compares numbers alone' } as const

/** Why the monitors would have computed NaN; a comparison with NaN is false and alarms nobody. */
function obstacleOf({
  reference,
  current,
  view,
}: ColumnComparison): { kind: 'not-applicable' | 'inconclusive'; reason: string } | undefined {
  if (view !== 'values') return NOT_NUMERIC
  if (reference.kind === 'envelope') {
    return { kind: 'inconclusive', reason: 'the rule needs the rows of the reference' }
  }
  const missing = reference.missing + current.missing
  if (missing > 0) {
    const reason = `${String(missing)} missing values make the statistics NaN`
    return { kind: 'inconclusive', reason }
  }
  if (validCount(reference) === 0 || validCount(current) === 0) {
    return { kind: 'inconclusive', reason: 'one side has no valid value' }
  }
  return undefined
}

/** The count of "outliers": reported, and never decisive, as in the monitors. */
function outsideKey(reference: NumericSample, current: NumericSample): KeyResult {
  const min = reference.sorted[0] as number
  const max = reference.sorted.at(-1) as number
  const { belowMin, aboveMax } = countOutside(current, { min, max })
  const n = { reference: reference.sorted.length, current: current.sorted.length }
  const count = belowMin + aboveMax
  return plainKey({
    key: 'range',
    test: 'outside-reference-range',
    n,
    statistic: count,
    effect: count / n.current,
    outcome: count > 0 ? 'notice' : 'pass',
  })
}

function predictionKeys(column: ColumnComparison): readonly KeyResult[] {
  const { reference, current } = column
  const obstacle = obstacleOf(column)
  const about = { key: 'drift', test: 'jensen-shannon-50-bins' } as const
  if (obstacle !== undefined) return [undecided(about.key, about.test, obstacle)]
  if (reference.kind !== 'numeric' || current.kind !== 'numeric') {
    return [undecided(about.key, about.test, NOT_NUMERIC)]
  }
  const min = reference.sorted[0] as number
  const max = reference.sorted.at(-1) as number
  if (!Number.isFinite(max - min)) {
    const reason = 'an infinite range has no bins'
    return [undecided(about.key, about.test, { kind: 'inconclusive', reason })]
  }
  // numpy widens the range of a constant by half a unit on each side.
  const edges =
    min === max ? equalWidthEdges(min - 0.5, max + 0.5, BINS) : equalWidthEdges(min, max, BINS)
  const distance = jensenShannonDistance(
    countInCells(reference.sorted, edges).counts,
    countInCells(current.sorted, edges).counts,
    'nats',
  )
  const n = { reference: reference.sorted.length, current: current.sorted.length }
  return [
    aboveLimit(
      distance,
      { ...about, n, limit: LIMIT, drifted: 'fail' },
      (value) => reaches(value, LIMIT) && value !== LIMIT,
    ),
  ]
}
