import { predict, type Predictions } from '../runner/predict.ts'
import { classCodes } from './class-codes.ts'
import type { FactContext } from './context.ts'
import { predictSample } from './predict-sample.ts'
import type { SplitPredictions } from './predictions.ts'
import { textAt, type RowValues } from './row-values.ts'

/** What the predict command says of rows whose predictions are stored. */
export type PredictionsRun =
  | {
      readonly kind: 'not-run'
      /**
       * No predict command, no permission, rows of which nobody knows which rows of the data they are,
       * no column that the command answers, or no claim of the split, which alone has it run.
       */
      readonly reason:
        'no-command' | 'not-allowed' | 'rows-unknown' | 'nothing-to-compare' | 'not-claimed'
    }
  /** The command gave no usable answer; the code says why. */
  | { readonly kind: 'failed'; readonly problem: string }
  | {
      readonly kind: 'compared'
      readonly rows: number
      readonly columns: readonly string[]
      /** Stored predictions and scores that the command does not answer. */
      readonly unanswered: readonly string[]
      readonly differing: number
      readonly first: PredictionDifference | undefined
    }

export interface PredictionDifference {
  /** From 1. */
  readonly row: number
  /** As in the predictions file. */
  readonly column: string
  readonly stored: string | null
  readonly answered: string
}

/**
 * Asks the predict command about a seeded sample of the rows of a split and compares its answers with
 * the stored predictions. Classes must be the same, numbers the same to the digits that are stored.
 *
 * @throws InputError when the data cannot be read. Complexity: one run of the command.
 */
export async function runOnPredictions(
  table: SplitPredictions,
  context: FactContext,
): Promise<PredictionsRun> {
  const { tie } = table
  const sample = await predictSample('metrics.recomputed', context)
  if ('state' in sample) {
    return { kind: 'not-run', reason: sample.state === 'absent' ? 'no-command' : 'not-allowed' }
  }
  const path = tie.kind === 'tied' && tie.by === 'row-order' ? tie.data.path : undefined
  if (path !== sample.data) return { kind: 'not-run', reason: 'rows-unknown' }
  const rows = sample.request.ids.map(Number)
  if (rows.some((row) => row >= table.rows)) return { kind: 'not-run', reason: 'rows-unknown' }
  const answer = await predict(context.runner, sample.request)
  if (answer.kind === 'failed') return { kind: 'failed', problem: answer.problem.code }
  const isNumeric = ['regression', 'ranking'].includes(context.manifest.model.task)
  return compareStored(table, answer.predictions, isNumeric)
}

/** A stored column beside the name under which the command answers it. */
interface StoredColumn {
  readonly name: string
  readonly answer: string
  readonly values: RowValues
  isSame(row: number, answered: string): boolean
}

function compareStored(
  table: SplitPredictions,
  { columns, rows }: Predictions,
  isNumeric: boolean,
): PredictionsRun {
  const all = storedColumns(table, isNumeric, columns)
  const stored = all.filter(({ answer }) => columns.includes(answer))
  if (stored.length === 0) return { kind: 'not-run', reason: 'nothing-to-compare' }
  const differences = [...rows].flatMap(([id, cells]): PredictionDifference[] => {
    const row = Number(id)
    const answered = ({ answer }: StoredColumn) => cells[columns.indexOf(answer)] ?? ''
    const wrong = stored.find((column) => !column.isSame(row, answered(column)))
    if (wrong === undefined) return []
    const { name, values } = wrong
    return [
      {
        row: row + 1,
        column: name,
        stored: textAt(values, row) ?? null,
        answered: answered(wrong),
      },
    ]
  })
  return {
    kind: 'compared',
    rows: rows.size,
    columns: stored.map(({ name }) => name),
    unanswered: all.filter((each) => !stored.includes(each)).map(({ name }) => name),
    differing: differences.length,
    first: differences.sort((a, b) => a.row - b.row)[0],
  }
}

/** The protocol of the command names `prediction`, `score` of the positive class and `score_CLASS`. */
function storedColumns(
  { prediction, scores, label, columns }: SplitPredictions,
  isNumeric: boolean,
  answered: readonly string[],
): readonly StoredColumn[] {
  const found: StoredColumn[] = []
  if (prediction !== undefined) {
    const isSame = isNumeric ? sameNumbers(prediction) : sameClasses(label, prediction)
    const name = columns.prediction ?? ''
    found.push({ name, answer: 'prediction', values: prediction, isSame })
  }
  for (const [className, values] of scores) {
    const name = typeof columns.score === 'object' ? columns.score[className] : columns.score
    const own = `score_${className}`
    const isOnly = scores.size === 1 && !answered.includes(own)
    const answer = className === '' || isOnly ? 'score' : own
    found.push({ name: name ?? '', answer, values, isSame: sameNumbers(values) })
  }
  return found
}

function sameClasses(label: RowValues, prediction: RowValues): StoredColumn['isSame'] {
  const { nameOf } = classCodes([label, prediction])
  return (row, answered) => {
    const stored = textAt(prediction, row)
    return stored !== undefined && nameOf(stored) === nameOf(answered)
  }
}

/** What another processor or a 32-bit float may change of a number, relative to it. */
const SINGLE_PRECISION = 1e-6

/** Equal to the digits of the column; files drop trailing zeros, so its longest number tells how many. */
function sameNumbers(column: RowValues): StoredColumn['isSame'] {
  if (column.kind !== 'numeric') return () => false
  const places = column.values.reduce((most, value) => Math.max(most, decimals(value)), 0)
  const rounding = 10 ** -places / 2
  return (row, answered) => {
    const stored = column.values[row] ?? Number.NaN
    const gap = Math.abs(stored - Number(answered))
    return gap <= rounding + SINGLE_PRECISION * Math.max(1, Math.abs(stored))
  }
}

function decimals(value: number): number {
  const [, digits = '', exponent = '0'] =
    /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  return digits.length - Number(exponent)
}

/** Whether every prediction, or every score, is the label of its row: a perfect model or a copied column. */
export function repeatsLabels({ label, prediction, scores, rows }: SplitPredictions): boolean {
  const said = [...(prediction === undefined ? [] : [prediction]), ...scores.values()]
  return rows > 0 && said.some((column) => isCopy(label, column))
}

function isCopy(label: RowValues, column: RowValues): boolean {
  if (label.kind === 'numeric' && column.kind === 'numeric') {
    return label.values.every((value, row) => value === column.values[row])
  }
  const [first = new Int32Array(), second = new Int32Array()] = classCodes([label, column]).codes
  return first.every((code, row) => code === second[row])
}
