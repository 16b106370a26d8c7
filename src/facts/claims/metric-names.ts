import { findMetric } from '../../stats/metrics/registry.ts'

/** What libraries call the metrics, beside the names that are known anyway. */
const ALIASES: Readonly<Record<string, string>> = {
  acc: 'accuracy',
  accuracy_score: 'accuracy',
  auc: 'roc_auc',
  auroc: 'roc_auc',
  roc_auc_score: 'roc_auc',
  average_precision: 'pr_auc',
  average_precision_score: 'pr_auc',
  f1_score: 'f1',
  precision_score: 'precision',
  recall_score: 'recall',
  balanced_accuracy_score: 'balanced_accuracy',
  brier_score: 'brier',
  brier_score_loss: 'brier',
  mean_absolute_error: 'mae',
  mean_squared_error: 'mse',
  root_mean_squared_error: 'rmse',
  r2_score: 'r2',
}

/** The name as the gate knows it; of an unknown metric as written. */
export function knownName(name: string): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
  return findMetric(name)?.id ?? ALIASES[plain] ?? name
}

const SPLITS: ReadonlyMap<string, string> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
  ['dev', 'validation'],
  ['test', 'test'],
  ['testing', 'test'],
])

/** The split that a word means: one of the manifest, or a usual word for one. */
export function splitOf(word: string, declared: readonly string[]): string | undefined {
  const lower = word.trim().toLowerCase()
  return declared.find((split) => split.toLowerCase() === lower) ?? SPLITS.get(lower)
}

/**
 * Takes a path of keys such as `test/accuracy`, `test_accuracy` or `metrics.accuracy.test` apart into the
 * split and the metric.
 */
export function namedMetric(
  keys: readonly string[],
  declared: readonly string[],
): { readonly name: string; readonly split: string | undefined } {
  const parts = keys.flatMap((key) => key.split(/[/.]/)).filter((part) => part !== '')
  const whole = parts.findLast((part) => splitOf(part, declared) !== undefined)
  const last = parts.findLast((part) => splitOf(part, declared) === undefined) ?? ''
  if (whole !== undefined) return { name: knownName(last), split: splitOf(whole, declared) }
  for (const pattern of [/^([^_\s-]+)[_\s-]+(.+)$/, /^(.+)[_\s-]+([^_\s-]+)$/]) {
    const [, head = '', tail = ''] = pattern.exec(last) ?? []
    const [word, rest] = pattern.source.startsWith('^([^') ? [head, tail] : [tail, head]
    const split = splitOf(word, declared)
    if (split !== undefined) return { name: knownName(rest), split }
  }
  return { name: knownName(last), split: undefined }
}
