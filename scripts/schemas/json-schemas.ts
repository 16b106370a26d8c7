import * as z from 'zod'
import { attestationsSchema } from '../../src/config/attestations-schema.ts'
import { checklistSchema } from '../../src/config/checklist-schema.ts'
import { modelSchema } from '../../src/config/model-schema.ts'
import { resultSchema } from '../../src/config/result-schema.ts'
import { settingsSchema } from '../../src/config/settings-schema.ts'
import { waiversSchema } from '../../src/config/waivers-schema.ts'

const SOURCES: Readonly<Record<string, { readonly title: string; readonly schema: z.ZodType }>> = {
  model: { title: 'mlcheck manifest (model.yaml)', schema: modelSchema },
  checklist: { title: 'mlcheck checklist (checklist.yaml)', schema: checklistSchema },
  settings: { title: 'mlcheck settings (mlcheck.yaml)', schema: settingsSchema },
  attestations: { title: 'mlcheck attestations (.mlcheck/attestations.yaml)', schema: attestationsSchema },
  waivers: { title: 'mlcheck waivers (.mlcheck/waivers.yaml)', schema: waiversSchema },
  result: { title: 'mlcheck result', schema: resultSchema },
}

export type JsonSchema = Readonly<Record<string, unknown>>

/** The JSON Schema (draft-07, which is what editors read) of every file, by name. */
export function jsonSchemas(): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(SOURCES).map(([name, { title, schema }]) => [name, toJsonSchema(name, title, schema)]),
  )
}

function toJsonSchema(name: string, title: string, schema: z.ZodType): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema }) => {
      allowReasonsOnly(jsonSchema)
    },
  })
  const $id = `https://unpkg.com/mlcheck/schemas/${name}.schema.json`
  return { $schema, $id, title, ...rest }
}

/** Texts beside the known keys of an object are the reasons of its nulls. */
function allowReasonsOnly(jsonSchema: z.core.JSONSchema.BaseSchema): void {
  const { additionalProperties: extra, properties } = jsonSchema
  if (properties === undefined || typeof extra !== 'object') return
  jsonSchema.patternProperties = { 'Reason$': extra }
  jsonSchema.additionalProperties = false
}
