import type { GradedFinding } from '../../core/finding.ts'
import type { Outcome } from '../../core/outcome.ts'
import { gravest } from '../../core/outcome.ts'
import type { KeyResult } from '../../core/result.ts'
import { isSignificant, reaches } from '../../core/threshold.ts'
import { jensenShannonDistance } from '../../stats/distances/jensen-shannon.ts'
import { wasserstein1 } from '../../stats/distances/wasserstein.ts'
import { chiSquareSurvival } from '../../stats/distributions/chi-square.ts'
import { rankAtMost, rankBelow } from '../../stats/histogram.ts'
import { moments } from '../../stats/moments.ts'
import type { DriftStatistic } from '../../stats/statistic.ts'
import { kolmogorovSmirnov } from '../../stats/two-sample/kolmogorov-smirnov.ts'
import { twoProportionZ } from '../../stats/two-sample/two-proportion.ts'
import type { ColumnComparison } from '../comparison.ts'
import type { CodedSample } from '../sample.ts'
import { byCodeUnits, finiteValues } from '../sample.ts'
import { aboveLimit, belowLevel, plainVerdict, undecided } from './plain-key.ts'
import type { ColumnVerdict, Rule, RuleRun, RuleVerdict } from './rule.ts'

/** Up to this many valid reference rows tests decide, above it distances. */
const SMALL = 1000
/** Up to this many distinct pooled values numbers are judged as categories. */
const FEW_VALUES = 5
/** Whole numbers with up to this many distinct values are categories. */
const FEW_INTEGERS = 10
const ALPHA = 0.05
const LIMIT = 0.1
const DRIFT_SHARE = 0.5
/** A smaller standard deviation counts as this much when the Wasserstein distance is divided. */
const LEAST_DEVIATION = 0.001

export const evidentlyRule: Rule = {
  id: 'evidently',
  begin: () => {
    const columns: ColumnVerdict[] = []
    return {
      measure: (column) => {
        columns.push(plainVerdict(column.name, [keyOf(column)]))
      },
      decide: () => decide(columns),
    } satisfies RuleRun
  },
}

function decide(columns: readonly ColumnVerdict[]): RuleVerdict {
  const tested = columns.filter(({ outcome }) => outcome === 'pass' || outcome === 'warn')
  const drifted = tested.filter(({ outcome }) => outcome === 'warn')
  const share = tested.length === 0 ? 0 : drifted.length / tested.length
  const findings: GradedFinding[] = []
  if (reaches(share, DRIFT_SHARE)) {
    findings.push({
      code: 'DATASET_DRIFT',
      severity: 'fail',
      args: { drifted: drifted.length, tested: tested.length, share, limit: DRIFT_SHARE },
    })
  }
  const outcomes: Outcome[] = columns.map(({ outcome }) => outcome)
  if (findings.length > 0) outcomes.push('fail')
  return { outcome: gravest(outcomes), columns, findings }
}

function keyOf(column: ColumnComparison): KeyResult {
  const { reference, current, view } = column
  if (view !== 'values' && view !== 'categories') {
    return undecided('drift', 'evidently', {
      kind: 'not-applicable',
      reason: 'the rule has no test for this type',
    })
  }
  if (reference.kind === 'numeric' && current.kind === 'numeric') {
    return numericKey(column, finiteValues(reference), finiteValues(current))
  }
  if (reference.kind === 'coded' && current.kind === 'coded' && reference.rest === undefined) {
    return countedKey(codedTable(reference, current))
  }
  return undecided('drift', 'evidently', {
    kind: 'inconclusive',
    reason: 'the rule needs the rows of the reference',
  })
}

function numericKey(
  column: ColumnComparison,
  reference: Float64Array,
  current: Float64Array,
): KeyResult {
  if (reference.length === 0 || current.length === 0) {
    return undecided('drift', 'evidently', {
      kind: 'inconclusive',
      reason: 'one side has no valid value',
    })
  }
  const isCategory =
    column.type === 'integer' && distinctUpTo(FEW_INTEGERS, reference) <= FEW_INTEGERS
  if (isCategory || distinctUpTo(FEW_VALUES, reference, current) <= FEW_VALUES) {
    return countedKey(numericTable(reference, current))
  }
  const n = { reference: reference.length, current: current.length }
  if (reference.length <= SMALL) {
    const test = kolmogorovSmirnov(reference, current, { ties: 'ignore' })
    // The rule includes its level here, and excludes it in the other tests.
    return belowLevel(
      test,
      { key: 'drift', test: 'kolmogorov-smirnov', n },
      (p) => p === ALPHA || isSignificant(p, ALPHA),
    )
  }
  return aboveLimit(
    normedWasserstein(reference, current),
    { key: 'drift', test: 'wasserstein-over-std', n, limit: LIMIT },
    (value) => reaches(value, LIMIT),
  )
}

