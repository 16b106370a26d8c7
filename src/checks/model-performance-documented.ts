import type { Evidence, Source } from '../core/evidence.ts'
import type { FindingArgs, FindingCode, GradedFinding, Severity } from '../core/finding.ts'
import type { ParamValues } from '../core/params.ts'
import { reaches } from '../core/threshold.ts'
import type { ClaimedMetric } from '../facts/claimed-metrics.ts'
import type { ComputedMetric, RecomputedMetric } from '../facts/recomputed-metrics.ts'
import { findMetric } from '../stats/metrics/registry.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { missingFactFinding, undecided } from './undecided.ts'

const params = {
  absolute_tolerance: {
    type: 'number',
    default: 0,
    min: 0,
    description: 'How far a claim may lie from the recomputed value beyond its own rounding.',
  },
  interval_warn: {
    type: 'number',
    default: 0.25,
    min: 0,
    description:
      'An end of a claimed interval warns when it is off by more than this share of the recomputed width.',
  },
  interval_fail: {
    type: 'number',
    default: 0.5,
    min: 0,
    description:
      'An end of a claimed interval fails when it is off by more than this share of the recomputed width.',
  },
  max_interval_width: {
    type: 'number',
    default: 0,
    min: 0,
    description: 'A recomputed interval wider than this is a warning; 0 sets no limit.',
  },
  min_rows: {
    type: 'number',
    default: 30,
    min: 1,
    description: 'A metric of fewer rows, or independent groups of rows, is a warning.',
  },
  required_metrics: {
    type: 'strings',
    default: [],
    description: 'Metrics that must be claimed for at least one split, such as recall.',
  },
} as const

export const modelPerformanceDocumented = defineCheck({
  id: 'model.performance-documented',
  title: 'Final test performance documented with confidence intervals',
  section: 'model',
  motivation:
    'A number in a report is believed for years. It is worth something if the predictions it came from still give it.',
  decides:
    'Every claim is computed again from the predictions of its split. They are the same rows, so a claim must equal the recomputed value to its printed digits (at least two decimals are expected of shares), not merely lie inside its interval. ' +
    'Intervals: Wilson for accuracy, DeLong on the logit scale for roc_auc, else a seeded BCa bootstrap of 2000 resamples; rows that share data.key are resampled together. ' +
    'Pass: every claim equals, with an interval that agrees with the recomputed one. ' +
    'Warn: a claim without interval, cut off instead of rounded, few rows, an interval wider than max_interval_width or off by more than interval_warn. ' +
    'Fail: no claim at all, a metric of required_metrics without a claim, a claim that differs, or whose interval is off by more than interval_fail. ' +
    'Claims in the head of the model card are held to their value in the same way; one that cannot be recomputed is only noted, and its interval may stand in the manifest. ' +
    'Inconclusive: no predictions of the split, an unknown metric, rows without label or prediction, a metric that is not defined on the rows, such as roc_auc with one class.',
  remediation:
    'Write the metrics, with ci and level, from the same evaluation that writes the predictions file, and commit both.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Model 2',
    'Wilson 1927, JASA 22',
    'DeLong, DeLong, Clarke-Pearson 1988, Biometrics 44',
    'Efron 1987, "Better bootstrap confidence intervals", JASA 82',
    'Mitchell et al. 2019, "Model Cards for Model Reporting", FAT*',
  ],
  params,
  needs: ['metrics.claimed', 'metrics.recomputed'],
  judge(facts, settings) {
    const claimed = facts['metrics.claimed']
    const recomputed = facts['metrics.recomputed']
    if (claimed.state === 'absent') {
      const { args, location } = missingFactFinding(claimed)
      const none: GradedFinding = {
        severity: 'fail',
        code: 'METRICS_UNDOCUMENTED',
        args: { block: args['block'] ?? null },
        ...(location === undefined ? {} : { location }),
      }
      return conclude('claimed', [none], [])
    }
    if (claimed.state !== 'present') return undecided(claimed)
    if (recomputed.state !== 'present') {
      const missing = { severity: 'inconclusive', ...missingFactFinding(recomputed) } as const
      return conclude('documented', [missing], claimed.value.map(claimEvidence))
    }
    return conclude(
      'recomputed',
      [
        ...missingMetrics(claimed.value, settings.required_metrics, claimed.source),
        ...recomputed.value.flatMap((metric) => judgeClaim(metric, claimed.value, settings)),
      ],
      recomputed.value.flatMap(recomputedEvidence),
    )
  },
})

type Settings = ParamValues<typeof params>

/** The metrics that a project demands of itself and that nobody states. */
function missingMetrics(
  claims: readonly ClaimedMetric[],
  required: readonly string[],
  location: Source,
): GradedFinding[] {
  return required
    .filter((name) => !claims.some((claim) => isSameMetric(claim.name, name)))
    .map((name) => ({ severity: 'fail', code: 'METRIC_NOT_CLAIMED', args: { name }, location }))
}

