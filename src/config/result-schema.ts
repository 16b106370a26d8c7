import * as z from 'zod'
import { EVIDENCE_LEVELS, type JsonValue } from '../core/evidence.ts'
import { OUTCOMES } from '../core/outcome.ts'
import { SECTIONS, type Result } from '../core/result.ts'
import { maybeNumber, numbersWithReasons, withReasons } from './reasons.ts'

/** The schema of the stored result: the same closed objects for validation and for `mlcheck schema result`. */

const outcome = z.enum(OUTCOMES)
const counter = z.int().min(0)
const severity = z.enum(['notice', 'warn', 'fail', 'inconclusive'])
/** Named, so that a type inferred from it can be compared with the declared one. */
const json: z.ZodType<JsonValue> = z.json()

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
    args: z.record(z.string(), json).describe('What the sentence is made of.'),
    message: z.string().describe('The sentence.'),
    severity: severity.exactOptional(),
    location: z.strictObject(location).exactOptional(),
  })
  .describe('What is wrong or worth knowing.')

const evidence = z
  .strictObject({
    level: z.enum(EVIDENCE_LEVELS),
    claim: z.string(),
    observed: json,
    expected: json.exactOptional(),
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
    refs: z
      .array(z.string())
      .describe('Where the demand comes from, such as nist:MEASURE-2.3.')
      .exactOptional(),
    parameters: z
      .record(z.string(), json)
      .describe('What the check was told, defaults included.')
      .exactOptional(),
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
    known: z
      .strictObject({ since: z.string().describe('The UTC day of the first result that had it.') })
      .describe('There when the result of --baseline has the same failure.')
      .exactOptional(),
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

/** One side of a column, in results and in baselines. */
export const columnSummary = withReasons(
  'One side of a column, of the values as read; `<name>Reason` says why a number is null.',
  {
    rows: counter,
    valid: counter,
    missing: counter,
    nan: counter,
    infinite: counter,
    distinct: maybeNumber,
    min: json,
    max: json,
    mean: maybeNumber,
    std: maybeNumber.describe('The sample standard deviation (ddof 1).'),
    quantiles: z.record(z.string(), z.number()).describe('Type-7 quantiles by probability.'),
  },
)

const key = withReasons(
  'One tested aspect of a column; `<name>Reason` says why a number is null.',
  {
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
    certain: z
      .boolean()
      .describe('Whether the lower confidence bound alone exceeds the threshold.'),
    detectable: maybeNumber.describe('The smallest effect these rows could show.').exactOptional(),
    n: z.strictObject({ reference: counter, current: counter }).exactOptional(),
    warnings: z.array(z.string()).exactOptional(),
  },
)

const beyondEdges = z.strictObject({ below: counter, above: counter })

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
    distances: numbersWithReasons(
      'Distances by name, of values at the coarser precision of both sides; the base of Jensen-Shannon is 2.',
    ),
    outOfRange: z.strictObject({ belowMin: counter, aboveMax: counter }).nullable(),
    novel: z.array(categoryCount),
    vanished: z.array(categoryCount),
    histogram: z
      .strictObject({
        edges: z.array(z.number()),
        reference: z.array(z.number()),
        current: z.array(z.number()),
        outside: z
          .strictObject({ reference: beyondEdges, current: beyondEdges })
          .describe('How many values of the outer bins lie beyond the edges.')
          .exactOptional(),
      })
      .describe(
        'Counts of the finite values, as read, between the edges; the first and the last bin also hold everything beyond the outer edges.',
      )
      .nullable(),
    outcome,
    findings: z.array(finding),
  })
  .describe('What became of one column of a comparison.')

const score = z
  .strictObject({
    profile: z.literal('ml-test-score'),
    total: maybeNumber.describe('The least of the sums of the sections.'),
    totalReason: z.string().exactOptional(),
    sections: z.array(
      z.strictObject({
        id: z.string(),
        points: z.number(),
        of: counter,
        tests: z.array(
          z.strictObject({
            id: z.string(),
            points: z.number().describe('1 by a check, 0.5 by a person.'),
            by: z.enum(['check', 'person']).nullable(),
            item: z.string().nullable().describe('The item that counts.'),
            outcome: outcome.nullable(),
          }),
        ),
      }),
    ),
  })
  .describe('The score of a profile that has one; it does not change the verdict.')

const storedResult = z
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
    parameters: z.record(z.string(), json),
    seed: z.number(),
    items: z.array(item),
    columns: z.array(column),
    findings: z.array(finding).describe('About the tables or files as a whole.'),
    calibration: z
      .strictObject({
        splits: counter,
        alarms: counter,
        upperBound: z.number().describe('The one-sided 95 % Clopper-Pearson bound.'),
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
    score: score.exactOptional(),
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
      exitCode: z.literal([0, 1, 2, 3, 4, 70, 130]),
      reason: z.string(),
    }),
    run: z
      .strictObject({
        startedAt: z.string(),
        durationMs: z.number(),
        node: z.string(),
        platform: z.string(),
        isolation: z.array(z.string()),
        measurements: z
          .record(z.string(), z.record(z.string(), json))
          .describe('What was measured on this machine, by item: times and memory.')
          .exactOptional(),
      })
      .describe('Everything that may differ between two runs on the same input.'),
  })
  .describe('The result of a run of mlcheck.')

/** What the schema itself says, for the proof that it is `Result` and neither less nor more. */
export type StoredResult = z.output<typeof storedResult>

/** The schema of a stored result. */
export const resultSchema: z.ZodType<Result> = storedResult
