import type { Messages } from './message.ts'

/** Comparison with baselines, single classes, and the analysis of errors. */
export const performanceMessages: Messages = {
  PREDICTIONS_SPLIT_MISSING: {
    text: 'The manifest names no predictions of {split}.',
    remedy: 'Declare predictions.{split}, or set split of the item to another.',
  },
  BASELINE_NONE: {
    text: 'Nothing can be compared with the model on {split} by {metric}.',
    remedy: 'Name what a baseline predicts for the same rows in predictions.{split}.baseline.',
  },
  BASELINE_NOT_BEATEN: {
    text: 'The model is no better than {against} ({column}) on {split}: {metric} is {model:vs_other}, that of the {against} {other:vs_model}.',
    remedy: 'Release the simpler one, or improve the model until it is better on these rows.',
  },
  BASELINE_GAIN_TOO_SMALL: {
    text: 'The gain over {against} ({column}) in {metric} on {split} is {gain:number} ({low:number} to {high:number}), below the {least:number} that is asked for.',
    remedy: 'Improve the model, or lower requirements_on_metrics.min_gain_over_baseline.',
  },
  BASELINE_GAIN_UNCERTAIN: {
    text: 'The gain over {against} ({column}) in {metric} on {split} is {gain:number}, and its interval from {low:vs_least} to {high:number} is not wholly above {least:vs_low}.',
    remedy: 'Evaluate on more rows.',
  },
  BASELINE_GAIN_UNBOUNDED: {
    text: 'The gain over {against} ({column}) in {metric} on {split} is {gain:number}, and the rows do not bound it.',
    remedy: 'Evaluate on more rows, or more groups of rows.',
  },
  BASELINE_NOT_SIGNIFICANT: {
    text: 'On {split} the model alone is right on {onlyFirst:row}, {against} ({column}) alone on {onlySecond:row}: chance does that too (exact McNemar test, p = {pValue:p}).',
    remedy: 'Evaluate on more rows.',
  },
  BASELINE_FEW_ROWS: {
    text: 'The comparison with {against} ({column}) on {split} rests on {rows:count} independent rows or groups; {minimum:count} are expected.',
    remedy: 'Evaluate on more rows.',
  },
  PREVIOUS_BETTER: {
    text: 'The previous model ({column}) is better on {split}: {metric} is {other:vs_model}, that of the new one {model:vs_other}, a loss beyond {margin:number}.',
    remedy: 'Keep the previous model, or find out what the new one lost.',
  },
  PREVIOUS_PERHAPS_BETTER: {
    text: 'The new model may lose more than {margin:number} in {metric} on {split} to the previous one ({column}): the gain is {gain:number}, {low:number} to {high:number}.',
    remedy: 'Evaluate on more rows, or raise max_loss_to_previous with a reason.',
  },
  CLASS_RECALL_UNDEMANDED: {
    text: 'Nobody says which recall the classes of {split} must reach.',
    remedy: 'Declare requirements_on_metrics.min_recall_per_class.',
  },
  CLASS_RECALL_LOW: {
    text: 'The model finds {recall:share_vs_minimum} of class {class} on {split} ({low:share} to {high:share}, {rows:row}); {minimum:share_vs_recall} are asked for.',
    remedy: 'Move the threshold, weigh the classes, or collect more rows of this class.',
  },
  CLASS_FEW_ROWS: {
    text: 'Class {class} has {rows:row} on {split}; {minimum:count} are needed to judge it.',
    remedy: 'Collect more rows of this class.',
  },
  CLASS_ABSENT: {
    text: 'No row of {split} has these classes of the {origin} ({file}): {classes:list}.',
    remedy: 'Evaluate on rows of every class that the model can answer.',
  },
  CLASS_UNKNOWN_TO_MODEL: {
    text: 'Rows of {split} have classes that the {origin} do not know ({file}): {classes:list}; known are {known:list}.',
    remedy: 'Write labels, predictions and training data with the same spelling of classes.',
  },
  CLASS_GAP_LARGE: {
    text: 'Recall on {split} differs by {gap:share_vs_limit} between class {worst} and class {best}, more than {limit:share_vs_gap}.',
    remedy: 'Find out why the worse class is missed.',
  },
  SLICE_RECALL_LOW: {
    text: 'Where {column} is {value}, the model finds {recall:share_vs_minimum} of class {class} on {split} ({rows:row}); {minimum:share_vs_recall} are asked for.',
    remedy: 'Look at these rows, and collect more of them for training.',
  },
  BIN_FEW_ROWS: {
    text: '{column} {value} has {rows:row} on {split}; {minimum:count} are needed to judge it.',
    remedy: 'Evaluate on more rows.',
  },
  BIN_ERROR_LARGE: {
    text: 'For {column} {value} the mean absolute error on {split} is {error:number}, {ratio:vs_limit} times that of all rows ({overall:number}); {limit:vs_ratio} is the limit.',
    remedy: 'Look at these rows, and collect more of them for training.',
  },
  ERROR_ANALYSIS_MISSING: {
    text: 'There is no analysis of errors: {block} names no document that exists.',
    remedy: 'Write it as Markdown or a notebook, and name it in reports.error_analysis.',
  },
  ERROR_ANALYSIS_EMPTY: {
    text: '{path} says nothing.',
    remedy: 'Write down on which rows the model fails and why.',
  },
  ERROR_ANALYSIS_OTHER_MODEL: {
    text: '{path} does not name this model: {names:list} is not in it.',
    remedy: 'Name the model and its version, once the analysis is of this version.',
  },
  ERROR_ANALYSIS_UNDATED: {
    text: '{path} has no date.',
    remedy: 'Add a line such as Date: 2026-11-30.',
  },
  ERROR_ANALYSIS_DATE_UNCHECKED: {
    text: '{path} is of {date}, and the manifest does not say when the model was created.',
    remedy: 'Declare model.created.',
  },
  ERROR_ANALYSIS_OLD: {
    text: '{path} is of {date}, the model of {created}.',
    remedy: 'Repeat the analysis with this model.',
  },
  ERROR_SEGMENTS_UNKNOWN: {
    text: 'Of the rows of {split} no feature is known, so weak segments cannot be searched.',
    remedy:
      'Declare data.{split} with the rows of the predictions in the same order, or name columns in predictions.{split}.slices.',
  },
  SEGMENT_NOT_NAMED: {
    text: '{path} does not name a weak segment: {segment}, with {rate:share} errors among {rows:row} (at least {low:share}; overall {overall:share}).',
    remedy: 'Look at rows of the segment, and write down why the model fails on them.',
    explain:
      'Feature and value stand in one paragraph, list entry or row of a table. Bounds of a range are matched to their printed digits.',
  },
}
