import type { PredictProblem, Predictions } from '../runner/predict.ts'
import type { WorkerRow } from '../runner/worker.ts'
import type { PredictionAgreement } from './compare-predictions.ts'
import type { EdgeCaseKind } from './edge-case-inputs.ts'

/** Rows at the edge, as they were asked, and what the model did with them. */
export interface EdgeCase {
  readonly kind: EdgeCaseKind
  readonly feature: string | null
  readonly behaviour: EdgeBehaviour
}

export type EdgeBehaviour =
  | {
      readonly kind: 'predict'
      /** How far the answer agrees with that to the same rows alone, where it must. */
      readonly agreement: PredictionAgreement | undefined
    }
  | {
      readonly kind: 'reject' | 'fallback'
      /** Whether the program died of an error that nobody caught. */
      readonly isUncaught: boolean
    }
  | { readonly kind: 'problem'; readonly problem: PredictProblem }

/** What came of asking about all cases. */
export interface AskedCases {
  /** Why not even real rows are answered; then nothing else was asked. */
  readonly firstProblem: PredictProblem | undefined
  readonly cases: readonly EdgeCase[]
  /** Cases that were not asked because the model had ended too often, or took too long. */
  readonly notAsked: number
  readonly closeProblem: PredictProblem | undefined
}

export const NOTHING_ASKED: AskedCases = {
  firstProblem: undefined,
  cases: [],
  notAsked: 0,
  closeProblem: undefined,
}

/** The rows with the fewest gaps first. */
export function fullest(rows: readonly WorkerRow[]): readonly WorkerRow[] {
  const gaps = (row: WorkerRow) => Object.values(row).filter((value) => value === null).length
  return [...rows].sort((a, b) => gaps(a) - gaps(b))
}

/** The answers to single rows as if they had been asked together. */
export function together(alone: readonly Predictions[], order: readonly number[]): Predictions {
  const rows = order.map((from, at) => [String(at), alone[from]?.rows.get('0') ?? []] as const)
  return { columns: alone[0]?.columns ?? [], rows: new Map(rows) }
}
