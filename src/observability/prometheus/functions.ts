/** What an expression gives; `any` for a placeholder whose content is not known. */
export type ValueType = 'scalar' | 'vector' | 'range' | 'string' | 'any'

export interface Signature {
  readonly args: readonly ValueType[]
  /** How many of the last arguments may be left out, and how often the last may be repeated. */
  readonly optional: number
  readonly repeated: number
  readonly gives: 'scalar' | 'vector'
}

const UNLIMITED = Number.MAX_SAFE_INTEGER

const OF_VECTOR = [
  ...['abs', 'absent', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'ceil', 'cos', 'cosh'],
  ...['deg', 'exp', 'floor', 'histogram_avg', 'histogram_count', 'histogram_sum'],
  ...['histogram_stddev', 'histogram_stdvar', 'ln', 'log10', 'log2', 'rad', 'sgn', 'sin', 'sinh'],
  ...['sort', 'sort_desc', 'sqrt', 'tan', 'tanh', 'timestamp', 'start_timestamp'],
]

const OF_RANGE = [
  ...['absent_over_time', 'avg_over_time', 'changes', 'count_over_time', 'delta', 'deriv'],
  ...['first_over_time', 'idelta', 'increase', 'irate', 'last_over_time', 'mad_over_time'],
  ...['max_over_time', 'min_over_time', 'present_over_time', 'rate', 'resets'],
  ...['stddev_over_time', 'stdvar_over_time', 'sum_over_time', 'ts_of_first_over_time'],
  ...['ts_of_last_over_time', 'ts_of_max_over_time', 'ts_of_min_over_time'],
]

const OF_TIME = ['day_of_month', 'day_of_week', 'day_of_year', 'days_in_month', 'hour', 'minute']

const NUMBERS = ['time', 'pi', 'start', 'end', 'range', 'step']

/** The functions of Prometheus 3 and what they take. */
export const FUNCTIONS: ReadonlyMap<string, Signature> = new Map([
  ...OF_VECTOR.map((name) => [name, takes(['vector'])] as const),
  ...OF_RANGE.map((name) => [name, takes(['range'])] as const),
  ...[...OF_TIME, 'month', 'year'].map((name) => [name, takes(['vector'], 1)] as const),
  ...NUMBERS.map((name) => [name, takes([], 0, 0, 'scalar')] as const),
  ['scalar', takes(['vector'], 0, 0, 'scalar')],
  ['vector', takes(['scalar'])],
  ['clamp', takes(['vector', 'scalar', 'scalar'])],
  ['clamp_max', takes(['vector', 'scalar'])],
  ['clamp_min', takes(['vector', 'scalar'])],
  ['double_exponential_smoothing', takes(['range', 'scalar', 'scalar'])],
  ['histogram_fraction', takes(['scalar', 'scalar', 'vector'])],
  ['histogram_quantile', takes(['scalar', 'vector'])],
  ['histogram_quantiles', takes(['vector', 'string', 'scalar'], 0, 9)],
  ['info', takes(['vector', 'vector'], 1)],
  ['label_join', takes(['vector', 'string', 'string', 'string'], 1, UNLIMITED)],
  ['label_replace', takes(['vector', 'string', 'string', 'string', 'string'])],
  ['predict_linear', takes(['range', 'scalar'])],
  ['quantile_over_time', takes(['scalar', 'range'])],
  ['round', takes(['vector', 'scalar'], 1)],
  ['sort_by_label', takes(['vector', 'string'], 1, UNLIMITED)],
  ['sort_by_label_desc', takes(['vector', 'string'], 1, UNLIMITED)],
])

/** What stands before the vector that an operator aggregates. */
export const AGGREGATION_PARAMETERS: ReadonlyMap<string, ValueType> = new Map([
  ['topk', 'scalar'],
  ['bottomk', 'scalar'],
  ['limitk', 'scalar'],
  ['limit_ratio', 'scalar'],
  ['quantile', 'scalar'],
  ['count_values', 'string'],
])

function takes(
  args: readonly ValueType[],
  optional = 0,
  repeated = 0,
  gives: 'scalar' | 'vector' = 'vector',
): Signature {
  return { args, optional, repeated, gives }
}
