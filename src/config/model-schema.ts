import * as z from 'zod'
import {
  block,
  count,
  duration,
  filePath,
  filePaths,
  isoDay,
  labels,
  problemAt,
  range,
  sha256,
  share,
  size,
  text,
} from './blocks.ts'
import {
  FEATURE_TYPES,
  PREPROCESSING_KINDS,
  TASKS,
  type ManifestContent,
  type ManifestFeature,
  type ManifestOutliers,
} from './manifest.ts'

const NONE = 'none'

const limits = block('What the target of the deployment allows.', {
  size: size('The largest size of the artefact, such as 50MiB.').exactOptional(),
  parameters: count('The most parameters, such as 5e6.').exactOptional(),
  memory: size('The most memory while serving, such as 1GiB.').exactOptional(),
  latency_p95: duration('The 95th percentile of a prediction, such as 50ms.').exactOptional(),
  max_age: duration('The longest time since training, such as 90d.').exactOptional(),
})

const model = block('The model that is to be released.', {
  name: text('The name of the model.'),
  version: text('The version, in quotes when it looks like a number.').exactOptional(),
  task: z.enum(TASKS).describe(`What the model does: ${TASKS.join(', ')}.`),
  path: filePath('The file or folder of the model.'),
  sha256: sha256('The digest that the file must have.').exactOptional(),
  created: isoDay('The day on which the model was trained.').exactOptional(),
  deployed: isoDay(
    'The day on which it went into production, UTC; duties of the phase after count from it.',
  ).exactOptional(),
  trained_through: isoDay('The day of the newest row of the training data.').exactOptional(),
  device: z.enum(['cpu', 'gpu']).describe('What the model is served on.').exactOptional(),
  owner: text('Who answers for the model.').exactOptional(),
  limits: limits.exactOptional(),
})

const previous = block('The version that a rollback returns to.', {
  version: text('The version, in quotes when it looks like a number.').exactOptional(),
  path: filePath('The file or folder of the previous model.'),
  sha256: sha256('The digest that the file must have.').exactOptional(),
})

const data = block(
  'Snapshots of the data and what their columns are for.',
  {
    train: filePath('The rows the model was fitted on.').exactOptional(),
    validation: filePath('The rows it was tuned on.').exactOptional(),
    test: filePath('The rows it was judged on.').exactOptional(),
    reference: filePath('What production is compared with.').exactOptional(),
    target: text('The column that is predicted.').exactOptional(),
    key: text('The column whose rows belong together, such as a customer.').exactOptional(),
    time: text('The column that says when a row came about.').exactOptional(),
    exploration: text(
      'The column that marks randomised decisions, or `none` with `reason`.',
    ).exactOptional(),
    reason: text('Why no decision is randomised, with `exploration: none`.').exactOptional(),
    statistics: filePath('The baseline that `mlcheck profile` wrote.').exactOptional(),
    schemas: filePaths(
      'Schema files: pandera YAML, Great Expectations JSON, TensorFlow pbtxt, JSON Schema or OpenAPI.',
    ).exactOptional(),
  },
  ({ exploration, reason }, context) => {
    requireReason(context, 'exploration', exploration === NONE, reason)
  },
).transform(({ exploration, reason, ...rest }) => ({
  ...rest,
  ...(exploration === undefined || exploration === NONE ? {} : { exploration }),
  ...(reason === undefined ? {} : { noExplorationReason: reason }),
}))

function requireReason(
  context: z.RefinementCtx,
  key: string,
  isNone: boolean,
  reason: string | undefined,
): void {
  if (isNone && reason === undefined) {
    problemAt(context, [key], `\`${key}: none\` needs a \`reason\` beside it`)
  }
  if (!isNone && reason !== undefined) {
    problemAt(context, ['reason'], `a reason stands here only beside \`${key}: none\``)
  }
}

