import type { GradedFinding } from '../../core/finding.ts'
import { reaches } from '../../core/threshold.ts'
import { COVERAGE_LIMITS, coverageOf, type CoverageLimits } from './coverage.ts'
import type { Sample, Series } from './range.ts'
import { momentText, type TimeWindow } from './times.ts'

/** A limit that a metric had to keep to all the time. */
export interface MetricLimit {
  /** The name of the query or of the metric. */
  readonly metric: string
  readonly min?: number
  readonly max?: number
}

/**
 * Evaluates limits again on exported series over a window. A metric that is not there, a gap, a step
 * too wide and NaN decide nothing; a value beyond its limit fails.
 *
 * @param path where the series come from
 */
export function judgeMetrics(
  series: readonly Series[],
  window: TimeWindow,
  limits: readonly MetricLimit[],
  path: string,
  coverage: CoverageLimits = COVERAGE_LIMITS,
): readonly GradedFinding[] {
  const location = { path }
  if (limits.length === 0) {
    return [{ severity: 'inconclusive', code: 'METRICS_WITHOUT_LIMITS', args: { path }, location }]
  }
  return limits.flatMap((limit): readonly GradedFinding[] => {
    const { metric } = limit
    const own = series.filter(({ name }) => name === metric)
    if (own.length === 0) {
      const args = { metric, path }
      return [{ severity: 'inconclusive', code: 'METRIC_NOT_EXPORTED', args, location }]
    }
    return own.flatMap((each) => [
      ...coverageFindings(each, metric, window, coverage, path),
      ...limitFindings(each, window, limit, path),
    ])
  })
}

function coverageFindings(
  series: Series,
  metric: string,
  window: TimeWindow,
  limits: CoverageLimits,
  path: string,
): readonly GradedFinding[] {
  const { gaps, stepMs, isCovered } = coverageOf(series, window, limits)
  const location = { path }
  const [gap] = gaps
  if (gap !== undefined) {
    const args = {
      metric,
      count: gaps.length,
      from: momentText(gap.fromMs),
      to: momentText(gap.toMs),
    }
    return [{ severity: 'inconclusive', code: 'METRIC_GAP', args, location }]
  }
  if (isCovered || stepMs === undefined) return []
  const args = { metric, seconds: stepMs / 1000, limit: limits.widestStepMs / 1000 }
  return [{ severity: 'inconclusive', code: 'METRIC_STEP_WIDE', args, location }]
}

function limitFindings(
  { samples }: Series,
  window: TimeWindow,
  limit: MetricLimit,
  path: string,
): readonly GradedFinding[] {
  const location = { path }
  const inside = samples.filter(({ timeMs }) => timeMs >= window.fromMs && timeMs <= window.toMs)
  const unknown = inside.filter(({ value }) => Number.isNaN(value))
  const broken = inside.filter((sample) => isBroken(sample, limit))
  const findings: GradedFinding[] = []
  const [first] = broken
  if (first !== undefined) {
    const value = Number.isFinite(first.value) ? first.value : String(first.value)
    const args = {
      metric: limit.metric,
      count: broken.length,
      samples: inside.length,
      value,
      min: limit.min ?? null,
      max: limit.max ?? null,
      at: momentText(first.timeMs),
    }
    findings.push({ severity: 'fail', code: 'METRIC_LIMIT_BROKEN', args, location })
  }
  if (unknown.length > 0) {
    const args = { metric: limit.metric, count: unknown.length, samples: inside.length }
    findings.push({ severity: 'inconclusive', code: 'METRIC_NOT_A_NUMBER', args, location })
  }
  return findings
}

function isBroken({ value }: Sample, { min, max }: MetricLimit): boolean {
  if (Number.isNaN(value)) return false
  if (value === Infinity) return max !== undefined
  if (value === -Infinity) return min !== undefined
  return (max !== undefined && !reaches(max, value)) || (min !== undefined && !reaches(value, min))
}
