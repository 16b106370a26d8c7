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
    text: 'No claim of {name} on {split}, which the project demands of itself.',
    remedy: 'Write {name} of this split into metrics, with ci and level.',
  },
  METRIC_DIFFERS: {
    text: '{name} on {split} is claimed as {claimed:vs_recomputed}; the predictions give {recomputed:vs_claimed} (interval {low:number} to {high:number}).',
    remedy: 'Write the metrics from the evaluation that writes the predictions file.',
    explain:
      'The predictions file holds the rows that the claim is about, so the claim must equal the recomputed value to its printed digits; inside the interval is not enough.',
  },
  METRIC_SOURCES_CONTRADICT: {
    text: '{name} on {split} is {firstValue} in {first} and {secondValue} in {second}.',
    remedy: 'Write both from one evaluation, or remove the one that is of another model.',
  },
  METRICS_NOT_KNOWN: {
    text: '{file} has numbers that are no metrics known here: {names:list}.',
    remedy: 'Nothing needs to be done unless one of them is a metric under another name.',
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
  METRIC_INTERVAL_WITHOUT_WIDTH: {
    text: 'The interval of {name} on {split} is claimed as {claimed:list}, which has no width: no finite number of rows makes a metric certain.',
    remedy: 'Compute the interval, and write enough digits to tell its ends apart.',
  },
  METRIC_INTERVAL_NARROW: {
    text: 'The {level:share} interval of {name} on {split} is claimed as {claimed:list}, {claimed_width:number} wide; the predictions give {recomputed:list} ({method}), {width:number} wide.',
    remedy: 'Recompute the interval, with rows of one key resampled together.',
    explain:
      'Half of the width takes four times the rows, so an interval of less than half is not another method but another claim.',
  },
  METRIC_LEVEL_LOW: {
    text: 'The interval of {name} on {split} has a confidence of {level:share}; {minimum:share} is expected.',
    remedy: 'Claim the interval at level: 0.95.',
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
  METRIC_SPLIT_NOT_CLAIMED: {
    text: 'No claim on {split} that can be recomputed; claims on other splits are not the final performance.',
    remedy: 'Write the metrics of {split} into metrics, with ci and level.',
  },
  METRIC_VALUE_NOT_NUMBER: {
    text: '{name} on {split} is stated as {written}, which is no number.',
    remedy: 'Write the value as a number, such as 0.81.',
  },
  METRIC_POSITIVE_UNDECLARED: {
    text: '{name} on {split} depends on which class is the positive one, and of {classes:list} nobody says it.',
    remedy: 'Declare it as predictions.{split}.positive.',
    explain:
      'For 0/1, -1/1 and true/false it is the second. A score map with one class, such as score: {late: p_late}, names it too.',
  },
  METRIC_POSITIVE_UNKNOWN: {
    text: '{name} on {split}: the positive class {positive} is not among the classes {classes:list}.',
    remedy: 'Write predictions.{split}.positive, or the class in score, as the labels have it.',
  },
  METRIC_SCORE_OF_OTHER_CLASS: {
    text: '{name} on {split} needs the score of the positive class {positive}; score names {named:list}.',
    remedy:
      'Name the score column of the positive class, or declare the class of the scores as predictions.{split}.positive.',
    explain:
      'The score of the other class is not turned around: it need not be a probability, and two probabilities need not add up to 1.',
  },
  METRIC_NOT_FOR_MULTICLASS: {
    text: '{name} on {split} is not supported for multiclass; the classes are {classes:list}.',
    remedy: 'Claim a metric for several classes, such as accuracy or recall_macro.',
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
  METRIC_ROWS_NOT_FINITE: {
    text: '{name} on {split}: {rows:row} of {column} are infinite, the first is row {row:count}.',
    remedy: 'Find out why the value is infinite, and evaluate again.',
    explain: 'Leaving rows out would compute another metric than the one that is claimed.',
  },
  PREDICTIONS_ROWS_DIFFER: {
    text: 'The predictions of {split} have {rows:row}, {file} has {expected:row}.',
    remedy: 'Evaluate on every row of the data of the split, and on no other.',
    explain:
      'A metric on some of the rows is another metric: leaving out what was predicted wrongly makes any model perfect.',
  },
  PREDICTIONS_LABELS_DIFFER: {
    text: 'The labels of the predictions of {split} are not those of {file}: {rows:row} differ; row {row:count} has {label}, the data have {expected}.',
    remedy:
      'Write the predictions in the row order of the data, with its labels, or keep data.key in both files.',
  },
  PREDICTIONS_OF_TRAINING_DATA: {
    text: 'The predictions of {split} are those of the training rows: {file} is the same file.',
    remedy: 'Evaluate on rows that the model was not fitted on.',
  },
  PREDICTIONS_DATA_UNLABELLED: {
    text: 'The labels of the predictions of {split} cannot be compared: {file} has no column {target}.',
    remedy: 'Keep data.target in the data of the split, or correct data.target.',
  },
  PREDICTIONS_WITHOUT_KEY: {
    text: 'The predictions of {split} have no column {key}, so rows that belong together count as independent.',
    remedy: 'Write data.key into the predictions, or remove it from the manifest.',
    explain: 'Intervals of rows that share a key come out too narrow when it is not known.',
  },
  PREDICTIONS_REPEAT_LABELS: {
    text: 'The predictions of {split} equal the labels in every row, and the model was not run: a perfect model and a copied column look the same.',
    remedy: 'Declare commands.predict and data of the split, and pass --allow-run.',
  },
  PREDICTIONS_NOT_OF_MODEL: {
    text: 'The predict command does not give the stored predictions of {split}: {differing:count} of {rows:row} differ; in row {row:count} {column} is {stored} and the command says {answered}.',
    remedy: 'Write the predictions file with the model and the command of this release.',
  },
  PREDICTIONS_RUN_FAILED: {
    text: 'The predict command gave no answer to hold against the predictions of {split}: {problem}.',
    remedy: 'Correct the command; code.reproducibility says more about it.',
  },
  METRIC_ROWS_INCOMPLETE: {
    text: '{name} on {split}: {rows:count} of {total:row} lack a label, a prediction or a score.',
    remedy: 'Complete the rows, or remove them from the split before the evaluation.',
    explain: 'Leaving rows out would compute another metric than the one that is claimed.',
  },
}
