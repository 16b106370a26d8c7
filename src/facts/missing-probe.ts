import {
  predict,
  type PredictProblem,
  type PredictRequest,
  type PredictResult,
} from '../runner/predict.ts'
import type { ManifestFeature } from '../config/manifest.ts'
import type { Collector, FactContext } from './context.ts'
import { changedInputs } from './input-digests.ts'
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
  /** Those of them without which a row is answered all the same. */
  readonly accepted: readonly string[]
  /** Those of them without which the command ends in no orderly way, with what happened. */
  readonly crashes: readonly { readonly feature: string; readonly problem: PredictProblem }[]
  /** Features with the policy `drop`, which concerns rows before training: nothing can be asked. */
  readonly dropped: readonly string[]
  /** Files that the audit reads and that are not what they were before the first command. */
  readonly changedInputs: readonly string[]
  /** Whether the data had a row to ask about. */
  readonly hasRow: boolean
}

/** One process each, and starting a Python process takes seconds. */
const SINGLE_PROBES = 4

export const missingProbe: Collector<MissingProbe> = {
  title: 'What the predict command does with a missing value',
  async collect(key, context, facts) {
    const sample = await predictSample(key, context)
    if ('state' in sample) return sample
    const before = await facts.get('inputs.digests')
    const value: MissingProbe = {
      ...(await probe(sample.request, context)),
      data: sample.data,
      changedInputs: await changedInputs(before, context),
    }
    return { key, state: 'present', value, source: sample.source }
  },
}

async function probe(
  request: PredictRequest,
  { runner, manifest }: FactContext,
): Promise<Omit<MissingProbe, 'data' | 'changedInputs'>> {
  const policies = Object.entries(manifest.features ?? {}).filter(([name]) =>
    request.table.columns.includes(name),
  )
  const treated = namesWith(policies, ['impute', 'native'])
  const rejected = namesWith(policies, ['reject']).slice(0, SINGLE_PROBES)
  const dropped = namesWith(policies, ['drop'])
  const nothing = { treatmentProblem: undefined, untreated: [], accepted: [], crashes: [] }
  const at = fullestRow(request)
  if (at === undefined) {
    return { ...nothing, treated, rejected, dropped, completeProblem: undefined, hasRow: false }
  }
  const ask = (gaps: readonly (readonly string[])[]) =>
    predict(runner, withoutValues(withRows(request, [at]), gaps))
  const shared = { treated, rejected, dropped, hasRow: true }
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
  const crashes: { feature: string; problem: PredictProblem }[] = []
  for (const feature of rejected) {
    const result = await ask([[feature]])
    if (result.kind === 'predicted' || isNumberOutOfRange(result)) accepted.push(feature)
    else if (!isOrderlyRefusal(result, feature)) crashes.push({ feature, problem: result.problem })
  }
  return { ...shared, completeProblem, treatmentProblem, untreated, accepted, crashes }
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

/** Answers that leave the row out, or say in its place that there is no prediction. */
const ROW_REFUSALS: readonly string[] = ['PREDICT_OUTPUT_ROWS_MISSING', 'PREDICT_OUTPUT_UNDEFINED']

/** A number beyond the bounds of a score answers the row, if badly. */
function isNumberOutOfRange({ problem }: Failed): boolean {
  const { value } = problem.args
  return (
    problem.code === 'PREDICT_OUTPUT_UNDEFINED' &&
    typeof value === 'string' &&
    value.trim() !== '' &&
    Number.isFinite(Number(value))
  )
}

/** What the runtimes print when nobody caught the error: Python, Node, Java, Rust, Go and C++. */
export const STACK_TRACE =
  /^Traceback \(most recent call last\)|^ {4}at \S|^Exception in thread |^thread '.*' .*panicked at|^panic: |^terminate called /m

/** The one row that is asked about has the id 0. */
const ASKED_ROW = /\brow\W{0,3}0\b/i

/**
 * Whether a command says by itself that it does not take the row: an answer without the row or with no
 * prediction for it, or a non-zero exit that names the feature or the row on standard error. An error
 * that nobody caught, a signal or a hang is no refusal, whatever it names.
 */
export function isOrderlyRefusal(
  { problem, stderr }: Pick<Failed, 'problem' | 'stderr'>,
  feature: string,
): boolean {
  if (ROW_REFUSALS.includes(problem.code)) return true
  if (problem.code !== 'PREDICT_EXITED' || STACK_TRACE.test(stderr)) return false
  return namesWhole(stderr, feature) || ASKED_ROW.test(stderr)
}

type Failed = Extract<PredictResult, { readonly kind: 'failed' }>

/** Whether a name stands in a text with no letter, digit or underscore beside it. */
function namesWhole(text: string, name: string): boolean {
  const isPartOfName = (character: string | undefined) =>
    character !== undefined && /[\p{L}\p{N}_]/u.test(character)
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!isPartOfName(text[at - 1]) && !isPartOfName(text[at + name.length])) return true
  }
  return false
}
