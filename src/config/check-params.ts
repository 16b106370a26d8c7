import type { JsonValue } from '../core/evidence.ts'
import type { ParamSpec, ParamSpecs } from '../core/params.ts'
import { describeValue, suggestion, unknownKey } from './describe-issue.ts'

export interface ParamProblem {
  readonly name: string
  readonly message: string
}

/** Holds `with:` of an item against what its check declares. */
export function paramProblems(
  specs: ParamSpecs,
  given: Readonly<Record<string, JsonValue>>,
): readonly ParamProblem[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined
    const message =
      spec === undefined ? unknownKey(name, Object.keys(specs)) : valueProblem(spec, value)
    return message === undefined ? [] : [{ name, message }]
  })
}

function valueProblem(spec: ParamSpec, value: JsonValue): string | undefined {
  switch (spec.type) {
    case 'number':
      return numberProblem(spec, value)
    case 'boolean':
      return typeof value === 'boolean' ? undefined : expected('true or false', value)
    case 'string':
      return stringProblem(spec, value)
    case 'strings': {
      const isRight = Array.isArray(value) && value.every((each) => typeof each === 'string')
      return isRight ? undefined : expected('a list of texts', value)
    }
  }
}

function numberProblem(
  { min, max }: Extract<ParamSpec, { readonly type: 'number' }>,
  value: JsonValue,
): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return expected('a number', value)
  if (min !== undefined && value < min) return expected(`at least ${String(min)}`, value)
  if (max !== undefined && value > max) return expected(`at most ${String(max)}`, value)
  return undefined
}

function stringProblem(
  { oneOf }: Extract<ParamSpec, { readonly type: 'string' }>,
  value: JsonValue,
): string | undefined {
  if (typeof value !== 'string') return expected('text', value)
  if (oneOf === undefined || oneOf.includes(value)) return undefined
  const near = suggestion(value, oneOf)
  return `${expected(`one of ${oneOf.join(', ')}`, value)}${near}`
}

function expected(what: string, value: JsonValue): string {
  return `expected ${what}, found ${describeValue(value)}`
}
