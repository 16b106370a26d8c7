import * as z from 'zod'

/** Objects whose undefined numbers are `null` beside a `<name>Reason`: nobody meets an unexplained null. */

const SUFFIX = 'Reason'

export const maybeNumber = z.number().nullable()

/**
 * A closed object in which each `null` of the shape has its reason, as text under `<name>Reason`.
 *
 * The JSON Schema demands the same.
 */
export function withReasons<Shape extends z.ZodRawShape>(description: string, shape: Shape) {
  const base = z.object(shape).catchall(z.string())
  const nullable = Object.entries(shape)
    .filter(([, schema]) => z.safeParse(schema, null).success)
    .map(([name]) => name)
  return base
    .superRefine((value, context) => {
      const unknown = Object.keys(value).filter(
        (name) => !Object.hasOwn(shape, name) && !name.endsWith(SUFFIX),
      )
      if (unknown.length > 0) {
        context.addIssue({ code: 'unrecognized_keys', keys: unknown, input: value, inst: base })
      }
      requireReasons(value, nullable, context)
    })
    .meta({
      description,
      additionalProperties: false,
      patternProperties: { [`${SUFFIX}$`]: { type: 'string' } },
      allOf: nullable.map(valueOrReason),
    })
}

/** Numbers, and texts about them, under names that are not known beforehand; each `null` has its reason. */
export function numbersWithReasons(description: string) {
  return z
    .record(z.string(), z.union([z.number(), z.string(), z.null()]))
    .superRefine((value, context) => {
      requireReasons(value, Object.keys(value), context)
    })
    .describe(description)
}

function requireReasons(
  value: Readonly<Record<string, unknown>>,
  names: readonly string[],
  context: z.RefinementCtx,
): void {
  for (const name of names) {
    const reason = `${name}${SUFFIX}`
    if (value[name] !== null || typeof value[reason] === 'string') continue
    const message = `nothing, and no \`${reason}\` beside it says why`
    context.addIssue({ code: 'custom', path: [name], message })
  }
}

function valueOrReason(name: string): z.core.JSONSchema.BaseSchema {
  const reason = `${name}${SUFFIX}`
  return {
    anyOf: [
      { properties: { [name]: { not: { type: 'null' } } } },
      { properties: { [reason]: { type: 'string' } }, required: [reason] },
    ],
  }
}
