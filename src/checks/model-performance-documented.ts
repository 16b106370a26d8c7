import type { Evidence, Source } from '../core/evidence.ts'
import type { FindingArgs, FindingCode, GradedFinding, Severity } from '../core/finding.ts'
import type { ParamValues } from '../core/params.ts'
import { reaches } from '../core/threshold.ts'
import type { ClaimedMetric } from '../facts/claimed-metrics.ts'
import type { ComputedMetric, RecomputedMetric } from '../facts/recomputed-metrics.ts'
import { findMetric } from '../stats/metrics/registry.ts'
import {
  contradictions,
  isSameMetric,
  isUnknownOfTool,
  unitOf,
  unknownMetrics,
} from './claim-sources.ts'
import { bindingEvidence, bindingFindings, bindingsOf, isExecuted } from './predictions-binding.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { slack } from './printed-digits.ts'
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
  min_level: {
    type: 'number',
    default: 0.8,
    min: 0,
    max: 1,
    description: 'A claimed interval of less confidence than this is a warning.',
  },
  required_metrics: {
    type: 'strings',
    default: [],
    description: 'Metrics that must be claimed for the split, such as recall.',
  },
  split: {
    type: 'string',
    default: 'test',
    description:
      'The split that must have a claim; claims for other splits are held to it no less.',
  },
} as const

type Settings = ParamValues<typeof params>

export const modelPerformanceDocumented = defineCheck({
  id: 'model.performance-documented',
  title: 'Final test performance documented with confidence intervals',
  section: 'model',
  motivation:
    'A number in a report is believed for years. It is worth something if the predictions it came from still give it.',
  decides:
    'Every claim is computed again from the predictions of its split. They are the same rows, so a claim must equal the recomputed value to its printed digits (at least two decimals are expected of shares), not merely lie inside its interval. ' +
    'Intervals: Wilson for accuracy, precision and recall, DeLong on the logit scale for roc_auc, else a seeded BCa bootstrap of 2000 resamples; rows that share data.key are resampled together. ' +
    'The predictions must have the labels of the data of their split in row order, or as often for each data.key; with --allow-run the predict command must give them again on a sample of rows, which raises the evidence to executed. ' +
    'Pass: every claim equals, with an interval that agrees with the recomputed one. ' +
    'Warn: a claim without interval, cut off instead of rounded, few rows, an interval wider than max_interval_width, of less confidence than min_level or off by more than interval_warn, data.key or data.target in no file, a claim of the model card for a split without predictions. ' +
    'Fail: no claim for the split, a metric of required_metrics without a claim, a claim that differs, or whose interval is off by more than interval_fail, has no width or less than half of the recomputed one; predictions of other rows than the data, of the training data, or that the predict command does not give. ' +
    'Other files claim too: the head of a Markdown model card, a model card in JSON (TensorFlow, CycloneDX), metrics.json beside the manifest or the file of reports.metrics, and the MLflow run that a model folder lies in. They are held to their value in the same way (numbers of more than six digits to six); of a metric that is unknown here they are only noted, and their interval may stand in the manifest. ' +
    'Two sources that give one metric of one split other values fail, whichever is right. ' +
    'Inconclusive: no predictions of the split, an unknown metric, rows without label or prediction, two classes of which the positive one is not declared, predictions that equal the labels in every row without a run of the command, a metric that is not defined on the rows, such as roc_auc with one class.',
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
    const bindings = bindingsOf(recomputed.value)
    return conclude(
      bindings.length > 0 && bindings.every(isExecuted) ? 'executed' : 'recomputed',
      [
        ...missingSplit(claimed.value, settings.split, claimed.source),
        ...missingMetrics(claimed.value, settings, claimed.source),
        ...bindings.flatMap(bindingFindings),
        ...contradictions(claimed.value),
        ...unknownMetrics(recomputed.value),
        ...recomputed.value.flatMap((metric) => judgeClaim(metric, claimed.value, settings)),
      ],
      [...recomputed.value.flatMap(recomputedEvidence), ...bindings.flatMap(bindingEvidence)],
    )
  },
})

/** Numbers of the training or validation rows are not the final ones, nor is one that nobody can check. */
function missingSplit(
  claims: readonly ClaimedMetric[],
  split: string,
  location: Source,
): GradedFinding[] {
  const ofSplit = claims.filter((claim) => claim.split === split)
  if (ofSplit.some(({ name }) => findMetric(name) !== undefined)) return []
  const severity = ofSplit.length === 0 ? 'fail' : 'inconclusive'
  return [{ severity, code: 'METRIC_SPLIT_NOT_CLAIMED', args: { split }, location }]
}

