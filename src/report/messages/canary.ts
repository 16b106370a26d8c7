import type { Messages } from './message.ts'

/** Plans for a canary release, and what a release did. */
export const canaryMessages: Messages = {
  CANARY_PLAN_UNREADABLE: {
    text: 'The canary plan {path} cannot be read: {problem}.',
    remedy:
      'Name a Rollout of Argo, a Canary of Flagger, an InferenceService, a SageMaker or Kayenta configuration, or a plan with steps.',
  },
  ROLLOUT_KEY_UNKNOWN: {
    text: 'The key {key} is not known here; known are {known:all}.',
    remedy: 'Correct the name of the key, or remove it.',
  },
  CANARY_STEP_UNKNOWN: {
    text: 'What the step {key} does is not known.',
    remedy: 'Use steps of the released tool, or check by hand what this one does to the traffic.',
  },
  CANARY_WEIGHT_INVALID: {
    text: 'The weight {weight} is no percentage from 0 to 100.',
    remedy: 'Write the share of the traffic as a percentage.',
  },
  CANARY_DURATION_INVALID: {
    text: 'The duration {duration} is not understood.',
    remedy: 'Write a number with its unit, such as 30m, 6h or 1d.',
  },
  CANARY_WITHOUT_STEPS: {
    text: 'The {format} configuration says how a canary is judged, not how its traffic grows.',
    remedy: 'Name the plan with the weights, and keep this file beside it.',
  },
  CANARY_PERCENTAGE_ONLY: {
    text: 'The {format} file sets one percentage; everything after that is up to people.',
    remedy: 'Plan the steps, the checks and the way back, in our own format if the tool has none.',
  },
  CANARY_FIRST_WEIGHT_LARGE: {
    text: 'The new model begins with {weight:share_vs_limit} of the traffic; at most {limit:share_vs_weight} is asked.',
    remedy: 'Begin with a smaller weight.',
  },
  CANARY_WEIGHT_UNKNOWN: {
    text: 'The plan counts machines, so the first share of the traffic is not known.',
    remedy: 'Write the first step as a percentage.',
  },
  CANARY_WEIGHT_OF_REPLICAS: {
    text: 'Without a traffic router, {weight:share} of {replicas:count} replicas is {share:share} of the traffic.',
    remedy: 'Set up traffic routing, or run more replicas.',
    explain:
      'Argo Rollouts reaches a weight by the number of pods then, and rounds it up to whole pods.',
  },
  CANARY_WEIGHT_DECREASES: {
    text: 'The weight goes from {from:share} down to {to:share}.',
    remedy: 'Let the weights grow.',
  },
  CANARY_STEP_LARGE: {
    text: 'The weight goes from {from:share} to {to:share} in one step.',
    remedy: 'Put a step in between.',
  },
  CANARY_NEVER_COMPLETES: {
    text: 'The plan ends at {weight:share} of the traffic.',
    remedy: 'Add a last step with 100%.',
  },
  CANARY_JUMPS: {
    text: 'The plan jumps from {from:share} to all of the traffic.',
    remedy: 'Add at least one step between the first weight and 100%.',
  },
  CANARY_OBSERVED_SHORT: {
    text: 'The plan watches for {hours:vs_limit} hours before 100%; {limit:vs_hours} are asked.',
    remedy: 'Lengthen the pauses or the observation of the steps below 100%.',
    explain: 'The pauses and bounded analyses of all steps before the first 100% are added up.',
  },
  CANARY_OBSERVATION_UNKNOWN: {
    text: 'People end the pauses; the plan by itself watches for {hours:vs_limit} of {limit:vs_hours} hours before 100%.',
    remedy: 'Give the pauses a duration, with an approval behind it where one is wanted.',
  },
  CANARY_PAUSE_MANUAL: {
    text: 'At {weight:share} the plan waits until a person continues it.',
    remedy: 'Give the pause a duration, or say in the procedure who continues it and by what.',
  },
  CANARY_WITHOUT_ANALYSIS: {
    text: 'Nothing is measured while the new model gets traffic.',
    remedy: 'Add an analysis, metrics or checks with a limit.',
  },
  CANARY_WATCHED_TOO_LATE: {
    text: 'Everything that is measured begins at 100% of the traffic.',
    remedy: 'Measure during the steps before.',
  },
  CANARY_PARTLY_UNWATCHED: {
    text: 'What can stop the rollout measures for {hours:vs_limit} hours before 100%; {limit:vs_hours} are asked.',
    remedy: 'Let the checks begin with the first share.',
  },
  CANARY_WITHOUT_ABORT: {
    text: 'Nothing brings the traffic back when the new model does badly.',
    remedy: 'Add a condition that aborts, or say in abort: how the traffic goes back.',
  },
  CANARY_ANALYSIS_CANNOT_FAIL: {
    text: 'The measurement {name} can never stop the rollout: {reason}.',
    remedy: 'Give it a condition on its result, and fewer allowed failures than measurements.',
  },
  CANARY_ANALYSIS_UNKNOWN: {
    text: 'What the measurement {name} asks is not known: its definition or a value of it is not in the files.',
    remedy: 'Keep the template beside the plan, and give every argument of it a value.',
  },
  CANARY_NO_DATA_PASSES: {
    text: 'The measurement {name} passes when there is no data.',
    remedy: 'Let the condition fail on NaN and on an empty answer.',
    explain:
      'A comparison with NaN is false, so a condition that only describes failure is never met.',
  },
  CANARY_NO_DATA_UNSTATED: {
    text: 'The plan does not say what happens when the measurement {name} has no data.',
    remedy:
      'Say it: on_no_data in our format, consecutiveErrorLimit or isNaN in Argo, mustHaveData in Kayenta, the alarm in CloudWatch.',
  },
  CANARY_NO_DATA_INVALID: {
    text: 'The value {written} of on_no_data is neither abort nor pause.',
    remedy: 'Write abort or pause.',
  },
  CANARY_ALARMS_TOO_MANY: {
    text: 'The rollback names {count:count} alarms; at most {limit:count} are allowed.',
    remedy: 'Combine alarms in one composite alarm.',
  },
  CANARY_GROUP_WEIGHTS_NOT_WHOLE: {
    text: 'The weights of the metric groups add up to {total}, not 100.',
    remedy: 'Let the weights add up to 100.',
  },
  CANARY_SCORE_THRESHOLDS_INVALID: {
    text: 'The score thresholds pass {pass} and marginal {marginal} do not fit each other.',
    remedy: 'Set both above 0 and at most 100, marginal not above pass.',
  },
  ROLLOUT_LOG_UNREADABLE: {
    text: 'The record of the rollout {path} cannot be read: {problem}.',
    remedy:
      'Export lines of JSON with time and weight, or the events of the Rollout or Canary as JSON.',
  },
  ROLLOUT_RECORD_UNREAD: {
    text: 'A record of the rollout (line {line:id}) has no share of the traffic with its time.',
    remedy: 'Write time with its offset from UTC, and weight from 0 to 100.',
  },
  ROLLOUT_LOG_SHORT: {
    text: 'The record of the rollout tells {count:count} moments: what came before is not known.',
    remedy: 'Record every change of the weight, or export the events.',
  },
  ROLLOUT_FIRST_WEIGHT_LARGE: {
    text: 'The rollout began with {weight:share_vs_limit} of the traffic at {at}; at most {limit:share_vs_weight} is asked.',
    remedy: 'Begin the next rollout with a smaller weight.',
  },
  ROLLOUT_WEIGHT_FELL: {
    text: 'The share went from {from:share} down to {to:share} at {at}.',
    remedy: 'Say in the incident log why, and roll out again from the first step.',
  },
  ROLLOUT_STEP_ABOVE_PLAN: {
    text: 'The share went from {from:share} to {to:share} at {at}; the plan has {next:share} next.',
    remedy: 'Follow the plan, or change it before.',
  },
  ROLLOUT_UNFINISHED: {
    text: 'The rollout stands at {weight:share} of the traffic.',
    remedy: 'Audit again when it has reached 100%.',
  },
  ROLLOUT_TOO_FAST: {
    text: 'From the first share to 100% it took {hours:vs_limit} hours; {limit:vs_hours} are asked.',
    remedy: 'Watch the new model longer before it gets everything.',
  },
  ROLLOUT_ABORTED: {
    text: 'The tool took the traffic back from the new model.',
    remedy: 'Find out what failed, and roll out again from the first step.',
  },
}
