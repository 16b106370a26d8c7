import type { Messages } from './message.ts'

/** Comparisons of two models on live traffic. */
export const experimentMessages: Messages = {
  AB_PLAN_UNREADABLE: {
    text: 'The experiment {path} cannot be read: {problem}.',
    remedy:
      'Write metric, direction, baseline, minimum_effect, weights, traffic_per_day and duration.',
  },
  AB_VALUE_INVALID: {
    text: 'The value {written} of {key} is not understood.',
    remedy: 'Correct it; the documentation of the file has an example.',
  },
  AB_PLAN_LACKS: {
    text: 'The experiment does not say (or not so that it can be computed with): {parts:all}.',
    remedy: 'Add what is missing; a rate and its changed value lie between 0 and 1.',
  },
  AB_UNDERPOWERED: {
    text: 'With {planned:count} units in the control the chance to see the minimum effect is {power:share_vs_asked}, {asked:share_vs_power} are asked; it takes {needed:count} ({days:day}).',
    remedy: 'Run it longer, with more traffic, or for a larger minimum effect.',
    explain:
      'Two-sided test of two rates (pooled variance under the null) or of two means, by the normal approximation.',
  },
  AB_WITHOUT_GUARDRAIL: {
    text: 'The experiment watches no guardrail metric.',
    remedy: 'Name what must not get worse, such as the error rate or the latency.',
  },
  AB_GUARDRAIL_WITHOUT_LIMIT: {
    text: 'The guardrail {metric} has no limit.',
    remedy: 'Give it min, max, max_increase or max_decrease.',
  },
  AB_SHORTER_THAN_WEEK: {
    text: 'The experiment takes {days:day}; {limit:day} let every weekday count.',
    remedy: 'Run it for whole weeks.',
  },
  AB_PEEKS: {
    text: 'The result is looked at {looks:count} times, and the test is made for one look.',
    remedy: 'Decide once at the end, or use a sequential test and say sequential: true.',
    explain:
      'Looking 24 times at a test of level 0.05 finds an effect that is not there in about 26% of cases.',
  },
  AB_WITHOUT_NUMBERS: {
    text: 'The {format} experiment splits traffic, and plans no effect and no size.',
    remedy: 'Write the numbers of the experiment in our own format.',
  },
  AB_WITHOUT_METRICS: {
    text: 'The {format} experiment measures nothing.',
    remedy: 'Add the metrics that decide it.',
  },
  AB_ASSIGNMENTS_UNREADABLE: {
    text: 'The assignments {path} cannot be read: {problem}.',
    remedy: 'Export a CSV with a header, one row for each assignment.',
  },
  AB_ROWS_WITHOUT_PART: {
    text: '{count:count} of {rows:row} of the assignments do not say who got what.',
    remedy: 'Log the part, and the unit where units are counted, in every row.',
  },
  AB_UNITS_IN_TWO_PARTS: {
    text: '{count:count} of {units:count} units got both models.',
    remedy: 'Assign by something that stays, and leave these units out of the analysis.',
  },
  AB_PART_UNPLANNED: {
    text: 'The assignments have parts that are not planned: {parts:list}; planned are {planned:list}.',
    remedy: 'Use the names of the plan in the log.',
  },
  AB_ASSIGNMENTS_FEW: {
    text: '{units:count} assigned units are too few to test the split: {limit:count} are expected in each part.',
    remedy: 'Wait for more traffic.',
  },
  AB_RATIO_MISMATCH: {
    text: 'The parts are not what was planned ({pValue:p}): {parts:all}.',
    remedy: 'Find out where units are lost before the result is read.',
    explain:
      'Sample-ratio mismatch by a chi-square test of the counts against the planned weights, level 0.001.',
  },
}
