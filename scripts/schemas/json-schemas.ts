import * as z from 'zod'
import { actionsSchema } from '../../src/config/actions-schema.ts'
import { attestationsSchema } from '../../src/config/attestations-schema.ts'
import { checklistSchema } from '../../src/config/checklist-schema.ts'
import { ledgerEntrySchema } from '../../src/config/ledger-schema.ts'
import { modelSchema } from '../../src/config/model-schema.ts'
import { resultSchema } from '../../src/config/result-schema.ts'
import { rosterSchema } from '../../src/config/roster-schema.ts'
import { settingsSchema } from '../../src/config/settings-schema.ts'
import { waiversSchema } from '../../src/config/waivers-schema.ts'
import { baselineSchema } from './baseline-schema.ts'
import { inspectionSchema } from './inspection-schema.ts'

const SOURCES: Readonly<Record<string, { readonly title: string; readonly schema: z.ZodType }>> = {
  model: { title: 'mlcheck manifest (model.yaml)', schema: modelSchema },
  checklist: { title: 'mlcheck checklist (checklist.yaml)', schema: checklistSchema },
  settings: { title: 'mlcheck settings (mlcheck.yaml)', schema: settingsSchema },
  attestations: {
    title: 'mlcheck attestations (.mlcheck/attestations.yaml)',
    schema: attestationsSchema,
  },
  waivers: { title: 'mlcheck waivers (.mlcheck/waivers.yaml)', schema: waiversSchema },
  actions: {
    title: 'mlcheck list of improvements (evidence of after.continuous-improvement)',
    schema: actionsSchema,
  },
  oncall: { title: 'mlcheck on-call list (team.on_call of model.yaml)', schema: rosterSchema },
  history: {
    title: 'mlcheck ledger, one line (.mlcheck/history.jsonl)',
    schema: ledgerEntrySchema,
  },
  result: { title: 'mlcheck result (--report json)', schema: resultSchema },
  inspection: { title: 'mlcheck inspection (mlcheck inspect --json)', schema: inspectionSchema },
  baseline: { title: 'mlcheck baseline (mlcheck profile)', schema: baselineSchema },
}

export type JsonSchema = Readonly<Record<string, unknown>>

/** The JSON Schema (draft-07, which is what editors read) of every file, by name. */
export function jsonSchemas(): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(SOURCES).map(([name, { title, schema }]) => [
      name,
      toJsonSchema(name, title, schema),
    ]),
  )
}

function toJsonSchema(name: string, title: string, schema: z.ZodType): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' })
  const $id = `urn:mlcheck:schema:${name}`
  return { $schema, $id, title, ...(splitTypes(rest) as JsonSchema) }
}

/** One alternative for each type: strict validators refuse a list of types, except for a type or null. */
function splitTypes(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(splitTypes)
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(
    Object.entries(part).map(([key, value]: [string, unknown]) =>
      key === 'type' && Array.isArray(value) && !isOneOrNull(value)
        ? ['anyOf', value.map((type: unknown) => ({ type }))]
        : [key, splitTypes(value)],
    ),
  )
}

function isOneOrNull(types: readonly unknown[]): boolean {
  return types.length === 2 && types.includes('null')
}