/** The metrics that a project demands of itself and that nobody states of the split. */
function missingMetrics(
  claims: readonly ClaimedMetric[],
  { required_metrics: required, split }: Settings,
  location: Source,
): GradedFinding[] {
  const ofSplit = claims.filter((claim) => claim.split === split)
  return required
    .filter((name) => !ofSplit.some((claim) => isSameMetric(claim.name, name)))
    .map((name) => ({
      severity: 'fail',
      code: 'METRIC_NOT_CLAIMED',
      args: { name, split },
      location,
    }))
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
  if ('code' in result) {
    // Files of tools name all kinds of numbers; they are listed once.
    if (isUnknownOfTool({ claim, result })) return []
    return [at(problemSeverity(claim, result.code, settings), result.code, result.args)]
  }
  const { value: claimed } = claim
  if (typeof claimed === 'string') {
    return [at('inconclusive', 'METRIC_VALUE_NOT_NUMBER', { written: claimed })]
  }
  const isBounded = claims.some(
    (other) =>
      other.interval !== undefined && other.split === split && isSameMetric(other.name, name),
  )
  if (claim.origin !== 'manifest' && claim.interval === undefined && isBounded) {
    return valueFindings(claim, claimed, result, settings, at)
  }
  return [
    ...valueFindings(claim, claimed, result, settings, at),
    ...intervalFindings(claim, result, settings, at),
    ...sizeFindings(result, settings, at),
  ]
}

/** A card may speak of more than this gate knows; what it knows and cannot check is not passed over. */
const CARD_SEVERITIES: Readonly<Record<string, Severity>> = {
  METRIC_UNKNOWN: 'notice',
  METRIC_WITHOUT_PREDICTIONS: 'warn',
}

/** Who only trains logs metrics of splits that nobody keeps predictions of. */
function problemSeverity(
  { origin, split }: ClaimedMetric,
  code: FindingCode,
  settings: Settings,
): Severity {
  if (origin === 'manifest') return 'inconclusive'
  const isOfTool = origin !== 'model-card' && split !== settings.split
  if (isOfTool && code === 'METRIC_WITHOUT_PREDICTIONS') return 'notice'
  return CARD_SEVERITIES[code] ?? 'inconclusive'
}

type MakeFinding = (severity: Severity, code: FindingCode, args?: FindingArgs) => GradedFinding

function valueFindings(
  { name, origin }: ClaimedMetric,
  claimed: number,
  result: ComputedMetric,
  settings: Settings,
  at: MakeFinding,
): GradedFinding[] {
  const gap = Math.abs(claimed - result.value)
  const unit = unitOf(claimed, name, origin)
  const args = {
    claimed,
    recomputed: result.value,
    low: result.interval?.low ?? null,
    high: result.interval?.high ?? null,
  }
  if (reaches(unit / 2 + settings.absolute_tolerance + slack(claimed), gap)) return []
  if (reaches(unit + slack(claimed), gap) && Math.abs(claimed) < Math.abs(result.value)) {
    return [at('warn', 'METRIC_CUT_OFF', args)]
  }
  return [at('fail', 'METRIC_DIFFERS', args)]
}

/**
 * An interval of less than this share of the recomputed width claims four times the rows. Rounding of the
 * ends never does that to a width that is left: it takes away less than one digit, so the rest is zero.
 */
const NARROWEST = 0.5

function intervalFindings(
  claim: ClaimedMetric,
  result: ComputedMetric,
  settings: Settings,
  at: MakeFinding,
): GradedFinding[] {
  if (claim.interval === undefined) return [at('warn', 'METRIC_WITHOUT_INTERVAL')]
  const [low, high] = claim.interval
  const findings: GradedFinding[] = []
  if (!reaches(claim.level, settings.min_level)) {
    findings.push(
      at('warn', 'METRIC_LEVEL_LOW', { level: claim.level, minimum: settings.min_level }),
    )
  }
  if (result.interval === undefined) {
    // No finite number of rows makes a metric certain, whatever the interval is.
    const isPoint = low === high
    return [
      ...findings,
      isPoint
        ? at('fail', 'METRIC_INTERVAL_WITHOUT_WIDTH', { claimed: [low, high] })
        : at('inconclusive', 'METRIC_INTERVAL_UNKNOWN'),
    ]
  }
  const width = result.interval.high - result.interval.low
  const rounding = (claimed: number) =>
    unitOf(claimed, claim.name, claim.origin) / 2 + slack(claimed)
  const excess = (claimed: number, recomputed: number) =>
    Math.abs(claimed - recomputed) - rounding(claimed)
  const off = Math.max(excess(low, result.interval.low), excess(high, result.interval.high))
  const args = {
    claimed: [low, high],
    recomputed: [result.interval.low, result.interval.high],
    method: result.method,
    level: claim.level,
  }
  if (low === high) {
    findings.push(at('fail', 'METRIC_INTERVAL_WITHOUT_WIDTH', { claimed: [low, high] }))
  } else if (!reaches(high - low + slack(high), NARROWEST * width)) {
    findings.push(
      at('fail', 'METRIC_INTERVAL_NARROW', { ...args, claimed_width: high - low, width }),
    )
  } else if (!reaches(settings.interval_fail * width, off)) {
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