const outliers = block(
  'Values that serving treats as outliers: fixed limits, or quantiles with a margin.',
  {
    below: z.number().describe('Smaller values are outliers.').exactOptional(),
    above: z.number().describe('Larger values are outliers.').exactOptional(),
    quantiles: range('Two quantiles of the training data, such as [0.001, 0.999].').exactOptional(),
    margin: z
      .number()
      .min(0)
      .describe('How far beyond, as a share of their distance.')
      .exactOptional(),
  },
  ({ below, above, quantiles, margin }, context) => {
    const isFixed = below !== undefined || above !== undefined
    if (isFixed === (quantiles !== undefined)) {
      problemAt(context, [], 'expected `below` or `above`, or else `quantiles`')
    }
    if (margin !== undefined && quantiles === undefined) {
      problemAt(context, ['margin'], '`margin` goes with `quantiles`')
    }
    if (below !== undefined && above !== undefined && below > above) {
      problemAt(context, ['below'], '`below` is larger than `above`')
    }
    if (quantiles !== undefined && (quantiles[0] < 0 || quantiles[1] > 1)) {
      problemAt(context, ['quantiles'], 'quantiles lie between 0 and 1')
    }
  },
).transform((value) => value as ManifestOutliers)

const NUMERIC_ONLY = ['min', 'max', 'outliers'] as const
const CATEGORY_ONLY = ['values', 'unseen'] as const

const feature: z.ZodType<ManifestFeature> = block(
  'One input of the model.',
  {
    type: z.enum(FEATURE_TYPES).describe(`The type: ${FEATURE_TYPES.join(', ')}.`),
    min: z.number().describe('The smallest value that is allowed.').exactOptional(),
    max: z.number().describe('The largest value that is allowed.').exactOptional(),
    values: labels('All values of a category.').exactOptional(),
    missing: z
      .enum(['reject', 'impute', 'drop', 'native'])
      .describe('What serving does without a value; `native`: the model itself takes it.')
      .exactOptional(),
    outliers: outliers.exactOptional(),
    unseen: z
      .enum(['reject', 'ignore', 'other'])
      .describe('What serving does with a value that is not among `values`.')
      .exactOptional(),
  },
  (value, context) => {
    const isNumeric = value.type === 'number' || value.type === 'integer'
    const isCategory = value.type === 'category' || value.type === 'boolean'
    for (const key of NUMERIC_ONLY) {
      if (value[key] === undefined || isNumeric) continue
      problemAt(context, [key], `\`${key}\` goes with the types number and integer`)
    }
    for (const key of CATEGORY_ONLY) {
      if (value[key] === undefined || isCategory) continue
      problemAt(context, [key], `\`${key}\` goes with the types category and boolean`)
    }
    if (value.min !== undefined && value.max !== undefined && value.min > value.max) {
      problemAt(context, ['min'], '`min` is larger than `max`')
    }
  },
)

const preprocessing = block(
  'Saved parameters of one step.',
  {
    kind: z.enum(PREPROCESSING_KINDS).describe(`The step: ${PREPROCESSING_KINDS.join(', ')}.`),
    path: filePath('The file that holds the parameters.').exactOptional(),
    inside: z
      .literal('model')
      .describe('`model`: the step is part of the model file.')
      .exactOptional(),
    columns: z
      .array(z.string())
      .min(1)
      .describe('The columns, in the order of the parameters.')
      .exactOptional(),
  },
  ({ path, inside }, context) => {
    if ((path === undefined) !== (inside === undefined)) return
    problemAt(context, [], 'expected `path`, or else `inside: model`')
  },
)

const SAME_AS_LABEL = 'this is the column of `label`, which no model has said'

const predictions = block(
  'Labelled predictions of one split: a table, and the names of its columns.',
  {
    path: filePath('The table of predictions.'),
    label: text('The true value.'),
    prediction: text('The predicted value.').exactOptional(),
    score: z
      .union([z.string().min(1), z.record(z.string(), z.string().min(1))])
      .describe('The score column, or the score column of each class.')
      .exactOptional(),
    positive: z
      .union([z.string().min(1), z.number(), z.boolean()])
      .transform((value) => String(value))
      .describe('The positive class of two, such as late; 0/1 and true/false need none.')
      .exactOptional(),
    previous: text('What the previous model predicts for the same rows.').exactOptional(),
    baseline: text('What the baseline predicts for the same rows.').exactOptional(),
    slices: z
      .array(z.string())
      .min(1)
      .describe('Columns that part the rows into groups.')
      .exactOptional(),
  },
  ({ label, prediction, score, previous, baseline }, context) => {
    const said = { prediction, previous, baseline, ...(typeof score === 'string' ? { score } : {}) }
    for (const [key, column] of Object.entries(said)) {
      if (column === label) problemAt(context, [key], SAME_AS_LABEL)
    }
    for (const [name, column] of Object.entries(typeof score === 'object' ? score : {})) {
      if (column === label) problemAt(context, ['score', name], SAME_AS_LABEL)
    }
  },
)

