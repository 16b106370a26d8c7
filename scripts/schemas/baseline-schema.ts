import * as z from 'zod'
import { columnSummary } from '../../src/config/result-schema.ts'
import { BASELINE_KIND, BASELINE_VERSION, type Baseline } from '../../src/drift/baseline.ts'
import { LOGICAL_TYPES } from '../../src/table/types.ts'

/**
 * The published schema of a baseline. `drift` holds the type and, free of packages, the check of what is
 * read; this says the same to consumers, and tests hold the two together.
 */

const count = z.int().min(0)
const extended = z.union([z.number(), z.enum(['Infinity', '-Infinity'])])
const counts = z.array(count)

const grid = z
  .strictObject({
    n: count.describe('The number of values.'),
    points: count.describe('The number of order statistics, evenly spaced by rank.'),
    shift: z.int().min(0).max(52).describe('Trailing bits left out.'),
    isExact: z.boolean().describe('Whether the bits left out are all zero.'),
    first: z
      .string()
      .regex(/^[0-9a-f]{1,16}$/)
      .describe('The leading bits of the first order statistic, in hexadecimal.'),
    steps: z
      .string()
      .regex(/^[A-Za-z0-9+/]*={0,2}$/)
      .describe('Differences to the next, unsigned LEB128, base64.'),
    ties: z
      .array(z.tuple([extended, count, count]))
      .describe('Values that many rows share: value, values below it, values up to it.'),
  })
  .describe('Order statistics, each as an interval of doubles that certainly holds it.')

const numeric = z
  .strictObject({
    negativeInfinity: count,
    positiveInfinity: count,
    tail: z
      .strictObject({ r: z.number(), low: extended, high: extended })
      .describe('The r-th smallest and the r-th largest value.'),
    largest: z.number().nullable().describe('The largest absolute finite value.'),
    deciles: z.strictObject({ cuts: z.array(z.number()), counts }),
    histogram: z.strictObject({ edges: z.array(z.number()), counts }),
    values: z
      .array(z.tuple([extended, count]))
      .describe('Every value with its count, where there are few.')
      .exactOptional(),
    grid: grid.exactOptional(),
  })
  .describe('Of a number, a time (milliseconds since 1970), or the length of a text.')

const categories = z
  .strictObject({
    counts: z.array(z.tuple([z.string(), count])).describe('The most frequent values.'),
    rest: z.strictObject({ distinct: count, rows: count }).describe('All others together.'),
  })
  .describe('Of a category or a truth value.')

const precision = z
  .union([
    z.strictObject({ kind: z.literal('float32') }),
    z.strictObject({ kind: z.literal('float64') }),
    z.strictObject({
      kind: z.literal('decimals'),
      digits: count.describe('The most digits after the point of any value.'),
    }),
  ])
  .describe('The most precise value that the file could express; of type number only.')

const column = z.strictObject({
  name: z.string(),
  type: z.enum(LOGICAL_TYPES),
  physical: z.string().describe('The type in the file.'),
  evidence: z.string().describe('What the type was inferred from.'),
  precision: precision.exactOptional(),
  summary: columnSummary.describe('For people to read; counts are exact.'),
  numeric: numeric.exactOptional(),
  categories: categories.exactOptional(),
})

const baseline = z
  .strictObject({
    kind: z.literal(BASELINE_KIND),
    schemaVersion: z.literal(BASELINE_VERSION).describe('The version of this format.'),
    source: z
      .strictObject({ path: z.string(), format: z.string(), sha256: z.string(), bytes: count })
      .describe('What was profiled, bound to its bytes.'),
    rows: count,
    columns: z.array(column),
  })
  .describe('The distribution statistics of a snapshot, without its rows.')

/** What the schema itself says, for the proof that it is `Baseline` and neither less nor more. */
export type PublishedBaseline = z.output<typeof baseline>

export const baselineSchema: z.ZodType<Baseline> = baseline