function isSameMetric(first: string, second: string): boolean {
  return (findMetric(first)?.id ?? first) === (findMetric(second)?.id ?? second)
}

function judgeClaim(
  { claim, result }: RecomputedMetric,
  claims: readonly ClaimedMetric[],
  settings: Settings,
): GradedFinding[] {
  const { name, split } = claim
  const at = (severity: Severity, code: FindingCode, args: FindingArgs = {}): GradedFinding => ({
    severity,
    code,
    args: { name, split, ...args },
    location: claim.source,
  })
  const isOnCard = claim.origin === 'model-card'
  if ('code' in result) {
    return [at(isOnCard ? 'notice' : 'inconclusive', result.code, result.args)]
  }
  const isBounded = claims.some(
    (other) =>
      other.interval !== undefined && other.split === split && isSameMetric(other.name, name),
  )
  if (isOnCard && isBounded) return valueFindings(claim, result, settings, at)
  return [
    ...valueFindings(claim, result, settings, at),
    ...intervalFindings(claim, result, settings, at),
    ...sizeFindings(result, settings, at),
  ]
}

type MakeFinding = (severity: Severity, code: FindingCode, args?: FindingArgs) => GradedFinding

function valueFindings(
  claim: ClaimedMetric,
  result: ComputedMetric,
  settings: Settings,
  at: MakeFinding,
): GradedFinding[] {
  const gap = Math.abs(claim.value - result.value)
  const unit = lastDigit(claim.value)
  const args = {
    claimed: claim.value,
    recomputed: result.value,
    low: result.interval?.low ?? null,
    high: result.interval?.high ?? null,
  }
  if (reaches(unit / 2 + settings.absolute_tolerance + slack(claim.value), gap)) return []
  if (reaches(unit + slack(claim.value), gap) && Math.abs(claim.value) < Math.abs(result.value)) {
    return [at('warn', 'METRIC_CUT_OFF', args)]
  }
  return [at('fail', 'METRIC_DIFFERS', args)]
}

/** The value of the last printed digit. YAML drops trailing zeros, so shares are taken to two decimals. */
function lastDigit(value: number): number {
  const [, decimals = '', exponent = '0'] =
    /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  const places = decimals.length - Number(exponent)
  return 10 ** -(Math.abs(value) <= 1 ? Math.max(places, 2) : places)
}

/** What binary fractions may add to a comparison of decimals. */
function slack(value: number): number {
  return 4 * Number.EPSILON * Math.max(1, Math.abs(value))
}

function intervalFindings(
  claim: ClaimedMetric,
  result: ComputedMetric,
  settings: Settings,
  at: MakeFinding,
): GradedFinding[] {
  if (claim.interval === undefined) return [at('warn', 'METRIC_WITHOUT_INTERVAL')]
  const [low, high] = claim.interval
  if (result.interval === undefined) return [at('inconclusive', 'METRIC_INTERVAL_UNKNOWN')]
  const findings: GradedFinding[] = []
  const width = result.interval.high - result.interval.low
  const excess = (claimed: number, recomputed: number) =>
    Math.abs(claimed - recomputed) - lastDigit(claimed) / 2 - slack(claimed)
  const off = Math.max(excess(low, result.interval.low), excess(high, result.interval.high))
  const args = {
    claimed: [low, high],
    recomputed: [result.interval.low, result.interval.high],
    method: result.method,
    level: claim.level,
  }
  if (!reaches(settings.interval_fail * width, off)) {
    findings.push(at('fail', 'METRIC_INTERVAL_DIFFERS', args))
  } else if (!reaches(settings.interval_warn * width, off)) {
    findings.push(at('warn', 'METRIC_INTERVAL_DIFFERS', args))
  }
  const limit = settings.max_interval_width
  if (limit > 0 && !reaches(limit, width))
    findings.push(at('warn', 'METRIC_INTERVAL_WIDE', { width, limit }))
  return findings
}

function sizeFindings(
  result: ComputedMetric,
  settings: Settings,
  at: MakeFinding,
): GradedFinding[] {
  const independent = result.groups ?? result.rows
  if (reaches(independent, settings.min_rows)) return []
  return [at('warn', 'METRIC_FEW_ROWS', { rows: independent, minimum: settings.min_rows })]
}

function claimEvidence(claim: ClaimedMetric): Evidence {
  return {
    level: 'documented',
    claim: `${claim.name} on ${claim.split} is stated.`,
    observed: claim.value,
    source: claim.source,
  }
}

function recomputedEvidence({ claim, result }: RecomputedMetric): Evidence[] {
  if ('code' in result) return []
  const { value, interval, method, rows, groups } = result
  return [
    {
      level: 'recomputed',
      claim: `${claim.name} on ${claim.split}, from its predictions.`,
      observed: {
        value,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
        method,
        level: claim.level,
        rows,
        groups: groups ?? null,
      },
      expected: { value: claim.value, ci: claim.interval ?? null },
      source: result.predictions,
    },
  ]
}
