import { reaches } from '../core/threshold.ts'

/** How far numbers may be apart and still count as equal. */
export interface Tolerance {
  readonly absolute: number
  readonly relative: number
  /** Whether the prediction itself is a score. */
  readonly isRegression: boolean
}

/** How far two values are apart; `null` where that is no matter of distance. */
interface Distance {
  readonly absolute: number | null
  readonly relative: number | null
}

/** Columns of the protocol; any other may be a score under another name, or a time stamp. */
export function isKnown(column: string): boolean {
  return column === 'prediction' || column === 'score' || column.startsWith('score_')
}

/** Whether a cell that differs is a label: a class, or what should be a number and is none. */
export function isLabel(
  { column, absolute }: Distance & { readonly column: string },
  { isRegression }: Tolerance,
): boolean {
  if (!isKnown(column)) return false
  if (absolute === null) return true
  return column === 'prediction' && !isRegression
}

export function isWithin({ absolute, relative }: Distance, tolerance: Tolerance): boolean {
  if (absolute === null || relative === null) return false
  return reaches(tolerance.absolute, absolute) || reaches(tolerance.relative, relative)
}
