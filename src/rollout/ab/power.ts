import { normalQuantile, normalSurvival } from '../../stats/distributions/normal.ts'

/** What an experiment has to tell apart: two rates, or two means with one standard deviation. */
export type Effect =
  | { readonly kind: 'rate'; readonly baseline: number; readonly minimum: number }
  | { readonly kind: 'mean'; readonly sd: number; readonly minimum: number }

export interface TestDesign {
  readonly effect: Effect
  /** Two-sided level, above 0 and below 1. */
  readonly alpha: number
  /** Rows of the treatment for each row of the control. */
  readonly ratio: number
}

/**
 * The rows of the control that a two-sided test needs; the treatment needs `ratio` times as many.
 *
 * @param design - `minimum` is the signed difference that must be seen; not 0.
 * @param power - Above 0 and below 1, the chance to see it.
 * @returns A whole number, rounded up.
 * @throws RangeError when a rate leaves 0 to 1, the difference is 0, or a number is out of range.
 * Complexity: O(1). Source: two proportions with the pooled variance under the null (Fleiss, Levin,
 * Paik 2003, Statistical Methods for Rates and Proportions, 4.14 without continuity correction); two
 * means with known variance (normal approximation).
 */
export function requiredControl(design: TestDesign, power: number): number {
  if (!(power > 0 && power < 1)) throw new RangeError(`power: ${String(power)}`)
  const { null: underNull, alternative, difference } = spreads(design)
  const critical = normalQuantile(1 - design.alpha / 2)
  const needed = (critical * underNull + normalQuantile(power) * alternative) / difference
  // A power below alpha/2 asks for no rows at all.
  return needed <= 0 ? 1 : Math.ceil(needed ** 2)
}

/**
 * The chance that a two-sided test sees the difference with `control` rows of the control and `ratio`
 * times as many of the treatment; the chance of a verdict in the wrong direction is not counted.
 *
 * @param control - Rows of the control, at least 1.
 * @returns From 0 to 1, growing with `control`.
 * @throws RangeError as {@link requiredControl}.
 * Complexity: O(1). Source: the formula of {@link requiredControl}, solved for the power.
 */
export function powerOf(design: TestDesign, control: number): number {
  if (!(control >= 1 && control < Infinity)) throw new RangeError(`rows: ${String(control)}`)
  const { null: underNull, alternative, difference } = spreads(design)
  const critical = normalQuantile(1 - design.alpha / 2)
  return normalSurvival((critical * underNull - difference * Math.sqrt(control)) / alternative)
}

interface Spreads {
  /** Standard deviation of the difference for one row of the control, if there is no effect. */
  readonly null: number
  readonly alternative: number
  readonly difference: number
}

function spreads({ effect, alpha, ratio }: TestDesign): Spreads {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: ${String(alpha)}`)
  if (!(ratio > 0 && ratio < Infinity)) throw new RangeError(`ratio: ${String(ratio)}`)
  const difference = Math.abs(effect.minimum)
  if (!(difference > 0 && difference < Infinity)) {
    throw new RangeError(`minimum effect: ${String(effect.minimum)}`)
  }
  if (effect.kind === 'mean') {
    if (!(effect.sd > 0 && effect.sd < Infinity)) throw new RangeError(`sd: ${String(effect.sd)}`)
    const spread = effect.sd * Math.sqrt(1 + 1 / ratio)
    return { null: spread, alternative: spread, difference }
  }
  const control = effect.baseline
  const treatment = control + effect.minimum
  if (!(control > 0 && control < 1 && treatment > 0 && treatment < 1)) {
    throw new RangeError(`rates: ${String(control)} and ${String(treatment)}`)
  }
  const pooled = (control + ratio * treatment) / (1 + ratio)
  return {
    null: Math.sqrt((1 + 1 / ratio) * pooled * (1 - pooled)),
    alternative: Math.sqrt(control * (1 - control) + (treatment * (1 - treatment)) / ratio),
    difference,
  }
}
