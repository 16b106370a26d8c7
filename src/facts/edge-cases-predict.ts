import {
  predict,
  type Predictions,
  type PredictRequest,
  type PredictResult,
} from '../runner/predict.ts'
import type { TextTable } from '../runner/exchange-csv.ts'
import type { WorkerRow } from '../runner/worker.ts'
import { comparePredictions } from './compare-predictions.ts'
import type { FactContext } from './context.ts'
import {
  fullest,
  NOTHING_ASKED,
  together,
  type AskedCases,
  type EdgeBehaviour,
} from './edge-behaviour.ts'
import { edgeCaseInputs, type EdgeCaseInput, type EdgeCaseKind } from './edge-case-inputs.ts'
import { jsonRows } from './json-rows.ts'
import { STACK_TRACE } from './missing-probe.ts'
import type { PredictSample } from './predict-sample.ts'

/** Each question is a process, and starting a Python process takes seconds. */
const BATCH_ROWS = 4

/** How many processes are started in all, and until when. */
const PREDICT_BOUND = { processes: 120, seconds: 300 }

/**
 * Asks the predict command about the cases, one process each. Rows of one kind that differ in one value
 * are asked together once the first of them is predicted: a whole answer, with the first row as it was
 * alone, answers them all, and any other has each of them asked alone.
 *
 * @returns what was asked until the bound; a refusal is a non-zero exit code, or no prediction for the row.
 * @throws InterruptedError when the run was aborted from outside.
 */
export async function askPredictCommand(
  { request, typeOf }: PredictSample,
  { runner, manifest }: FactContext,
): Promise<AskedCases> {
  const rows = jsonRows(request.table, typeOf)
  if (rows.length === 0) return NOTHING_ASKED
  const textOf = spelling(request.table, rows)
  const deadline = performance.now() + PREDICT_BOUND.seconds * 1000
  let processes = 0
  const ask = async (asked: readonly WorkerRow[]): Promise<PredictResult | undefined> => {
    if (processes === PREDICT_BOUND.processes || performance.now() > deadline) return undefined
    processes += 1
    return predict(runner, requestAbout(asked, request, textOf))
  }

  const real = fullest(rows).slice(0, BATCH_ROWS)
  const alone: Predictions[] = []
  for (const row of real) {
    const answer = await ask([row])
    if (answer?.kind === 'predicted') alone.push(answer.predictions)
    else if (answer !== undefined) return { ...NOTHING_ASKED, firstProblem: answer.problem }
  }
  const inputs = edgeCaseInputs({ rows: real, declared: manifest.features ?? {}, typeOf })
  const found = new Map<EdgeCaseInput, EdgeBehaviour>()
  const askAlone = async (input: EdgeCaseInput): Promise<PredictResult | undefined> => {
    const answer = await ask(input.rows)
    if (answer !== undefined) found.set(input, behaviourOf(answer, input, alone))
    return answer
  }
  for (const group of groupsOf(inputs)) {
    const [first, ...others] = group
    if (first === undefined) continue
    const answer = await askAlone(first)
    if (others.length > 1 && answer?.kind === 'predicted') {
      const batch = await ask(group.flatMap((input) => input.rows))
      if (batch?.kind === 'predicted' && isFirstOf(batch.predictions, answer.predictions)) {
        for (const input of others) found.set(input, { kind: 'predict', agreement: undefined })
        continue
      }
    }
    for (const input of others) await askAlone(input)
  }
  const cases = inputs.flatMap((input) => {
    const behaviour = found.get(input)
    return behaviour === undefined
      ? []
      : [{ kind: input.kind, feature: input.feature ?? null, behaviour }]
  })
  return { ...NOTHING_ASKED, cases, notAsked: inputs.length - cases.length }
}

/** Cases of one kind about single rows with the same columns; every other case by itself. */
function groupsOf(inputs: readonly EdgeCaseInput[]): readonly (readonly EdgeCaseInput[])[] {
  const groups = new Map<EdgeCaseKind | EdgeCaseInput, EdgeCaseInput[]>()
  for (const input of inputs) {
    const isAlone = input.feature === undefined || input.kind === 'missing-column'
    const name = isAlone ? input : input.kind
    groups.set(name, [...(groups.get(name) ?? []), input])
  }
  return [...groups.values()]
}

function isFirstOf(batch: Predictions, alone: Predictions): boolean {
  const first = { columns: batch.columns, rows: new Map([['0', batch.rows.get('0') ?? []]]) }
  const { differences, unmatchedColumns } = comparePredictions(alone, first)
  return differences.length === 0 && unmatchedColumns.length === 0
}

function behaviourOf(
  answer: PredictResult,
  { alike }: EdgeCaseInput,
  alone: readonly Predictions[],
): EdgeBehaviour {
  if (answer.kind === 'predicted') {
    const agreement =
      alike === undefined
        ? undefined
        : comparePredictions(together(alone, alike), answer.predictions)
    return { kind: 'predict', agreement }
  }
  const { problem, stderr } = answer
  switch (problem.code) {
    case 'PREDICT_EXITED':
      return { kind: 'reject', isUncaught: STACK_TRACE.test(stderr) }
    case 'PREDICT_OUTPUT_ROWS_MISSING':
      return { kind: 'reject', isUncaught: false }
    case 'PREDICT_OUTPUT_UNDEFINED': {
      const { value } = problem.args
      const isBlank = typeof value === 'string' && value.trim() === ''
      return isBlank ? { kind: 'reject', isUncaught: false } : { kind: 'problem', problem }
    }
    default:
      return { kind: 'problem', problem }
  }
}

type Spelling = (column: string, value: WorkerRow[string]) => string

/** A value of the data as it stands there, and any other as programs read it. */
function spelling({ columns, rows }: TextTable, values: readonly WorkerRow[]): Spelling {
  const known = new Map(
    columns.map((column, at) => [
      column,
      new Map(values.map((row, index) => [row[column], rows[index]?.[at] ?? ''])),
    ]),
  )
  return (column, value) => {
    const text = known.get(column)?.get(value)
    if (text !== undefined) return text
    if (value === null) return ''
    if (typeof value === 'object') return JSON.stringify(value)
    if (typeof value !== 'number' || Number.isFinite(value)) return String(value)
    return value > 0 ? 'inf' : '-inf'
  }
}

function requestAbout(
  rows: readonly WorkerRow[],
  request: PredictRequest,
  textOf: Spelling,
): PredictRequest {
  const [first] = rows
  const columns = first === undefined ? request.table.columns : Object.keys(first)
  const cells = rows.map((row) => columns.map((column) => textOf(column, row[column] ?? null)))
  return { ...request, table: { columns, rows: cells }, ids: rows.map((_, at) => String(at)) }
}
