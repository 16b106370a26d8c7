import { member, textMember } from '../artifacts/json/read-json.ts'

/** What a schema file allows in a column; what it does not say is not there. */
export interface SchemaLimits {
  readonly min?: number
  readonly max?: number
  readonly nullable?: boolean
  readonly values?: readonly string[]
}

/** One expectation of Great Expectations; of one that some rows may break nothing is known. */
export function limitsOfExpectation(expectation: unknown): SchemaLimits {
  const kwargs = member(expectation, 'kwargs')
  if ((member(kwargs, 'mostly') ?? 1) !== 1) return {}
  switch (textMember(expectation, 'expectation_type') ?? textMember(expectation, 'type')) {
    case 'expect_column_values_to_be_between':
      return limits(member(kwargs, 'min_value'), member(kwargs, 'max_value'))
    case 'expect_column_values_to_be_in_set':
      return vocabulary(member(kwargs, 'value_set'))
    case 'expect_column_values_to_not_be_null':
      return { nullable: false }
    case undefined:
    default:
      return {}
  }
}

/** A property of a JSON Schema: a gap is null, or a property that need not be there. */
export function limitsOfJson(schema: unknown, isRequired: boolean): SchemaLimits {
  const given = member(schema, 'type')
  const types = Array.isArray(given) ? (given as readonly unknown[]) : [given]
  const takesNull = types.includes('null') || member(schema, 'nullable') === true
  const nullable = takesNull ? { nullable: true } : isRequired ? { nullable: false } : {}
  return {
    ...limits(member(schema, 'minimum'), member(schema, 'maximum')),
    ...vocabulary(member(schema, 'enum')),
    ...nullable,
  }
}

/** A column of pandera: its checks are a mapping by name, or a list with the name among the options. */
export function limitsOfPandera(column: unknown): SchemaLimits {
  const checks = member(column, 'checks')
  const nullable = member(column, 'nullable')
  const named = (name: string): unknown => {
    if (!Array.isArray(checks)) return member(checks, name)
    return (checks as readonly unknown[]).find(
      (each) => textMember(member(each, 'options'), 'check_name') === name,
    )
  }
  const valueOf = (name: string): unknown => member(named(name), 'value') ?? named(name)
  const range = named('in_range')
  return {
    ...limits(
      valueOf('greater_than_or_equal_to') ?? member(range, 'min_value'),
      valueOf('less_than_or_equal_to') ?? member(range, 'max_value'),
    ),
    ...vocabulary(valueOf('isin')),
    ...(typeof nullable === 'boolean' ? { nullable } : {}),
  }
}

/** The text of one feature of TensorFlow Data Validation. */
export function limitsOfTensorflow(feature: string): SchemaLimits {
  const domain = /(?:int|float)_domain\s*\{([^}]*)\}/.exec(feature)?.[1] ?? ''
  const bound = (name: string) => {
    const text = new RegExp(`\\b${name}:\\s*(\\S+)`).exec(domain)?.[1]
    return text === undefined ? undefined : Number(text)
  }
  const presence = /presence\s*\{([^}]*)\}/.exec(feature)?.[1] ?? ''
  const isAlways = /min_fraction:\s*1(\.0*)?\s/.test(`${presence} `)
  return { ...limits(bound('min'), bound('max')), ...(isAlways ? { nullable: false } : {}) }
}

function limits(min: unknown, max: unknown): SchemaLimits {
  return {
    ...(typeof min === 'number' && Number.isFinite(min) ? { min } : {}),
    ...(typeof max === 'number' && Number.isFinite(max) ? { max } : {}),
  }
}

function vocabulary(list: unknown): SchemaLimits {
  if (!Array.isArray(list)) return {}
  return { values: (list as readonly unknown[]).filter((each) => each !== null).map(String) }
}
