import type { EnvelopeSample, Steps } from '../sample.ts'

/**
 * Between which values the Kolmogorov-Smirnov distance certainly lies when the reference is known
 * only by two step functions around its empirical distribution function.
 *
 * @param reference - Lower and upper step functions of counts, and the number of valid values.
 * @param current - Ascending, not empty.
 * @returns `least` <= D <= `greatest`; equal when the steps are exact.
 * Complexity: O(m + steps).
 */
export function envelopeDistance(
  reference: EnvelopeSample,
  current: Float64Array,
): { readonly least: number; readonly greatest: number } {
  const { valid: n, lower, upper } = reference
  const m = current.length
  const place = { lower: 0, upper: 0, current: 0 }
  let least = 0
  let greatest = 0
  for (;;) {
    const x = Math.min(
      nextStep(lower, place.lower),
      nextStep(upper, place.upper),
      place.current < m ? (current[place.current] as number) : Infinity,
    )
    while (place.lower < lower.at.length && (lower.at[place.lower] as number) <= x) place.lower++
    while (place.upper < upper.at.length && (upper.at[place.upper] as number) <= x) place.upper++
    while (place.current < m && (current[place.current] as number) <= x) place.current++
    const f = valueAfter(lower, place.lower) / n
    const F = valueAfter(upper, place.upper) / n
    const g = place.current / m
    least = Math.max(least, f - g, g - F)
    greatest = Math.max(greatest, g - f, F - g)
    const isDone =
      place.lower === lower.at.length && place.upper === upper.at.length && place.current === m
    if (isDone) return { least, greatest: Math.min(1, greatest) }
  }
}

function nextStep(steps: Steps, place: number): number {
  return place < steps.at.length ? (steps.at[place] as number) : Infinity
}

/** The count after `place` steps were taken. */
function valueAfter(steps: Steps, place: number): number {
  return place === 0 ? 0 : (steps.counts[place - 1] as number)
}
