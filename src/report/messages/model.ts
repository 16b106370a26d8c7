import type { Messages } from './message.ts'

/** The model file and the metrics claimed for it. */
export const modelMessages: Messages = {
  MODEL_IS_POINTER: {
    text: 'A {kind} pointer stands in place of the model: {path} ({count:file} of this kind).',
    remedy: 'Fetch the real file first, such as with git lfs pull or dvc pull.',
  },
  MODEL_DIGEST_DIFFERS: {
    text: 'The model has the SHA-256 {actual}, model.sha256 says {declared}.',
    remedy: 'Find out which of the two is the model of this release.',
  },
  MODEL_EMPTY: {
    text: 'The model has no bytes.',
    remedy: 'Export the model again.',
  },
  MODEL_SIZE_LIMIT_UNDECLARED: {
    text: 'The model has {bytes:bytes}, and {block} does not say how many it may have.',
    remedy: 'Declare {block} from what the target can hold.',
  },
  MODEL_TOO_LARGE: {
    text: 'The model has {bytes:bytes_vs_limit}, the limit is {limit:bytes_vs_bytes}.',
    remedy: 'Prune, quantise or compress the model, or raise model.limits.size with a reason.',
  },
  MODEL_NEAR_SIZE_LIMIT: {
    text: 'The model has {bytes:bytes_vs_limit}, {share:share} of the limit of {limit:bytes_vs_bytes}.',
    remedy: 'Plan for a smaller model or a larger limit.',
  },
  MODEL_PARAMETERS_UNKNOWN: {
    text: 'The parameters of the model cannot be counted; model.limits.parameters allows {limit:count}.',
    remedy: 'Export to safetensors or ONNX, whose headers tell, or remove the limit.',
  },
  MODEL_TOO_MANY_PARAMETERS: {
    text: 'The model has {parameters:count} parameters, the limit is {limit:count}.',
    remedy: 'Prune the model, or raise model.limits.parameters with a reason.',
  },
  MODEL_NEAR_PARAMETER_LIMIT: {
    text: 'The model has {parameters:count} parameters, {share:share} of the limit of {limit:count}.',
    remedy: 'Plan for a smaller model or a larger limit.',
  },
  METRICS_UNDOCUMENTED: {
    text: 'The manifest claims no metric: {block} is missing.',
    remedy: 'Write the metrics of the test split into {block}, with ci and level.',
  },
  METRIC_NOT_CLAIMED: {
    text: 'No claim of {name}, which the project demands of itself.',
    remedy: 'Write {name} of the test split into metrics, with ci and level.',
  },
  METRIC_DIFFERS: {
    text: '{name} on {split} is claimed as {claimed:vs_recomputed}; the predictions give {recomputed:vs_claimed} (interval {low:number} to {high:number}).',
    remedy: 'Write the metrics from the evaluation that writes the predictions file.',
    explain:
      'The predictions file holds the rows that the claim is about, so the claim must equal the recomputed value to its printed digits; inside the interval is not enough.',
  },
  METRIC_CUT_OFF: {
    text: '{name} on {split} is claimed as {claimed:vs_recomputed}; the predictions give {recomputed:vs_claimed}, cut off instead of rounded.',
    remedy: 'Round the claim.',
  },
  METRIC_WITHOUT_INTERVAL: {
    text: '{name} on {split} is claimed without a confidence interval.',
    remedy: 'Add ci: [low, high] and level: to the claim.',
  },
  METRIC_INTERVAL_UNKNOWN: {
    text: 'The interval of {name} on {split} cannot be recomputed on these rows.',
    remedy: 'Evaluate on more rows; resamples of few rows leave the metric undefined.',
  },
  METRIC_INTERVAL_DIFFERS: {
    text: 'The {level:share} interval of {name} on {split} is claimed as {claimed:list}; the predictions give {recomputed:list} ({method}).',
    remedy: 'Recompute the interval, with rows of one key resampled together.',
    explain:
      'An end of the interval may be off by a share of its width: interval_warn and interval_fail of the check.',
  },
  METRIC_INTERVAL_WIDE: {
    text: 'The interval of {name} on {split} is {width:vs_limit} wide, the limit is {limit:vs_width}.',
    remedy: 'Evaluate on more rows, or raise max_interval_width.',
  },
  METRIC_FEW_ROWS: {
    text: '{name} on {split} rests on {rows:count} independent rows or groups; {minimum:count} are expected.',
    remedy: 'Evaluate on more rows.',
  },
  METRIC_UNKNOWN: {
    text: '{name} on {split} is not a metric that can be recomputed; these can: {known:all}.',
    remedy: 'Use one of these names.',
  },
  METRIC_NOT_FOR_TASK: {
    text: '{name} on {split} is not defined for {task}.',
    remedy: 'Claim a metric of the task, or correct model.task.',
  },
  METRIC_WITHOUT_PREDICTIONS: {
    text: '{name} on {split} cannot be recomputed: predictions.{split} is not in the manifest.',
    remedy: 'Declare the predictions file of the split.',
  },
  METRIC_UNDEFINED: {
    text: '{name} on {split} is not defined on these rows: {reason}.',
    remedy: 'Evaluate on rows where it is defined, or claim another metric.',
  },
  METRIC_COLUMN_MISSING: {
    text: '{name} on {split} needs a {column} column of numbers or classes, and the predictions have none.',
    remedy: 'Name the {column} column in predictions.{split}.',
  },
  METRIC_NEEDS_TWO_CLASSES: {
    text: '{name} on {split} needs two classes, the rows have these: {classes:list}.',
    remedy: 'Evaluate on rows of both classes, or claim a metric for several classes.',
  },
  METRIC_CLASSES_DISJOINT: {
    text: '{name} on {split}: no prediction is ever a class of the labels; the classes are {classes:list}.',
    remedy: 'Write labels and predictions with the same spelling of classes.',
  },
  METRIC_SCORES_NOT_PROBABILITIES: {
    text: '{name} on {split} needs probabilities, and some scores lie outside 0 to 1.',
    remedy: 'Write probabilities into the score column.',
  },
  METRIC_ROWS_INCOMPLETE: {
    text: '{name} on {split}: {rows:count} of {total:row} lack a label, a prediction or a score.',
    remedy: 'Complete the rows, or remove them from the split before the evaluation.',
    explain: 'Leaving rows out would compute another metric than the one that is claimed.',
  },
}