const metric = block(
  'A metric that is claimed.',
  {
    name: text('The metric, such as accuracy.'),
    split: text('The block of `predictions` that it was computed from.'),
    value: z.number().describe('The claimed value.'),
    ci: range('Its confidence interval.').exactOptional(),
    level: z
      .number()
      .gt(0)
      .lt(1)
      .describe('The confidence of the interval; 0.95 if not given.')
      .exactOptional(),
  },
  ({ ci, value, level }, context) => {
    if (ci !== undefined && (value < ci[0] || value > ci[1])) {
      problemAt(context, ['ci'], 'the interval does not contain `value`')
    }
    if (level !== undefined && ci === undefined)
      problemAt(context, ['level'], '`level` goes with `ci`')
  },
)

const commandLine = {
  run: z.array(z.string()).min(1).describe('The program and its arguments; there is no shell.'),
  timeout: duration('The longest run, such as 60s.').exactOptional(),
}

function command(description: string, placeholders: readonly string[] = []) {
  return block(description, commandLine, requirePlaceholders(placeholders))
}

function requirePlaceholders(placeholders: readonly string[]) {
  return ({ run }: { readonly run: readonly string[] }, context: z.RefinementCtx): void => {
    for (const placeholder of placeholders) {
      if (run.some((argument) => argument.includes(placeholder))) continue
      problemAt(context, ['run'], `no argument contains ${placeholder}`)
    }
  }
}

