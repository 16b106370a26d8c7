import type { JsonValue } from '../core/evidence.ts'
import type { ParamSpec, ParamSpecs } from '../core/params.ts'
import {
  advice,
  describeValue,
  expectedKind,
  oneOf,
  suggestion,
  unknownKey,
} from './describe-issue.ts'
import type { YamlPath } from './located.ts'

export interface ParamProblem {
  /** Below `with`: the parameter, and the position in its list. */
  readonly path: YamlPath
  readonly message: string
  /** Whether the key itself is wrong, not its value. */
  readonly isKey: boolean
}

/** Holds `with:` of an item against what its check declares. */
export function paramProblems(
  specs: ParamSpecs,
  given: Readonly<Record<string, JsonValue>>,
): readonly ParamProblem[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined
    if (spec !== undefined) return valueProblems(spec, value, [name])
    return [{ path: [name], message: unknownKey(name, Object.keys(specs)), isKey: true }]
  })
}

function valueProblems(spec: ParamSpec, value: JsonValue, path: YamlPath): readonly ParamProblem[] {
  if (spec.type === 'strings' && Array.isArray(value)) {
    return value.flatMap((each: JsonValue, index) =>
      problemAt([...path, index], kindProblem('string', each)),
    )
  }
  return problemAt(path, valueProblem(spec, value))
}

function problemAt(path: YamlPath, message: string | undefined): readonly ParamProblem[] {
  return message === undefined ? [] : [{ path, message, isKey: false }]
}

function valueProblem(spec: ParamSpec, value: JsonValue): string | undefined {
  switch (spec.type) {
    case 'number':
      return kindProblem('number', value) ?? boundProblem(spec, value as number)
    case 'boolean':
      return kindProblem('boolean', value)
    case 'string':
      return kindProblem('string', value) ?? choiceProblem(spec, value as string)
    case 'strings':
      return expected('a list of texts', value) + advice('array', value)
  }
}

function kindProblem(kind: 'number' | 'boolean' | 'string', value: JsonValue): string | undefined {
  const isRight = typeof value === kind && (kind !== 'number' || Number.isFinite(value))
  return isRight ? undefined : expected(expectedKind(kind), value) + advice(kind, value)
}

function boundProblem(
  { min, max }: Extract<ParamSpec, { readonly type: 'number' }>,
  value: number,
): string | undefined {
  if (min !== undefined && value < min) return expected(`at least ${String(min)}`, value)
  if (max !== undefined && value > max) return expected(`at most ${String(max)}`, value)
  return undefined
}

function choiceProblem(
  { oneOf: choices }: Extract<ParamSpec, { readonly type: 'string' }>,
  value: string,
): string | undefined {
  if (choices === undefined || choices.includes(value)) return undefined
  return `${expected(oneOf(choices), value)}${suggestion(value, choices)}`
}

function expected(what: string, value: JsonValue): string {
  return `expected ${what}, found ${describeValue(value)}`
}
