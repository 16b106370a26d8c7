import type { JsonValue } from './evidence.ts'

/**
 * The parameters a check takes in `with:` of a checklist item. One declaration serves validation,
 * the generated documentation and the type that the check sees.
 */
export type ParamSpec =
  | {
      readonly type: 'number'
      readonly default: number
      readonly min?: number
      readonly max?: number
      readonly description: string
    }
  | { readonly type: 'boolean'; readonly default: boolean; readonly description: string }
  | {
      readonly type: 'string'
      readonly default: string
      readonly oneOf?: readonly string[]
      readonly description: string
    }
  | { readonly type: 'strings'; readonly default: readonly string[]; readonly description: string }

export type ParamSpecs = Readonly<Record<string, ParamSpec>>

type Widen<T> = T extends number
  ? number
  : T extends boolean
    ? boolean
    : T extends string
      ? string
      : T

/** The values of parameters with the types their declarations give. */
export type ParamValues<S extends ParamSpecs> = {
  readonly [K in keyof S]: S[K]['type'] extends 'strings'
    ? readonly string[]
    : Widen<S[K]['default']>
}

/** The declared defaults as values. */
export function defaultParams<S extends ParamSpecs>(specs: S): ParamValues<S> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]): [string, JsonValue] => [name, spec.default]),
  ) as ParamValues<S>
}
