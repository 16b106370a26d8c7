import type * as z from 'zod'
import type { YamlPath } from './located.ts'

type Schema = z.core.$ZodType

/** What this walk needs of a schema's definition; each kind has some of it. */
interface Definition {
  readonly type: string
  readonly innerType?: Schema
  readonly in?: Schema
  readonly shape?: Readonly<Record<string, Schema>>
  readonly valueType?: Schema
  readonly element?: Schema
  readonly options?: readonly Schema[]
}

function definitionOf(schema: Schema): Definition {
  const definition = schema._zod.def as unknown as Definition
  // What is optional or transformed looks in the file like what is inside of it.
  const inner = definition.innerType ?? definition.in
  return inner === undefined ? definition : definitionOf(inner)
}

function innermost(schema: Schema): Schema {
  const definition = schema._zod.def as unknown as Definition
  const inner = definition.innerType ?? definition.in
  return inner === undefined ? schema : innermost(inner)
}

/** A piece of text in a file with the schema that describes it. */
export interface TextLeaf {
  readonly schema: Schema
  readonly path: YamlPath
  readonly text: string
}

/** Every piece of text of a value, in the order of the schema. */
export function* textLeaves(
  schema: Schema,
  value: unknown,
  path: YamlPath = [],
): Generator<TextLeaf> {
  const inner = innermost(schema)
  const { shape, valueType, element, options } = definitionOf(inner)
  if (options !== undefined) {
    for (const option of options) yield* textLeaves(option, value, path)
  } else if (typeof value === 'string') {
    yield { schema: inner, path, text: value }
  } else if (Array.isArray(value)) {
    if (element === undefined) return
    for (const [index, each] of value.entries()) yield* textLeaves(element, each, [...path, index])
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      const next = shape === undefined ? valueType : shape[key]
      if (next !== undefined) yield* textLeaves(next, each, [...path, key])
    }
  }
}

/**
 * Follows a dotted path through a schema; in a list the step names the kind of an entry.
 *
 * @returns `undefined` when the whole path is possible, else the first step that is not and what could stand there
 */
export function impossibleStep(
  schema: Schema,
  steps: readonly string[],
): { readonly step: string; readonly known: readonly string[] } | undefined {
  const [step, ...rest] = steps
  if (step === undefined) return undefined
  const { shape, valueType, element, options } = definitionOf(schema)
  if (options !== undefined) {
    const answers = options.map((option) => impossibleStep(option, steps))
    if (answers.includes(undefined)) return undefined
    return answers.find((answer) => answer?.known.length !== 0) ?? answers[0]
  }
  if (valueType !== undefined) return impossibleStep(valueType, rest)
  if (element !== undefined) {
    const kinds = kindsOf(element)
    if (!kinds.includes(step)) return { step, known: kinds }
    return rest.length === 0 ? undefined : { step: rest[0] ?? '', known: [] }
  }
  const next = shape !== undefined && Object.hasOwn(shape, step) ? shape[step] : undefined
  if (next === undefined) return { step, known: Object.keys(shape ?? {}) }
  return impossibleStep(next, rest)
}

function kindsOf(element: Schema): readonly string[] {
  const kind = definitionOf(element).shape?.['kind']
  if (kind === undefined) return []
  const { entries } = kind._zod.def as unknown as { entries?: Readonly<Record<string, string>> }
  return Object.values(entries ?? {})
}
