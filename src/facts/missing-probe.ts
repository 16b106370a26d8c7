import {
  predict,
  type PredictProblem,
  type PredictRequest,
  type PredictResult,
} from '../runner/predict.ts'
import type { ManifestFeature } from '../config/manifest.ts'
import type { Collector, FactContext } from './context.ts'
import { predictSample, withRows } from './predict-sample.ts'

/** What the predict command does when a value of a real row is taken away. */
export interface MissingProbe {
  readonly data: string
  /** Why not even the row with all its values was answered; then nothing else was asked. */
  readonly completeProblem: PredictProblem | undefined
  /** Features with the policy `impute` or `native`; one row without each, and one without any of them. */
  readonly treated: readonly string[]
  readonly treatmentProblem: PredictProblem | undefined
  /** The treated features without which a row alone is not answered. */
  readonly untreated: readonly string[]
  /** Features with the policy `reject` that were asked about, one process each. */
  readonly rejected: readonly string[]
  /** Those of them without which a row is answered all the same, or ends the command in no orderly way. */
  readonly accepted: readonly string[]
  /** Whether the data had a row to ask about. */
  readonly hasRow: boolean
}

/** One process each, and starting a Python process takes seconds. */
const SINGLE_PROBES = 4

export const missingProbe: Collector<MissingProbe> = {
  title: 'What the predict command does with a missing value',
  async collect(key, context) {
    const sample = await predictSample(key, context)
    if ('state' in sample) return sample
    const value = await probe(sample.request, context)
    return { key, state: 'present', value: { ...value, data: sample.data }, source: sample.source }
  },
}

async function probe(
  request: PredictRequest,
  { runner, manifest }: FactContext,
): Promise<Omit<MissingProbe, 'data'>> {
  const policies = Object.entries(manifest.features ?? {}).filter(([name]) =>
    request.table.columns.includes(name),
  )
  const treated = namesWith(policies, ['impute', 'native'])
  const rejected = namesWith(policies, ['reject']).slice(0, SINGLE_PROBES)
  const nothing = { treatmentProblem: undefined, untreated: [], accepted: [] }
  const at = fullestRow(request)
  if (at === undefined) {
    return { ...nothing, treated, rejected, completeProblem: undefined, hasRow: false }
  }
  const ask = (gaps: readonly (readonly string[])[]) =>
    predict(runner, withoutValues(withRows(request, [at]), gaps))
  const shared = { treated, rejected, hasRow: true }
  const completeProblem = problemOf(await ask([[]]))
  if (completeProblem !== undefined) return { ...shared, ...nothing, completeProblem }

  const together = [...treated.map((name) => [name]), treated]
  const treatmentProblem = treated.length === 0 ? undefined : problemOf(await ask(together))
  const untreated: string[] = []
  if (treatmentProblem !== undefined) {
    for (const name of treated.slice(0, SINGLE_PROBES)) {
      if (problemOf(await ask([[name]])) !== undefined) untreated.push(name)
    }
  }
  const accepted: string[] = []
  for (const name of rejected) {
    if (!isOrderlyRefusal(problemOf(await ask([[name]])))) accepted.push(name)
  }
  return { ...shared, completeProblem, treatmentProblem, untreated, accepted }
}

function namesWith(
  features: readonly (readonly [string, ManifestFeature])[],
  policies: readonly ManifestFeature['missing'][],
): readonly string[] {
  return features.filter(([, { missing }]) => policies.includes(missing)).map(([name]) => name)
}

/** The row with the fewest gaps, so that what is missing is what was taken away. */
function fullestRow({ table }: PredictRequest): number | undefined {
  let best: number | undefined
  let fewest = Infinity
  for (const [index, row] of table.rows.entries()) {
    const gaps = row.filter((cell) => cell === '').length
    if (gaps < fewest) [best, fewest] = [index, gaps]
  }
  return best
}

/** The one row of a request once for each list of columns, with those cells empty. */
function withoutValues(
  request: PredictRequest,
  gaps: readonly (readonly string[])[],
): PredictRequest {
  const { columns, rows } = request.table
  const [row = []] = rows
  return {
    ...request,
    ids: gaps.map((_, index) => String(index)),
    table: {
      columns,
      rows: gaps.map((empty) =>
        row.map((cell, index) => (empty.includes(columns[index] ?? '') ? '' : cell)),
      ),
    },
  }
}

function problemOf(result: PredictResult): PredictProblem | undefined {
  return result.kind === 'failed' ? result.problem : undefined
}

/** Ways in which a command says that it does not take a row; a crash or a hang is none. */
const REFUSALS: readonly string[] = [
  'PREDICT_EXITED',
  'PREDICT_OUTPUT_MISSING',
  'PREDICT_OUTPUT_ROWS_MISSING',
  'PREDICT_OUTPUT_UNDEFINED',
]

function isOrderlyRefusal(problem: PredictProblem | undefined): boolean {
  return problem !== undefined && REFUSALS.includes(problem.code)
}
