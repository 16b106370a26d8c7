import * as z from 'zod'
import type { JsonValue } from '../../src/core/evidence.ts'
import type { InspectedObject } from '../../src/core/inspected-file.ts'

const name = z.string()
const json: z.ZodType<JsonValue> = z.json()

const reason = z
  .strictObject({
    code: z.string().describe('Stable across releases.'),
    message: z.string().describe('The sentence.'),
  })
  .describe('Why a verdict is as it is.')

const object: z.ZodType<InspectedObject> = z.lazy(() =>
  z
    .strictObject({
      class: name.describe('The full path of its class.'),
      fitted: z.boolean().nullable().describe('null when the class is not known well enough.'),
      features: z.array(name).nullable().describe('The columns that it was fitted on, in order.'),
      featureCount: z.int().min(0).nullable(),
      parameters: z
        .record(name, json)
        .describe('A number that JSON cannot hold is null, and <name>Reason says what it was.'),
      steps: z.array(step),
    })
    .describe('A fitted object.'),
)

const step = z.strictObject({
  name,
  role: z.enum(['sequence', 'branch', 'part']),
  columns: z.array(z.union([name, z.number()])).nullable(),
  object: z.union([object, z.enum(['drop', 'passthrough'])]),
})

const entry = z
  .strictObject({
    name,
    line: z.int().min(0),
    specifier: z.string(),
    pinned: z.enum(['yes', 'hashed', 'no', 'warn']),
    code: z.string(),
  })
  .describe('One requirement of a file of dependencies.')

const file = z.strictObject({
  path: name.describe('As it was named on the command line.'),
  sha256: z.string().nullable().describe('null for a link to nothing.'),
  bytes: z.int().min(0),
  kind: name.describe('The format: joblib, onnx, requirements, …'),
  verdict: z.enum(['safe', 'unsafe', 'inconclusive']),
  reasons: z.array(reason).describe('The gravest first.'),
  globals: z.array(name).describe('Every Python global that the file refers to.'),
  producer: z.strictObject({ library: name, version: name.nullable() }).nullable(),
  object: object.nullable(),
  entries: z.array(entry).describe('Of files of dependencies alone.').exactOptional(),
})

/** The schema of what `mlcheck inspect --json` prints. */
export const inspectionSchema = z.strictObject({
  schemaVersion: z.string(),
  tool: z.strictObject({ name: z.literal('mlcheck'), version: name }),
  command: z.literal('inspect'),
  files: z.array(file),
})