const urlPath = (description: string) =>
  z
    .string()
    .regex(/^\//, { error: 'expected a path that begins with /' })
    .describe(description)
    .exactOptional()

const commands = block('The only commands that mlcheck may run, and only when it is allowed to.', {
  predict: command(
    'Reads rows from {input}, writes predictions to {output}; {model} stands for the path of the model, so that one that is trained again can be asked too.',
    ['{input}', '{output}'],
  ).exactOptional(),
  worker: command('Answers rows on standard input with predictions.').exactOptional(),
  train: command(
    'Trains the model again and writes it to {output}, which is compared with the released one.',
    ['{output}'],
  ).exactOptional(),
  tests: z
    .record(
      z.string(),
      command('One suite of tests; {junit} stands for the path of a JUnit report to write.'),
    )
    .describe('The test suites by name, such as unit and integration.')
    .exactOptional(),
  serve: block(
    'Serves the model on {port}.',
    {
      ...commandLine,
      ready: urlPath('The address that answers once the model is loaded.'),
      predict: urlPath('The address for predictions.'),
      metrics: urlPath('The address of the metrics.'),
      request: z
        .json()
        .describe('The body of a request; "{rows}" stands for the rows.')
        .exactOptional(),
    },
    requirePlaceholders(['{port}']),
  ).exactOptional(),
})

const monitoring = block('What watches the model in production.', {
  drift: block('The scheduled comparison of inputs and predictions.', {
    config: filePath('The settings of the comparison.').exactOptional(),
    schedule: filePath('The file that schedules it.').exactOptional(),
    prediction_column: text('The column of predictions that is watched.').exactOptional(),
  }).exactOptional(),
  rules: filePaths('Alert rules.').exactOptional(),
  rule_tests: filePaths('Tests of the alert rules.').exactOptional(),
  dashboards: filePaths('Dashboards.').exactOptional(),
  alertmanager: filePath('Where alerts are sent.').exactOptional(),
  performance: block('The log of predictions with labels.', {
    log: filePath('The log.'),
    label_delay: duration('How long a label takes to arrive, such as 30d.').exactOptional(),
  }).exactOptional(),
  slo: block('What the service promises.', {
    latency_p95: duration('The 95th percentile of a request, such as 50ms.').exactOptional(),
    error_rate: share('The share of requests that may fail.').exactOptional(),
  }).exactOptional(),
  exports: block('Exports of the monitoring systems.', {
    metrics: filePath('A range of metrics.').exactOptional(),
    alerts: filePath('The alerts that fired.').exactOptional(),
    rollout: filePath('The course of the rollout.').exactOptional(),
    assignments: filePath('Who saw which version.').exactOptional(),
  }).exactOptional(),
})

const manifest = block(
  'The manifest of a model: where the evidence for each item of the checklist is. Paths are relative to this file.',
  {
    version: z.literal(1).describe('The version of this format: 1.'),
    model,
    previous: z
      .union([z.literal(NONE), previous])
      .describe('The version before this one, or `none` with `reason` for a first release.')
      .exactOptional(),
    reason: text('Why there is no earlier version, with `previous: none`.').exactOptional(),
    data: data.exactOptional(),
    features: z
      .record(z.string(), feature)
      .describe('The inputs of the model by name.')
      .exactOptional(),
    preprocessing: z
      .array(preprocessing)
      .describe('The saved parameters of the preprocessing.')
      .exactOptional(),
    predictions: z
      .record(z.string(), predictions)
      .describe('Labelled predictions by split, such as test.')
      .exactOptional(),
    metrics: z.array(metric).describe('The metrics that are claimed.').exactOptional(),
    requirements_on_metrics: block('What the metrics must reach.', {
      min_gain_over_baseline: z
        .number()
        .describe('The least gain over the baseline.')
        .exactOptional(),
      min_recall_per_class: share('The least recall of each class.').exactOptional(),
      min_support: count('The fewest rows of a class that can be judged.').exactOptional(),
    }).exactOptional(),
    reports: block('Documents about the model.', {
      error_analysis: filePath('The analysis of what the model gets wrong.').exactOptional(),
      model_card: filePath(
        'The model card: Markdown, or JSON of CycloneDX or TensorFlow.',
      ).exactOptional(),
      metrics: filePath(
        'Metrics as nested JSON numbers; metrics.json beside this file is read without it.',
      ).exactOptional(),
    }).exactOptional(),
    commands: commands.exactOptional(),
    dependencies: block('What the model needs to run.', {
      files: filePaths('Requirement and lock files.').exactOptional(),
      python: text('The version of Python, in quotes.').exactOptional(),
      dockerfile: filePath('The Dockerfile of the service.').exactOptional(),
    }).exactOptional(),
    code: block('Source code.', {
      serving: filePaths('The code that serves the model.').exactOptional(),
      preprocessing: filePaths('The code that prepares its inputs.').exactOptional(),
      tests: filePaths('The tests.').exactOptional(),
    }).exactOptional(),
    test_reports: block('Reports of test runs.', {
      junit: filePaths('JUnit reports.').exactOptional(),
      coverage: filePath('The coverage report.').exactOptional(),
    }).exactOptional(),
    monitoring: monitoring.exactOptional(),
    rollout: block('How the release reaches its users.', {
      canary: filePath('The plan of the canary.').exactOptional(),
      ab: filePath('The plan of the A/B test.').exactOptional(),
      flags: filePath('The feature flags.').exactOptional(),
    }).exactOptional(),
    rollback: block('How the release is taken back.', {
      procedure: filePath('The written procedure.').exactOptional(),
      pointer: filePath('The link or file that names the current version.').exactOptional(),
      cache_purge: command('Clears cached predictions.').exactOptional(),
      notify: block('Who is told.', { file: filePath('The file to append to.') }).exactOptional(),
      incident_log: filePath('The log of incidents.').exactOptional(),
      drill: command('Rehearses the rollback.').exactOptional(),
    }).exactOptional(),
    retraining: block('When the model is trained again.', {
      last: isoDay('The day of the last training.').exactOptional(),
      max_age: duration('The longest time between two trainings, such as 90d.').exactOptional(),
      max_drifted_features: count('The most features that may have drifted.').exactOptional(),
      max_degradation: z
        .number()
        .min(0)
        .describe('The largest loss of performance.')
        .exactOptional(),
    }).exactOptional(),
    team: block('Who runs the model.', {
      on_call: filePath('The on-call plan.').exactOptional(),
    }).exactOptional(),
  },
  (value, context) => {
    requireReason(context, 'previous', value.previous === NONE, value.reason)
  },
)

/** The schema of `model.yaml`. */
export const modelSchema: z.ZodType<ManifestContent> = manifest.transform(
  ({ previous: before, reason, ...rest }) => ({
    ...rest,
    ...(before === undefined || before === NONE ? {} : { previous: before }),
    ...(reason === undefined ? {} : { noPreviousReason: reason }),
  }),
)
