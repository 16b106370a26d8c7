import type { GradedFinding } from '../core/finding.ts'
import { reaches } from '../core/threshold.ts'
import type { ClaimedMetric } from '../facts/claimed-metrics.ts'
import type { RecomputedMetric } from '../facts/recomputed-metrics.ts'
import { findMetric } from '../stats/metrics/registry.ts'
import { lastDigit, slack } from './printed-digits.ts'

export function isSameMetric(first: string, second: string): boolean {
  return (findMetric(first)?.id ?? first) === (findMetric(second)?.id ?? second)
}

/** Programs write all digits of a double, and predictions files are rounded sooner. */
const WRITTEN_BY_PROGRAMS = 1e-6

/** The last digit that a claim is held to: as printed, of other files than the manifest at most the sixth. */
export function unitOf(value: number, name: string, origin: ClaimedMetric['origin']): number {
  const printed = lastDigit(value, name)
  if (origin === 'manifest') return printed
  return Math.max(printed, WRITTEN_BY_PROGRAMS * Math.max(1, Math.abs(value)))
}

/** Pairs of sources that give one metric of one split two values, each source held against the first. */
export function contradictions(claims: readonly ClaimedMetric[]): readonly GradedFinding[] {
  return claims.flatMap((claim, at) => {
    const first = claims.find(
      (other) => other.split === claim.split && isSameMetric(other.name, claim.name),
    )
    if (first === undefined || claims.indexOf(first) === at || agree(first, claim)) return []
    const args = {
      name: claim.name,
      split: claim.split,
      first: first.source.path,
      firstValue: first.value,
      second: claim.source.path,
      secondValue: claim.value,
    }
    return [{ severity: 'fail', code: 'METRIC_SOURCES_CONTRADICT', args, location: claim.source }]
  })
}

/** Whether both can be the same number, each rounded to its digits. */
function agree(first: ClaimedMetric, second: ClaimedMetric): boolean {
  const [a, b] = [first.value, second.value]
  // A text that is no number is a finding of its own.
  if (typeof a === 'string' || typeof b === 'string') return true
  const units = unitOf(a, first.name, first.origin) + unitOf(b, second.name, second.origin)
  // One cut off instead of rounded is a warning elsewhere, so a whole digit is allowed for.
  return reaches(units + slack(a) + slack(b), Math.abs(a - b))
}

/** Whether a tool logged a number that is no metric known here. */
export function isUnknownOfTool({ claim, result }: RecomputedMetric): boolean {
  const isOfTool = claim.origin === 'metrics-file' || claim.origin === 'mlflow'
  return isOfTool && 'code' in result && result.code === 'METRIC_UNKNOWN'
}

/** The numbers of tools that are not known here, one notice for each origin. */
export function unknownMetrics(metrics: readonly RecomputedMetric[]): readonly GradedFinding[] {
  return (['metrics-file', 'mlflow'] as const).flatMap((origin): GradedFinding[] => {
    const unknown = metrics.filter((each) => isUnknownOfTool(each) && each.claim.origin === origin)
    const location = unknown[0]?.claim.source
    if (location === undefined) return []
    const names = [...new Set(unknown.map(({ claim }) => claim.name))]
    const args = { file: location.path, names }
    return [{ severity: 'notice', code: 'METRICS_NOT_KNOWN', args, location }]
  })
}