/**
 * Wasserstein-1 over the population standard deviation of the reference, which counts as at least
 * 0.001.
 *
 * @param reference - Ascending, no NaN.
 * @param current - Ascending, no NaN.
 * @returns At least 0, without unit; `null` with a reason where the distance or the deviation is no
 * finite number: an empty sample, infinite values, an overflow. A deviation without end would make
 * every distance 0.
 * @throws RangeError when an array is not sorted or contains NaN.
 * Missing values: removed before. Complexity: O(n + m).
 */
export function normedWasserstein(reference: Float64Array, current: Float64Array): DriftStatistic {
  const distance = wasserstein1(reference, current)
  if (distance.statistic === null) return distance
  const { populationStd } = moments(reference)
  if (populationStd === null || !Number.isFinite(populationStd)) {
    const reason = 'the standard deviation of the reference overflows'
    return { ...distance, statistic: null, reason }
  }
  return {
    ...distance,
    statistic: distance.statistic / Math.max(populationStd, LEAST_DEVIATION),
  }
}

interface Table {
  readonly reference: readonly number[]
  readonly current: readonly number[]
}

function countedKey({ reference, current }: Table): KeyResult {
  const n = { reference: total(reference), current: total(current) }
  if (n.reference === 0 || n.current === 0) {
    return undecided('drift', 'evidently', {
      kind: 'inconclusive',
      reason: 'one side has no valid value',
    })
  }
  if (n.reference > SMALL) {
    return aboveLimit(
      jensenShannonDistance(reference, current, 'nats'),
      { key: 'drift', test: 'jensen-shannon-nats', n, limit: LIMIT },
      (value) => reaches(value, LIMIT),
    )
  }
  const isTwo = reference.length <= 2
  const test = isTwo
    ? twoProportionZ(reference[0] ?? 0, n.reference, current[0] ?? 0, n.current)
    : goodnessOfFit(reference, current)
  const name = isTwo ? 'z-two-proportions' : 'chi-square-goodness-of-fit'
  return belowLevel(test, { key: 'drift', test: name, n }, (p) => isSignificant(p, ALPHA))
}

/**
 * Pearson's chi-square of the current counts against the scaled reference counts, as if the
 * reference were the law itself. A value that the reference does not have has expectation 0 and
 * makes the statistic infinite: it is reported as the largest double, with p = 0.
 */
export function goodnessOfFit(
  reference: readonly number[],
  current: readonly number[],
): DriftStatistic {
  const n = total(reference)
  const m = total(current)
  let statistic = 0
  reference.forEach((count, cell) => {
    const expected = (count * m) / n
    const observed = current[cell] ?? 0
    statistic += expected === 0 && observed === 0 ? 0 : (observed - expected) ** 2 / expected
  })
  const isFinite = Number.isFinite(statistic)
  return {
    statistic: isFinite ? statistic : Number.MAX_VALUE,
    pValue: isFinite ? chiSquareSurvival(statistic, reference.length - 1) : 0,
    method: 'asymptotic',
    n: { reference: n, current: m },
    warnings: [],
  }
}

function codedTable(reference: CodedSample, current: CodedSample): Table {
  const labels = [...new Set([...reference.counts.keys(), ...current.counts.keys()])]
  labels.sort(byCodeUnits)
  return {
    reference: labels.map((label) => reference.counts.get(label) ?? 0),
    current: labels.map((label) => current.counts.get(label) ?? 0),
  }
}

/** The number of distinct values of all samples, counted no further than one beyond the limit. */
function distinctUpTo(limit: number, ...samples: readonly Float64Array[]): number {
  const seen = new Set<number>()
  for (const sample of samples) {
    for (const value of sample) {
      seen.add(value)
      if (seen.size > limit) return seen.size
    }
  }
  return seen.size
}

function numericTable(reference: Float64Array, current: Float64Array): Table {
  const distinct = new Set(reference)
  for (const value of current) distinct.add(value)
  const values = Float64Array.from(distinct).sort()
  const countIn = (sample: Float64Array): number[] =>
    Array.from(values, (value) => rankAtMost(sample, value) - rankBelow(sample, value))
  return { reference: countIn(reference), current: countIn(current) }
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
