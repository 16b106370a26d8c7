import * as z from 'zod'
import { EVIDENCE_LEVELS } from '../core/evidence.ts'
import { OUTCOMES } from '../core/outcome.ts'
import { SECTIONS, type Result } from '../core/result.ts'

/** The schema of the stored result: the same closed objects for validation and for `mlcheck schema result`. */

const outcome = z.enum(OUTCOMES)
const maybeNumber = z.number().nullable()
const counter = z.int().min(0)
const severity = z.enum(['notice', 'warn', 'fail', 'inconclusive'])

/** Keys beside the known ones that say why a number is `null`. */
function withReasons<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .object(shape)
    .catchall(z.string())
    .superRefine((value, context) => {
      for (const key of Object.keys(value)) {
        if (Object.hasOwn(shape, key) || key.endsWith('Reason')) continue
        context.addIssue({ code: 'unrecognized_keys', keys: [key], input: value })
      }
    })
}

const location = {
  path: z.string().describe('The file, relative to where the command ran.'),
  line: z.int().min(1).describe('The line, from 1.').exactOptional(),
  column: z.int().min(1).describe('The column, from 1.').exactOptional(),
}

const finding = z
  .strictObject({
    code: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/)
      .describe('Stable across releases.') as unknown as z.ZodType<Uppercase<string>>,
    args: z.record(z.string(), z.json()).describe('What the sentence is made of.'),
    message: z.string().describe('The sentence.'),
    severity: severity.exactOptional(),
    location: z.strictObject(location).exactOptional(),
  })
  .describe('What is wrong or worth knowing.')

const evidence = z
  .strictObject({
    level: z.enum(EVIDENCE_LEVELS),
    claim: z.string(),
    observed: z.json(),
    expected: z.json().exactOptional(),
    source: z
      .strictObject({
        ...location,
        sha256: z.string().describe('The digest of the bytes that were read.').exactOptional(),
      })
      .exactOptional(),
  })
  .describe('One observation that supports or contradicts a claim.')

const item = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    section: z.enum(SECTIONS),
    phase: z.enum(['before', 'during', 'after']),
    severity: z.enum(['high', 'medium', 'low']),
    required: z.boolean(),
    outcome,
    level: z.enum(EVIDENCE_LEVELS).nullable().describe('The evidence that was reached.'),
    minEvidence: z.enum(EVIDENCE_LEVELS).nullable().describe('The weakest evidence that counts.'),
    findings: z.array(finding),
    evidence: z.array(evidence),
    remediation: z.string(),
    waiver: z
      .strictObject({
        reason: z.string(),
        owner: z.string(),
        expires: z.string().describe('The last day, UTC.'),
        outcome: outcome.describe('What the item came to without the waiver.'),
      })
      .nullable(),
    attestation: z
      .strictObject({
        statement: z.string(),
        owner: z.string(),
        date: z.string(),
        expires: z.string().describe('The last day, UTC.'),
      })
      .nullable(),
    fingerprint: z.string().describe('The same for the same problem in the next run.'),
  })
  .describe('What became of one item of the checklist.')

const columnSummary = withReasons({
  rows: counter,
  valid: counter,
  missing: counter,
  nan: counter,
  infinite: counter,
  distinct: maybeNumber,
  min: z.json(),
  max: z.json(),
  mean: maybeNumber,
  std: maybeNumber.describe('The sample standard deviation (ddof 1).'),
  quantiles: z.record(z.string(), z.number()).describe('Type-7 quantiles by probability.'),
}).describe('One side of a column; `<name>Reason` says why a number is null.')

const key = withReasons({
  key: z.enum(['shape', 'tail', 'novel', 'missing', 'range', 'drift']),
  test: z.string(),
  method: z.string(),
  statistic: maybeNumber,
  effect: maybeNumber.describe('The effect as a share of rows.'),
  warn: maybeNumber,
  fail: maybeNumber,
  pValue: maybeNumber,
  adjustedPValue: maybeNumber,
  outcome: z.enum(['pass', 'notice', 'warn', 'fail', 'inconclusive', 'not-applicable']),
  certain: z.boolean().describe('Whether the lower confidence bound alone exceeds the threshold.'),
  detectable: maybeNumber.describe('The smallest effect these rows could show.').exactOptional(),
  n: z.strictObject({ reference: counter, current: counter }).exactOptional(),
  warnings: z.array(z.string()).exactOptional(),
}).describe('One tested aspect of a column; `<name>Reason` says why a number is null.')

const categoryCount = z.strictObject({ value: z.string(), count: counter })

const column = z
  .strictObject({
    name: z.string(),
    type: z.string(),
    typeEvidence: z.string().describe('What the type was inferred from.'),
    role: z.string(),
    reference: columnSummary.nullable(),
    current: columnSummary.nullable(),
    keys: z.array(key),
    distances: z
      .record(z.string(), z.union([z.number(), z.string(), z.null()]))
      .describe('Distances by name; the base of Jensen-Shannon is 2.'),
    outOfRange: z.strictObject({ belowMin: counter, aboveMax: counter }).nullable(),
    novel: z.array(categoryCount),
    vanished: z.array(categoryCount),
    histogram: z
      .strictObject({
        edges: z.array(z.number()),
        reference: z.array(z.number()),
        current: z.array(z.number()),
      })
      .nullable(),
    outcome,
    findings: z.array(finding),
  })
  .describe('What became of one column of a comparison.')

const exitCode = z.union([
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(70),
  z.literal(130),
])

/** The schema of a stored result; its type keeps it from parting with `Result`. */
export const resultSchema: z.ZodType<Result> = z
  .strictObject({
    schemaVersion: z.literal('1.0').describe('The version of this format.'),
    tool: z.strictObject({ name: z.literal('mlcheck'), version: z.string() }),
    command: z.string(),
    inputs: z.array(
      z.strictObject({
        role: z.string(),
        path: z.string(),
        format: z.string(),
        sha256: z.string(),
        bytes: counter,
        rows: counter.exactOptional(),
      }),
    ),
    parameters: z.record(z.string(), z.json()),
    seed: z.number(),
    items: z.array(item),
    columns: z.array(column),
    findings: z.array(finding).describe('About the tables or files as a whole.'),
    calibration: z
      .strictObject({
        splits: counter,
        alarms: counter,
        upperBound: maybeNumber.describe('The one-sided 95 % Clopper-Pearson bound.'),
        scheme: z.string(),
        usable: z.boolean(),
      })
      .nullable(),
    alternatives: z
      .array(
        z.strictObject({
          rule: z.string(),
          outcome,
          columns: z.array(z.strictObject({ name: z.string(), outcome, reason: z.string() })),
        }),
      )
      .describe('What other rules would have said.'),
    summary: z.strictObject({
      pass: counter,
      warn: counter,
      fail: counter,
      inconclusive: counter,
      notApplicable: counter,
      needsReview: counter,
      waived: counter,
    }),
    verdict: z.strictObject({
      outcome: z.enum(['pass', 'fail', 'inconclusive', 'nothing-checked']),
      exitCode,
      reason: z.string(),
    }),
    run: z
      .strictObject({
        startedAt: z.string(),
        durationMs: z.number(),
        node: z.string(),
        platform: z.string(),
        isolation: z.array(z.string()),
      })
      .describe('Everything that may differ between two runs on the same input.'),
  })
  .describe('The result of a run of mlcheck.')
