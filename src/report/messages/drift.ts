import type { Messages } from './message.ts'

const KEYS =
  'Each column is tested for several keys, Holm-adjusted over the whole run. A key warns or fails only when the adjusted p-value is below alpha and the effect, in share of rows, reaches the threshold.'

/** The comparison of two snapshots: columns, their keys, the independence of rows, the rule itself. */
export const driftMessages: Messages = {
  SHAPE_DRIFT: {
    text: 'The distribution moved: {effect:share_vs_fail} of rows lie elsewhere ({test}, adjusted {adjustedPValue:p}); {warn:share} warns, {fail:share} fails.',
    remedy:
      'Compare both sides of the column. If the change is intended, train on newer data and record a new reference; otherwise look for a changed source, unit or filter.',
    explain: `The effect is the largest distance of the two distribution functions (numbers, text lengths) or the total variation (categories): the share of rows that would have to change to make the sides equal. ${KEYS}`,
  },
  TAIL_DRIFT: {
    text: 'Extreme values became frequent: {effect:share_vs_fail} more rows than expected lie beyond the extremes of the reference ({test}, adjusted {adjustedPValue:p}); {warn:share} warns, {fail:share} fails.',
    remedy:
      'Look at the smallest and largest current values: another unit, a sentinel such as 9999 or a broken sensor is the usual cause.',
    explain: `Counts current values beyond the outermost 0.1% of the reference on each side. It sees the one percent of rows in another unit that a test of the whole distribution cannot. ${KEYS}`,
  },
  NOVEL_VALUES: {
    text: '{effect:share_vs_fail} of rows hold values that the reference does not have ({test}, adjusted {adjustedPValue:p}); {warn:share} warns, {fail:share} fails.',
    remedy:
      'Map the new values to known ones, or train on data that has them; the model has never seen them.',
    explain: `Rare values appear without any drift; what they would give by chance is subtracted first. ${KEYS}`,
  },
  MISSING_RATE_CHANGED: {
    text: 'The share of missing values changed by {effect:share_vs_fail} of rows ({test}, adjusted {adjustedPValue:p}); {warn:share} warns, {fail:share} fails.',
    remedy: 'Find the source that stopped or began to deliver this column.',
    explain: `Both directions count: a column that is suddenly complete may have been filled with a default. ${KEYS}`,
  },
  OUT_OF_DECLARED_RANGE: {
    text: '{rows:row} ({share:share}) lie outside the declared range.',
    remedy: 'Repair or reject these rows; widen the range only if the values are possible.',
    explain:
      'A declared range is a promise about the data and has no tolerance: one value outside fails the column.',
  },
  OUTSIDE_VOCABULARY: {
    text: '{rows:row} ({share:share}) hold a value outside the declared vocabulary.',
    remedy: 'Repair or reject these rows; add a value only if the model was trained on it.',
    explain:
      'A declared list of values is a promise about the data and has no tolerance: one other value fails the column.',
  },
  DRIFT: {
    text: 'The column drifted by {effect:share_vs_fail} of rows ({test}, adjusted {adjustedPValue:p}); {warn:share} warns, {fail:share} fails.',
    remedy: 'Compare both sides of the column and look for a changed source.',
    explain: KEYS,
  },
  SMALL_BUT_REAL: {
    text: 'Key {key}: a change of {effect:share_vs_warn} of rows is significant ({test}, adjusted {adjustedPValue:p}) and below the warning threshold of {warn:share}.',
    remedy: 'Nothing has to be done; watch whether it grows.',
    explain:
      'With many rows the smallest change is significant. A change that is real and too small to matter is worth a notice, not an alarm.',
  },
  WITHIN_NOISE: {
    text: 'Key {key}: a change of {effect:share} of rows is large enough to warn and could be chance ({test}, adjusted {adjustedPValue:p}).',
    remedy: 'Nothing has to be done; more rows would tell a change from chance.',
    explain:
      'With few rows large differences arise by chance. A difference without significance is not called drift.',
  },
  WITHIN_REFERENCE_NOISE: {
    text: 'Key {key}: a change of {effect:share} of rows ({test}, adjusted {adjustedPValue:p}) would fail at {configured:share}; windows of the reference differ by up to {floor:share}.',
    remedy:
      'Look at the column: the reference varies too much by itself to tell whether it drifted.',
    explain:
      'With a time column, thresholds rise to what windows of the reference differ from the rest of it, over all columns. Where that lies above the failing threshold, a change below it warns instead of passing unseen.',
  },
  TOO_FEW_ROWS: {
    text: 'Key {key} is blind: with {reference:count} and {current:count} values {test} sees changes from {detectable:share_vs_threshold} of rows, and {threshold:share} must be seen.',
    remedy:
      'Compare more rows: about {rowsNeeded:count} on each side. Or accept this sensitivity with --accept-sensitivity {detectable:ceiling}.',
    explain:
      'A test with few rows misses large changes, and silence of such a test is not a pass. --accept-sensitivity EFFECT (accept_sensitivity in mlcheck.yaml) lets a column pass whose smallest detectable change is at most EFFECT.',
  },
  SENSITIVITY_ACCEPTED: {
    text: 'Key {key}: with {reference:count} and {current:count} values changes below {detectable:share} of rows go unseen; up to {accepted:share} is accepted.',
    remedy: 'Compare about {rowsNeeded:count} rows on each side to see smaller changes.',
    explain: '--accept-sensitivity or accept_sensitivity in mlcheck.yaml allows this.',
  },
  BASELINE_TOO_COARSE: {
    text: 'Key {key}: the baseline bounds the effect between {least:share} and {greatest:share} of rows, and the thresholds of {warn:share} and {fail:share} lie inside.',
    remedy: 'Compare with the rows of the reference, or record a finer baseline.',
    explain:
      'A baseline holds quantiles and the most frequent values, not rows. Where its bounds allow both verdicts, none is given.',
  },
  KEY_NOT_COMPUTED: {
    text: 'Key {key} could not be computed ({test}): {reason}.',
    remedy: 'Remove the cause, or set the role of the column to ignore if it need not be compared.',
    explain: 'What could not be computed is not verified; it is never taken for a pass.',
  },
  RULE_DRIFT: {
    text: 'Drift by the rule: {test} gives {statistic:vs_limit} ({pValue:p}), the limit is {limit:bound}.',
    remedy: 'Compare both sides of the column; mlcheck explain of the test and the rule say more.',
    explain:
      'The rules textbook and evidently judge each column by one limit: of a distance, or of the p-value where no limit is named.',
  },
  TOO_MANY_DRIFTED_FEATURES: {
    text: '{drifted:feature} drifted, {allowed:count} are allowed: {features:list}.',
    remedy:
      'Look at the columns first; a common cause in the source shows in many columns at once.',
    explain: 'The textbook rule fails the comparison by the number of drifted features.',
  },
  DATASET_DRIFT: {
    text: '{drifted:count} of {tested:column} drifted ({share:share}); the rule fails from {limit:share}.',
    remedy:
      'Look at the columns first; a common cause in the source shows in many columns at once.',
    explain: 'The evidently rule fails the comparison by the share of drifted columns.',
  },
  IDENTIFIER_NOT_COMPARED: {
    text: 'Taken for an identifier ({evidence}): only its presence is compared.',
    remedy:
      'Set its type in the drift settings to compare its values, or its role to identifier if it is one.',
    explain:
      'Values that hardly repeat have no distribution to compare. A column of such values passes by its missing rate alone.',
  },
  UNIQUENESS_LOST: {
    text: '{current:count} different values in {currentValid:count} rows; the reference has {reference:count} in {referenceValid:count}.',
    remedy: 'Check whether a default or a join replaced the identifiers.',
    explain:
      'The reference tells at least 90% of its rows apart, and more rows of the same kind never have fewer different values. Reported below half of what was to be expected; a baseline does not record it.',
  },
  MISSING_COLUMN: {
    text: 'The current data lacks this {role} column.',
    remedy: 'Restore the column, or set its role to ignore if the model does not read it.',
    explain: 'A model cannot answer without a feature: a missing feature or prediction fails.',
  },
  NEW_COLUMN: {
    text: 'The reference lacks this {role} column.',
    remedy: 'Record a new reference that has it, or set its role to ignore.',
    explain: 'There is nothing to compare a new column with.',
  },
  COLUMN_IGNORED: {
    text: 'Not compared: its role is ignore.',
    remedy: 'Give it another role in the drift settings to compare it.',
  },
  NOT_COMPARABLE: {
    text: 'Not compared: {reference} in the reference, {current} in the current data.',
    remedy: 'Store the column with one type on both sides, or set its type in the drift settings.',
    explain: 'Numbers, categories and times have no common distribution.',
  },
  TYPE_SETTING_NOT_APPLICABLE: {
    text: 'Not compared: the setting says {type}, the files hold {reference} and {current}.',
    remedy: 'Set a type that both files can be read as.',
  },
  ALL_MISSING: {
    text: 'No valid value in {current:row} of the current data; the reference has {valid:value} in {reference:row}.',
    remedy: 'Find out why the source no longer delivers this column.',
    explain: 'Tests leave missing values out, so an emptied column would otherwise pass unseen.',
  },
  TOO_FEW_VALUES: {
    text: 'No valid value in {current:row} of the current data, and {valid:value} in {reference:row} of the reference: chance leaves none in {chance:share} of such samples.',
    remedy: 'Compare more rows, or set the role of the column to ignore.',
    explain:
      'A sparse column can be empty by chance. It fails from a probability below 0.0001 on; above, nothing is known about it.',
  },
  REFERENCE_ALL_MISSING: {
    text: 'The reference has no value in {reference:row}; the current data has {valid:value} in {current:row}.',
    remedy: 'Record a reference that has this column, or set its role to ignore.',
    explain: 'There is nothing to compare the current values with, so they are not verified.',
  },
  EMPTY_ON_BOTH_SIDES: {
    text: 'No value on either side, in {reference:count} and {current:count} rows.',
    remedy: 'Set its role to ignore, or repair the source.',
    explain: 'Nothing was compared; the column does not count as passed.',
  },
  BECAME_CONSTANT: {
    text: 'Every current value is {value:quoted}; in the reference {referenceShare:share} of values are.',
    remedy: 'Check whether a default replaced the real values.',
    explain: 'Chance alone would leave a single value with a probability below 1%.',
  },
  SUSPECTED_UNIT_CHANGE: {
    text: 'The largest magnitude grew from {reference:number} to {current:number}, {factor:number} times.',
    remedy:
      'Check the unit of the source. Declaring min and max of the column replaces this guess.',
    explain: 'A factor of 20 or more between the largest magnitudes speaks of another unit.',
  },
  UNSEEN_VALUES: {
    text: '{rows:row} ({share:share}) hold {distinct:value} that the reference does not have: {values:list}.',
    remedy: 'Map them to known values, or train on data that has them.',
    explain:
      'A warning of this column alone, without the adjustment over the run that the key novel has.',
  },
  REFERENCE_OUTSIDE_DECLARATION: {
    text: '{rows:row} of the reference break the declared range or values.',
    remedy: 'Check the declaration: the data that the model was trained on contradicts it.',
  },
  PRECISION_DIFFERS: {
    text: 'Tests and distances are of values at the coarser precision: {reference} in the reference, {current} in the current data. Summaries, histogram and ranges are of the values as read.',
    remedy: 'Nothing has to be done; export both sides with equal precision to compare all digits.',
    explain:
      'The same data printed with fewer digits, or stored as float32, is the same data. A declared minimum, maximum or range is checked on the values as they were read.',
  },
  PRECISION_LOST: {
    text: 'Too coarse to be a rounding: {reference} in the reference, {current} in the current data; steps of {step:number} merge values that differed.',
    remedy: 'Check whether rounded values or labels replaced the real numbers.',
    explain:
      'Rounding the finer side to the coarser step could hide a change of 10% of its rows, so the sides are compared as they are.',
  },
  TIMES_RANGE: {
    text: 'The reference runs from {referenceFrom} to {referenceTo}, the current data from {currentFrom} to {currentTo}.',
    remedy: 'Nothing has to be done.',
  },
  TIMES_OLDER: {
    text: 'The current data ends {days:day} before the reference does.',
    remedy: 'Check that the two files were not exchanged and that the current one is complete.',
  },
  FAR_FUTURE: {
    text: 'The latest time is {latest}, implausibly far after the reference, which ends at {reference}.',
    remedy: 'Look for placeholder dates and for seconds read as milliseconds.',
    explain: 'Further from the reference than the reference is long, and than a year.',
  },
  FAR_PAST: {
    text: 'The earliest time is {earliest}, implausibly far before the reference, which begins at {reference}.',
    remedy: 'Look for placeholder dates such as 1970-01-01.',
    explain: 'Further from the reference than the reference is long, and than a year.',
  },
  TIMES_NOT_RECORDED: {
    text: 'The mix of weekdays and hours and the gaps are not compared: the baseline holds quantiles of times, not times.',
    remedy: 'Compare with the rows of the reference to see them.',
    explain: 'The range of the times is compared, by the recorded first and last time.',
  },
  TIME_GAP: {
    text: 'No row for {days:day} from {from}; the longest gap of the reference is {referenceDays:day}.',
    remedy: 'Check whether rows of this period were lost.',
  },
  DUPLICATE_ROWS: {
    text: '{repeated:count} of {rows:row} of the {side} data repeat another row ({share:share}).',
    remedy: 'Remove the duplicates, or name the column that groups them with --group-key.',
    explain:
      'Repeated rows are fewer independent observations than they look, so p-values come out too small. Reported from 5% of the rows, where chance cannot repeat them.',
  },
  DUPLICATE_ROWS_CHANGED: {
    text: 'Of {rows:row} on each side, {reference:count} repeat another in the reference and {current:count} in the current data, a change of {change:share}.',
    remedy:
      'Look for a join that doubled rows, or for a step that began or ceased to remove duplicates.',
    explain:
      'A larger table repeats more rows by chance, so the larger side is thinned out to the size of the smaller on average before the two are compared. Reported from 1% of the rows, where chance makes as much with a probability below 0.0001.',
  },
  ROW_COUNTS: {
    text: '{reference:row} in the reference and {current:row} in the current data; rows that repeat another: {referenceRepeated:count} and {currentRepeated:count}.',
    remedy: 'Nothing has to be done.',
    explain:
      'A row repeats another when it is equal to an earlier one in every compared column; identifiers and times do not count. A baseline has no rows to compare.',
  },
  AUTOCORRELATED_ROWS: {
    text: 'Neighbouring rows of the {side} data resemble each other in {columns:column}, most in {column} (lag-1 autocorrelation {autocorrelation:number}).',
    remedy: 'Name the column that orders or groups the rows with --time-column or --group-key.',
    explain:
      'p-values assume independent rows. With rows that depend on each other they come out too small and raise false alarms. A column by which the file is sorted is left out; where there is one, the others count by how much more neighbours resemble each other than rows 50 apart.',
  },
  DEPENDENCE_UNKNOWN: {
    text: 'The {what} {column} cannot be used: it is not in both tables with its rows, or has the wrong type.',
    remedy: 'Name a column that both tables have; a baseline has no rows.',
    explain:
      'The dependence between rows that was declared could not be taken into account, so no verdict would be safe.',
  },
  TOO_FEW_GROUPS: {
    text: 'The group key {column} has {reference:group} in the reference and {current:group} in the current data; {needed:count} each are needed.',
    remedy: 'Compare longer periods with more groups, or choose a finer key.',
    explain: 'Whole groups are exchanged between the sides; few groups leave few exchanges.',
  },
  ROWS_WITHOUT_GROUP: {
    text: '{rows:row} ({share:share}) have no value in the group key {column} and are left out.',
    remedy: 'Fill the group key of these rows.',
  },
  TIME_WINDOWS_TOO_FEW: {
    text: 'The reference spans {windows:window} as long as the current data in {column}; {needed:count} are needed.',
    remedy: 'Take a longer reference, or a shorter current period.',
    explain:
      'The noise floor is what windows of the reference differ from the rest of it; few windows do not show it.',
  },
  TIME_WINDOWS_LEFT_OUT: {
    text: '{windows:window} of the reference in {column} have too few rows or none and are left out of the noise floor; {kept:count} remain.',
    remedy: 'Look for placeholder dates in this column, and for lost periods.',
    explain:
      'A window with less than a quarter of the rows of the median window differs from the others by chance and would raise the thresholds.',
  },
  CALIBRATION_NEEDS_ROWS: {
    text: 'No self-calibration: a baseline has no rows to split.',
    remedy: 'Compare with the rows of the reference to calibrate the rule.',
  },
  VERDICT_WITHHELD: {
    text: 'Not decided: the rule said {outcome}, and it raises alarms on unchanged data of this reference.',
    remedy:
      'Name --group-key or --time-column if rows depend on each other, or choose a larger reference.',
    explain:
      'The self-check found the rule not usable on this reference, so neither its alarms nor its passes count. Broken declarations and emptied columns still do.',
  },
  RULE_NOT_USABLE: {
    text: 'The rule is not usable on this reference: {alarms:count} of {splits:split} of unchanged data raise an alarm ({share:share}, at most {limit:share} may).',
    remedy:
      'Name --group-key or --time-column if rows depend on each other, or choose a larger reference.',
    explain:
      'The reference was split and its parts compared by the same rule. Alarms there are false, and an alarm of the real comparison would mean as little, so what the rule inferred is not verified. --calibrate 0 leaves the self-check out and gives the plain verdict.',
  },
}
