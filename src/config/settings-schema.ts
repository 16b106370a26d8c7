import * as z from 'zod'
import { block, count, labels, problemAt, text } from './blocks.ts'
import { FEATURE_TYPES } from './manifest.ts'
import {
  COLUMN_ROLES,
  DRIFT_RULES,
  type ColumnOverrides,
  type SettingsContent,
} from './settings.ts'

const pair = (description: string) =>
  z
    .tuple([z.number().min(0).max(1), z.number().min(0).max(1)])
    .refine(([warn, fail]) => warn <= fail, {
      error: 'the threshold of a warning is larger than the one of a failure',
    })
    .describe(description)
    .exactOptional()

/** More would run for days; the command line has the same limit. */
const MAX_SPLITS = 100_000

const thresholds = block('Shares of rows from which a key warns and fails, each as [warn, fail].', {
  shape: pair('The shape of the distribution.'),
  tail: pair('Rows beyond what the reference holds.'),
  novel: pair('Rows with a category that the reference lacks.'),
  missing: pair('The change of the share of missing values.'),
})

const CATEGORIES: ReadonlySet<string> = new Set(['category', 'boolean'])
const NUMBERS: ReadonlySet<string> = new Set(['number', 'integer'])

const column: z.ZodType<ColumnOverrides> = block(
  'What is known of one column.',
  {
    type: z
      .enum(FEATURE_TYPES)
      .describe(`The type: ${FEATURE_TYPES.join(', ')}.`)
      .exactOptional(),
    role: z
      .enum(COLUMN_ROLES)
      .describe(`What it is for: ${COLUMN_ROLES.join(', ')}.`)
      .exactOptional(),
    thresholds: thresholds.exactOptional(),
    min: z.number().describe('One smaller value fails the column.').exactOptional(),
    max: z.number().describe('One larger value fails the column.').exactOptional(),
    values: labels(
      'All values of a category; one other value fails the column. Makes it a category.',
    ).exactOptional(),
  },
  ({ type, min, max, values }, context) => {
    if (min !== undefined && max !== undefined && min > max) {
      problemAt(context, ['min'], '`min` is larger than `max`')
    }
    if (values !== undefined && type !== undefined && !CATEGORIES.has(type)) {
      problemAt(context, ['values'], `\`values\` applies to a category, and the type is ${type}`)
    }
    for (const [name, bound] of Object.entries({ min, max })) {
      if (bound === undefined || (type !== undefined && NUMBERS.has(type))) continue
      if (type === undefined && values === undefined) continue
      const found = type === undefined ? '`values` makes it a category' : `the type is ${type}`
      problemAt(context, [name], `\`${name}\` applies to a number, and ${found}`)
    }
  },
).transform(({ min, max, ...rest }) => ({
  ...rest,
  // Labels that look like numbers are read as numbers unless the type is bound.
  ...(rest.values === undefined || rest.type !== undefined ? {} : { type: 'category' as const }),
  ...(min === undefined && max === undefined
    ? {}
    : { range: { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) } }),
}))

const drift = block('How two snapshots are compared.', {
  rule: z
    .enum(DRIFT_RULES)
    .describe(`What decides: ${DRIFT_RULES.join(', ')}.`)
    .exactOptional(),
  also_rules: z
    .array(z.enum(DRIFT_RULES))
    .describe('Rules whose verdicts are shown beside it.')
    .exactOptional(),
  alpha: z
    .number()
    .gt(0)
    .lt(1)
    .describe('The chance of a false alarm in the whole run; 0.01 if not given.')
    .exactOptional(),
  fail_on: z
    .enum(['warn', 'fail'])
    .describe('The outcome from which the gate closes.')
    .exactOptional(),
  thresholds: thresholds.exactOptional(),
  only: z.array(z.string()).min(1).describe('Compare these columns alone.').exactOptional(),
  group_key: text('Rows with one value of this column are not independent.').exactOptional(),
  time_column: text('The column that says when a row came about.').exactOptional(),
  accept_sensitivity: z
    .number()
    .gt(0)
    .lt(1)
    .describe('A shape passes if a change of this share of rows would have been seen.')
    .exactOptional(),
  calibrate: z
    .union([z.literal('auto'), z.int().min(0).max(MAX_SPLITS)])
    .describe('Half-splits of the reference for the self-check, `auto`, or 0 for none.')
    .exactOptional(),
  permutations: z
    .int()
    .min(1)
    .max(MAX_SPLITS)
    .describe('Random label exchanges with a group key.')
    .exactOptional(),
  max_drifted_features: count('Drifted features that the textbook rule tolerates.').exactOptional(),
  columns: z.record(z.string(), column).describe('Columns by name.').exactOptional(),
})

const character = (description: string) =>
  z
    .string()
    .refine((value) => Array.from(value).length === 1, { error: 'expected one character' })
    .meta({ description, minLength: 1 })
    .exactOptional()

const csv = block(
  'How CSV files are read.',
  {
    delimiter: character('What separates values.'),
    quote: character('What encloses a value that contains a delimiter.'),
    decimal: z.enum(['.', ',']).describe('The decimal mark.').exactOptional(),
    missing: z.array(z.string()).describe('What stands for a missing value.').exactOptional(),
    header: z.boolean().describe('Whether the first line names the columns.').exactOptional(),
  },
  ({ delimiter, quote, decimal }, context) => {
    if (delimiter !== undefined && delimiter === decimal) {
      problemAt(context, ['decimal'], 'the decimal mark is also the delimiter')
    }
    if (delimiter !== undefined && delimiter === quote) {
      problemAt(context, ['quote'], 'the quote is also the delimiter')
    }
  },
)

const globalNames = (description: string) =>
  z
    .array(
      z.string().regex(/^[^\s.]+(\.[^\s.]+)+$/, {
        error: 'expected the full name of a Python global, such as mypackage.scaling.LogScaler',
      }),
    )
    .describe(description)
    .exactOptional()

const inspect = block(
  'What model files may refer to, beside what mlcheck knows.',
  {
    allow: globalNames(
      'Python globals that are harmless to load, as module.name; what is known to run code cannot be allowed.',
    ),
    deny: globalNames('Python globals that make a model file unsafe, as module.name.'),
  },
  ({ allow = [], deny = [] }, context) => {
    for (const [index, name] of allow.entries()) {
      if (deny.includes(name)) problemAt(context, ['allow', index], `\`${name}\` is denied as well`)
    }
  },
)

/** The schema of `mlcheck.yaml`. */
export const settingsSchema: z.ZodType<SettingsContent> = block(
  'Settings of mlcheck for one project.',
  {
    drift: drift.exactOptional(),
    csv: csv.exactOptional(),
    run: block('How commands of the manifest are run.', {
      allow: z
        .boolean()
        .describe(
          'Whether they may be run at all; it counts only in a file of the manifest’s own repository.',
        )
        .exactOptional(),
      isolation: z
        .enum(['auto', 'none'])
        .describe('`auto`: as isolated as the system allows; `none`: no sandbox.')
        .exactOptional(),
      seed: z
        .int()
        .min(0)
        .max(4294967295)
        .describe('The seed of everything random.')
        .exactOptional(),
    }).exactOptional(),
    inspect: inspect.exactOptional(),
    report: z
      .array(
        z.string().regex(/^[a-z][a-z0-9-]*(=.+)?$/, {
          error: 'expected FORMAT or FORMAT=PATH, such as html=report/index.html',
        }),
      )
      .describe('Reports to write, each as FORMAT or FORMAT=PATH.')
      .exactOptional(),
  },
)
