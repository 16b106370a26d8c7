import type { Messages } from './message.ts'

/** The schema, the missing values and the recorded statistics of the data files. */
export const dataMessages: Messages = {
  DATA_WITHOUT_ROWS: {
    text: '{file} has no rows.',
    remedy: 'Export the data again; nothing can be verified on an empty table.',
  },
  SCHEMA_FEATURE_MISSING: {
    text: 'The feature {feature} is missing.',
    remedy: 'Add it, or remove the feature from the manifest.',
  },
  SCHEMA_COLUMN_EMPTY: {
    text: '{feature} has no value in any row.',
    remedy: 'Find out why the source does not deliver this column.',
  },
  SCHEMA_TYPE_DIFFERS: {
    text: '{feature} is declared as {declared}, the file holds {found} ({physical}).',
    remedy: 'Correct the declaration or the export.',
  },
  SCHEMA_BELOW_MIN: {
    text: '{rows:row} ({share:share}) have {feature} below min {min:number}; the lowest is {lowest:vs_min}.',
    remedy: 'Repair or reject these rows; lower min only if the values are possible.',
  },
  SCHEMA_ABOVE_MAX: {
    text: '{rows:row} ({share:share}) have {feature} above max {max:number}; the highest is {highest:vs_max}.',
    remedy: 'Repair or reject these rows; raise max only if the values are possible.',
  },
  SCHEMA_INFINITE: {
    text: '{rows:row} ({share:share}) have an infinite {feature}.',
    remedy: 'Find the division by zero or the overflow that made them.',
  },
  SCHEMA_UNKNOWN_VALUES: {
    text: '{rows:row} ({share:share}) have {feature} outside its declared values: {values:list}.',
    remedy: 'Repair these rows, or declare the values that the model was trained on.',
  },
  SCHEMA_NOT_INTEGER: {
    text: '{rows:row} ({share:share}) have a fraction in {feature}, which is declared as integer.',
    remedy: 'Declare it as number, or repair the rows.',
  },
  SCHEMA_WITHOUT_RANGE: {
    text: 'No min and max: {features:list}.',
    remedy: 'Declare min and max of each from knowledge of the domain.',
  },
  SCHEMA_WITHOUT_VALUES: {
    text: 'No list of values: {features:list}.',
    remedy: 'Declare the values of each category.',
  },
  SCHEMA_COLUMNS_UNDECLARED: {
    text: '{origin} has columns that are not declared as features: {columns:list} ({file}).',
    remedy: 'Declare them if the model reads them.',
  },
  SCHEMA_SOURCES_DISAGREE: {
    text: '{feature} is {firstType} in {first} and {secondType} in {second}.',
    remedy: 'Write the column with one type everywhere.',
  },
  SCHEMA_INPUT_COUNT_DIFFERS: {
    text: 'The model takes {found:feature}, the manifest declares {declared:count}.',
    remedy: 'Declare the features that the model reads, in its order.',
  },
  SCHEMA_RANGE_DISAGREES: {
    text: 'The model was made for {feature} from {low:number} to {high:number}, the manifest allows {min:number} to {max:number}.',
    remedy:
      'Declare the range that the model was made for, or find out why it was trained on values beyond it.',
  },
  SCHEMA_FILE_RANGE_DIFFERS: {
    text: '{file} allows {feature} from {low:or_none} to {high:or_none}, the manifest from {min:or_none} to {max:or_none}.',
    remedy: 'Give both the same bounds: a row that one accepts is refused by the other.',
  },
  SCHEMA_FILE_TAKES_MISSING: {
    text: '{file} lets {feature} be missing, and the manifest says missing: reject.',
    remedy: 'Say in both what happens to a missing value.',
  },
  SCHEMA_FILE_REFUSES_MISSING: {
    text: '{file} refuses a missing {feature}, which the manifest says is handled.',
    remedy: 'Say in both what happens to a missing value.',
  },
  SCHEMA_FILE_VALUES_DIFFER: {
    text: '{file} and the manifest do not allow {feature} the same values; in one of them alone: {values:list}.',
    remedy: 'Give both the same values.',
  },
  SCHEMA_ORDER_DIFFERS: {
    text: 'Feature {position} is {firstName} in {first} and {secondName} in {second}.',
    remedy: 'Give the features in one order, or match them by name.',
    explain:
      'It fails where a source is matched by position: the model would read one feature for another.',
  },
  MISSING_VALUES_UNKNOWN: {
    text: 'The gaps of {feature} could not be counted: no such column, or not a readable type.',
    remedy: 'Export the column with a plain type.',
  },
  MISSING_WITHOUT_POLICY: {
    text: '{rows:row} ({share:share}) have no {feature}, and the manifest does not say what happens then.',
    remedy: 'Set missing: of the feature to reject, impute or native.',
  },
  MISSING_WHERE_REJECTED: {
    text: '{rows:row} ({share:share}) have no {feature}, which is declared as missing: reject.',
    remedy: 'Repair the rows where they arise, or declare how the pipeline fills them.',
  },
  MISSING_POLICY_UNDECLARED: {
    text: 'No missing: policy, and no gap yet: {features:list}.',
    remedy: 'Set missing: of each to reject, impute or native.',
  },
  MISSING_TREATMENT_FAILS: {
    text: 'The predict command cannot answer a row of {data} without {features:list} ({problem}), though the manifest says how such gaps are treated.',
    remedy: 'Make the pipeline fill the gap, or declare missing: reject.',
    explain:
      'The policies impute and native are promises; the predict command is asked to keep them.',
  },
  MISSING_NOT_REJECTED: {
    text: 'The predict command answers rows of {data} without {features:list}, though the manifest says reject.',
    remedy: 'Make the pipeline refuse such a row, or declare how it fills the gap.',
  },
  OUTLIERS_UNDECLARED: {
    text: 'No outlier thresholds, min or max: {features:list}.',
    remedy: 'Declare outliers of each, such as quantiles with a margin.',
  },
  OUTLIERS_NO_NUMBERS: {
    text: 'No feature is numeric, so there is nothing to set a threshold on.',
    remedy: 'Declare the type of each feature as it is.',
  },
  OUTLIERS_NOT_REPLAYED: {
    text: 'The outlier thresholds of {feature} cannot be replayed: {reason} ({file}).',
    remedy: 'Export the column as numbers, and declare data.train for quantiles.',
  },
  OUTLIERS_EXTREME_NOT_CAUGHT: {
    text: 'The thresholds of {feature} do not catch {injected:number}: no limit on the {side} side stands against it.',
    remedy: 'Declare outliers on both sides, or min and max.',
  },
  OUTLIERS_MANY: {
    text: '{rows:row} ({share:share_vs_limit}) of {file} lie outside the thresholds of {feature}, more than {limit:share_vs_share}.',
    remedy: 'Set the thresholds from the data, such as quantiles with a margin.',
  },
  OUTLIERS_FEW: {
    text: '{rows:row} ({share:share_vs_limit}) of {file} lie outside the thresholds of {feature}, fewer than {limit:share_vs_share}.',
    remedy: 'Set the thresholds from the data, such as quantiles with a margin.',
  },
  OUTLIERS_OF_CONSTANT: {
    text: '{feature} has one single value in {file}, {value:number}, so its thresholds cannot be judged.',
    remedy: 'Replay the thresholds on data in which the feature varies.',
  },
  OUTLIERS_LIMIT_FAR: {
    text: 'The {side} threshold of {feature} is {limit:number}, {distance:number} interquartile ranges beyond the quartile {quartile:number}; {most:number} are expected at most (extreme value in the data: {extreme:number}).',
    remedy: 'Set it from quantiles with a margin; one bad row must not move it.',
    explain:
      'A threshold at the minimum or maximum of the data is switched off by a single bad row. Where the quartiles are equal, the distance of the 1st and 99th percentile stands for the range.',
  },
  STATISTICS_ROWS_DIFFER: {
    text: 'The recorded statistics are of {recorded:row}, the reference data has {recomputed:row}.',
    remedy: 'Record them again: mlcheck profile DATA -o FILE.',
  },
  STATISTICS_FEATURE_MISSING: {
    text: '{file} has no statistics of {feature}.',
    remedy: 'Record them again from data that has every feature: mlcheck profile DATA -o FILE.',
  },
  STATISTICS_DIFFER: {
    text: '{feature}: {statistic} was recorded as {recorded:vs_recomputed} and is {recomputed:vs_recorded}; {differences:value} of this feature differ.',
    remedy: 'Record them again: mlcheck profile DATA -o FILE.',
  },
  STATISTICS_OF_OTHER_FILE: {
    text: 'The statistics agree and were recorded from a file with other bytes ({recordedFrom}, now {reference}).',
    remedy: 'Record them again to bind them to the current file.',
  },
}
