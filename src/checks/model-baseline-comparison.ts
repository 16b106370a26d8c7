import type { Evidence, JsonValue } from '../core/evidence.ts'
import type { FindingArgs, FindingCode, GradedFinding, Severity } from '../core/finding.ts'
import type { ParamValues } from '../core/params.ts'
import { reaches } from '../core/threshold.ts'
import type { Comparison, SplitComparisons } from '../facts/model-comparisons.ts'
import type { PairedDifference } from '../facts/paired-difference.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { bindingEvidence, bindingFindings, bindingOf, isExecuted } from './predictions-binding.ts'
import { missingSplit } from './missing-split.ts'
import { undecided } from './undecided.ts'

const params = {
  split: {
    type: 'string',
    default: 'test',
    description: 'The split on whose rows the model is compared.',
  },
  max_loss_to_previous: {
    type: 'number',
    default: 0.01,
    min: 0,
    description:
      'How much worse than the previous model the model may be, in the unit of the metric.',
  },
  min_rows: {
    type: 'number',
    default: 30,
    min: 1,
    description: 'A comparison on fewer rows, or independent groups of rows, is a warning.',
  },
} as const

type Settings = ParamValues<typeof params>

export const modelBaselineComparison = defineCheck({
  id: 'model.baseline-comparison',
  title: 'Meaningful improvement over a baseline',
  section: 'model',
  motivation:
    'A model that is no better than always giving the same answer costs more than it brings, and two numbers from two test sets do not show that it is better.',
  decides:
    'The columns baseline and previous of the predictions, and the constant that serves the metric best (the most frequent class, the share of the positive class as score, the mean or median), are compared with the model on the very same rows. ' +
    'The metric is the first of the claims of the split, other than precision and recall, that can be computed for all of them; else accuracy, or mae. ' +
    'The gain has a paired bootstrap interval at 95 % (BCa; for accuracy on independent rows over all resamples, else 2000 seeded ones; rows that share data.key are drawn together); for predicted classes of independent rows the exact McNemar test is given too. ' +
    'Pass: the lower end of the gain exceeds requirements_on_metrics.min_gain_over_baseline (0 if not declared) for the baseline, or for the constant where no baseline column is declared; exceeds 0 for the constant; and does not fall below -max_loss_to_previous for the previous model. ' +
    'Warn: the gain is above 0 and its interval reaches down to the least gain; the loss to the previous model is within its margin and its interval is not; accuracy improves and McNemar is not significant at 5 %; few rows. ' +
    'Fail: a gain of 0 or less, an interval wholly below the least gain, a larger loss than the margin, predictions that are not of the rows of the data or not of the model. ' +
    'Inconclusive: no predictions of the split, a metric that is not defined on the rows, a gain that its rows do not bound. ' +
    'Without previous and baseline columns the constant decides alone.',
  remediation:
    'Write what a simple baseline and the previous model predict for the same rows into the predictions file, and name the columns in predictions.SPLIT.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Model 5',
    'McNemar 1947, Psychometrika 12',
    'Efron 1987, "Better bootstrap confidence intervals", JASA 82',
  ],
  params,
  needs: ['predictions.comparisons', 'predictions.bindings', 'metrics.recomputed'],
  judge(facts, settings) {
    const fact = facts['predictions.comparisons']
    const bindings = facts['predictions.bindings']
    if (fact.state !== 'present') return undecided(fact)
    if (bindings.state !== 'present') return undecided(bindings)
    const found = fact.value.find(({ split }) => split === settings.split)
    const binding = bindingOf(settings.split, bindings.value, facts['metrics.recomputed'])
    if (found === undefined || binding === undefined) {
      return conclude('documented', [missingSplit(settings.split, fact.source)], [])
    }
    return conclude(
      isExecuted(binding) ? 'executed' : 'recomputed',
      [...bindingFindings(binding), ...comparisonFindings(found, settings)],
      [...evidenceOf(found), ...bindingEvidence(binding)],
    )
  },
})

function comparisonFindings(found: SplitComparisons, settings: Settings): GradedFinding[] {
  const { split, source: location, metric } = found
  if (typeof metric !== 'string') {
    return [{ severity: 'inconclusive', code: metric.code, args: metric.args, location }]
  }
  const hasBaseline = found.comparisons.some(({ against }) => against === 'baseline')
  const none: GradedFinding[] =
    found.comparisons.length === 0
      ? [{ severity: 'inconclusive', code: 'BASELINE_NONE', args: { split, metric }, location }]
      : []
  return [
    ...none,
    ...found.comparisons.flatMap((comparison) =>
      judgeComparison(comparison, found, leastGain(comparison, hasBaseline, found), settings),
    ),
  ]
}

