import type { KeyName } from '../../core/result.ts'
import type { ThresholdPair } from '../settings.ts'

/** An effect with the p-value that belongs to it. */
export interface Strength {
  readonly effect: number
  readonly pValue: number
}

/**
 * What was measured of one aspect of a column, before any of it is judged: Holm's adjustment needs
 * the p-values of the whole run first.
 */
export interface Measurement {
  readonly kind: 'measured'
  readonly key: KeyName
  readonly test: string
  readonly method: string
  readonly statistic: number | null
  /** Why the statistic is `null`. */
  readonly statisticReason?: string
  /** The effect, in share of rows, and its p-value. */
  readonly point: Strength
  /**
   * Where the reference is a baseline: the least and the greatest that the truth can be. The two
   * are the point itself where everything is known.
   */
  readonly least: Strength
  readonly greatest: Strength
  readonly thresholds: ThresholdPair
  /** A value that the effect exceeds with confidence 1 - alpha, whatever the law of the data. */
  readonly lowerBound: () => number
  /** The smallest effect that is significant at a level; 1 when none is. */
  readonly detectable: (level: number) => number
  readonly n: { readonly reference: number; readonly current: number }
  readonly warnings: readonly string[]
}

/** A fact that needs no test: it fails when the effect is above 0. */
export interface ExactFact {
  readonly kind: 'exact'
  readonly key: KeyName
  readonly test: string
  readonly count: number
  readonly effect: number
  readonly n: { readonly reference: number; readonly current: number }
}

/** An aspect that this column does not have, or that could not be measured. */
export interface Unmeasured {
  readonly kind: 'not-applicable' | 'inconclusive'
  readonly key: KeyName
  readonly test: string
  readonly reason: string
}

/** What became of one aspect of a column before it is judged. */
export type KeyMeasurement = Measurement | ExactFact | Unmeasured

/** A measurement whose reference is known completely. */
export function measured(
  parts: Omit<Measurement, 'kind' | 'point' | 'least' | 'greatest' | 'warnings'> &
    Strength & { readonly warnings?: readonly string[] },
): Measurement {
  const { effect, pValue, warnings = [], ...rest } = parts
  const point = { effect, pValue }
  return { kind: 'measured', ...rest, warnings, point, least: point, greatest: point }
}
