import type { Evidence, JsonValue } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { ParamValues } from '../core/params.ts'
import { reaches } from '../core/threshold.ts'
import type { ClassPerformance, SplitPerformance } from '../facts/class-performance.ts'
import type { BinPerformance } from '../facts/error-by-bin.ts'
import type { Estimate } from '../facts/share-estimate.ts'
import { classFindings } from './class-findings.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { missingSplit } from './missing-split.ts'
import { bindingEvidence, bindingFindings, bindingOf, isExecuted } from './predictions-binding.ts'
import { undecided } from './undecided.ts'

const params = {
  split: { type: 'string', default: 'test', description: 'The split whose classes are judged.' },
  max_class_gap: {
    type: 'number',
    default: 0,
    min: 0,
    max: 1,
    description:
      'A recall further below that of the best class than this is a warning; 0 sets no limit.',
  },
  max_error_ratio: {
    type: 'number',
    default: 3,
    min: 1,
    description:
      'A bin of a numeric target, or a slice, with more than so many times the mean absolute error of all rows is a warning.',
  },
} as const

export type ClassSettings = ParamValues<typeof params>

export const modelPerClassMetrics = defineCheck({
  id: 'model.per-class-metrics',
  title: 'Metrics of each class analysed, not only the aggregate',
  section: 'model',
  motivation:
    'An accuracy of 98 % is what a model reaches that never finds the 2 % it was built for.',
  decides:
    'Recall, precision and F1 of each class and their support are computed from the predictions of the split, with Wilson intervals (that of F1 from the share TP / (TP + FP + FN)); where rows share data.key, with a bootstrap of the groups. The same recall is given for each value of the columns in slices. ' +
    'For a numeric target: the mean absolute error in each fifth of its values, with a bootstrap interval. ' +
    'Pass: every class with at least requirements_on_metrics.min_support rows (30 if not declared) has a recall of at least min_recall_per_class. ' +
    'Warn: a class with fewer rows, a class that the training data or the score columns have and the split lacks, a recall that falls short in a slice, a gap above max_class_gap, a bin or slice with an error above max_error_ratio times the mean, or no min_recall_per_class declared. ' +
    'Fail: a recall below min_recall_per_class, labels of classes that the model was not made for, labels and predictions with no class in common, predictions that are not of the rows of the data or not of the model. ' +
    'Inconclusive: no predictions of the split, rows without label or prediction, a task of ranking.',
  remediation:
    'Declare requirements_on_metrics.min_recall_per_class, collect more rows of the rare classes, and move the threshold or weigh the classes until each is found.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Model 6',
    'Wilson 1927, JASA 22',
    'Mitchell et al. 2019, "Model Cards for Model Reporting", FAT*',
  ],
  params,
  needs: ['predictions.performance', 'predictions.bindings', 'metrics.recomputed'],
  judge(facts, settings) {
    const fact = facts['predictions.performance']
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
      [...bindingFindings(binding), ...performanceFindings(found, settings)],
      [...evidenceOf(found), ...bindingEvidence(binding)],
    )
  },
})

/** Below that many rows an error or a share says little. */
const USUAL_SUPPORT = 30

function performanceFindings(found: SplitPerformance, settings: ClassSettings): GradedFinding[] {
  const { result, split, source, requirements } = found
  const place = { split, source, minSupport: requirements.minSupport ?? USUAL_SUPPORT }
  if ('code' in result) {
    const severity = result.code === 'METRIC_CLASSES_DISJOINT' ? 'fail' : 'inconclusive'
    return [{ severity, code: result.code, args: result.args, location: source }]
  }
  return result.kind === 'classes'
    ? classFindings(result, { ...place, minRecall: requirements.minRecallPerClass }, settings)
    : binFindings(result, place, settings.max_error_ratio)
}

function binFindings(
  { bins, mae }: BinPerformance,
  place: {
    readonly split: string
    readonly source: { readonly path: string }
    readonly minSupport: number
  },
  ratio: number,
): GradedFinding[] {
  const { split, source: location, minSupport } = place
  return bins.flatMap((bin): GradedFinding[] => {
    const args = { split, column: bin.column, value: bin.value, rows: bin.rows }
    if (!reaches(bin.rows, minSupport)) {
      const few = { ...args, minimum: minSupport }
      return [{ severity: 'warn', code: 'BIN_FEW_ROWS', args: few, location }]
    }
    const error = bin.mae?.value ?? 0
    if (reaches(ratio * mae, error)) return []
    const large = { ...args, error, overall: mae, ratio: error / mae, limit: ratio }
    return [{ severity: 'warn', code: 'BIN_ERROR_LARGE', args: large, location }]
  })
}

function evidenceOf({ result, split, source }: SplitPerformance): Evidence[] {
  if ('code' in result) return []
  const level = 'recomputed'
  if (result.kind === 'bins') {
    const claim = `The mean absolute error by bin of the target and by slice of ${split}.`
    return [{ level, claim, observed: binsAsJson(result), source }]
  }
  const claim = `Recall, precision and F1 of each class of ${split}.`
  return [
    { level, claim, observed: classesAsJson(result), source },
    ...(result.slices.length === 0
      ? []
      : [
          {
            level,
            claim: `Recall in each slice of ${split}.`,
            observed: slicesAsJson(result),
            source,
          } as const,
        ]),
  ]
}

function estimateAsJson(estimate: Estimate | undefined): JsonValue {
  if (estimate === undefined) return null
  const { value, low, high, method } = estimate
  return { value, low, high, method }
}

function classesAsJson({ classes }: ClassPerformance): JsonValue {
  return classes.map(({ name, support, predicted, recall, precision, f1 }) => ({
    class: name,
    support,
    predicted,
    recall: estimateAsJson(recall),
    precision: estimateAsJson(precision),
    f1: estimateAsJson(f1),
  }))
}

function slicesAsJson({ slices }: ClassPerformance): JsonValue {
  return slices.map(({ column, value, rows, accuracy, recalls }) => ({
    column,
    value,
    rows,
    accuracy: estimateAsJson(accuracy),
    recall: Object.fromEntries(recalls.map(({ name, recall }) => [name, estimateAsJson(recall)])),
  }))
}

function binsAsJson({ mae, bins }: BinPerformance): JsonValue {
  return {
    mae,
    bins: bins.map(({ column, value, rows, mae: error, bias }) => ({
      column,
      value,
      rows,
      mae: estimateAsJson(error),
      bias,
    })),
  }
}