/** The requirement is about the baseline that the project names; a constant stands in for it. */
function leastGain(
  { against }: Comparison,
  hasBaseline: boolean,
  { requirements }: SplitComparisons,
): number {
  const isBaseline = against === (hasBaseline ? 'baseline' : 'constant')
  return isBaseline ? (requirements.minGainOverBaseline ?? 0) : 0
}

function judgeComparison(
  { against, name, result }: Comparison,
  { split, source: location, metric, rows }: SplitComparisons,
  least: number,
  settings: Settings,
): GradedFinding[] {
  const common = { metric: nameOf(metric), split, against, column: name }
  const at = (severity: Severity, code: FindingCode, args: FindingArgs): GradedFinding => ({
    severity,
    code,
    args: { ...common, ...args },
    location,
  })
  if ('code' in result) {
    return [{ severity: 'inconclusive', code: result.code, args: result.args, location }]
  }
  const independent = result.groups ?? rows
  const few = reaches(independent, settings.min_rows)
    ? []
    : [at('warn', 'BASELINE_FEW_ROWS', { rows: independent, minimum: settings.min_rows })]
  const judged =
    against === 'previous'
      ? previousFindings(result, settings.max_loss_to_previous, at)
      : gainFindings(result, least, at)
  return [...judged, ...few]
}

/** The metric that decided; where none could, nothing is compared. */
function nameOf(metric: SplitComparisons['metric']): string {
  return typeof metric === 'string' ? metric : metric.code
}

type MakeFinding = (severity: Severity, code: FindingCode, args: FindingArgs) => GradedFinding

function gainFindings(result: PairedDifference, least: number, at: MakeFinding): GradedFinding[] {
  const { gain, interval } = result
  const args = numbersOf(result, least)
  if (!(gain > 0)) return [at('fail', 'BASELINE_NOT_BEATEN', args)]
  if (interval === undefined) return [at('inconclusive', 'BASELINE_GAIN_UNBOUNDED', args)]
  if (!reaches(interval.high, least)) return [at('fail', 'BASELINE_GAIN_TOO_SMALL', args)]
  // At the requirement itself the gain is not above it.
  if (reaches(least, interval.low)) return [at('warn', 'BASELINE_GAIN_UNCERTAIN', args)]
  return mcNemarFindings(result, at)
}

const SIGNIFICANCE = 0.05

function mcNemarFindings({ mcNemar }: PairedDifference, at: MakeFinding): GradedFinding[] {
  if (mcNemar?.pValue === undefined || mcNemar.onlyFirst <= mcNemar.onlySecond) return []
  if (!reaches(mcNemar.pValue, SIGNIFICANCE)) return []
  const { onlyFirst, onlySecond, pValue } = mcNemar
  return [at('warn', 'BASELINE_NOT_SIGNIFICANT', { onlyFirst, onlySecond, pValue })]
}

function previousFindings(
  result: PairedDifference,
  margin: number,
  at: MakeFinding,
): GradedFinding[] {
  const { gain, interval } = result
  const args = { ...numbersOf(result, -margin), margin }
  if (!reaches(gain, -margin)) return [at('fail', 'PREVIOUS_BETTER', args)]
  if (interval === undefined) {
    // The same answers on all rows differ in nothing that resampling could show.
    const isSame = result.mcNemar?.onlyFirst === 0 && result.mcNemar.onlySecond === 0
    return isSame ? [] : [at('inconclusive', 'BASELINE_GAIN_UNBOUNDED', args)]
  }
  return reaches(interval.low, -margin) ? [] : [at('warn', 'PREVIOUS_PERHAPS_BETTER', args)]
}

function numbersOf({ value, other, gain, interval }: PairedDifference, least: number) {
  const { low = null, high = null } = interval ?? {}
  return { model: value, other, gain, low, high, least }
}

function evidenceOf({ comparisons, metric, source, split, rows }: SplitComparisons): Evidence[] {
  return comparisons.flatMap(({ against, name, result }): Evidence[] => {
    if ('code' in result) return []
    const { interval, mcNemar, value, other, gain, groups } = result
    const observed: Readonly<Record<string, JsonValue>> = {
      metric: nameOf(metric),
      model: value,
      other,
      gain,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      method: 'paired-bootstrap-bca',
      level: 0.95,
      rows,
      groups: groups ?? null,
      ...(mcNemar === undefined
        ? {}
        : {
            onlyModelRight: mcNemar.onlyFirst,
            onlyOtherRight: mcNemar.onlySecond,
            mcNemarExact: mcNemar.pValue ?? null,
          }),
    }
    const claim = `The gain over ${against} (${name}) on the same rows of ${split}.`
    return [{ level: 'recomputed', claim, observed, source }]
  })
}
