/**
 * Bonferroni's adjustment: each p-value times their number.
 *
 * @param pValues - Each from 0 to 1.
 * @returns Adjusted p-values in the same order, at most 1. Controls the family-wise error rate.
 * @throws RangeError when a p-value is not in 0 to 1.
 * Complexity: O(k). Source: Dunn 1961, JASA 56.
 */
export function bonferroni(pValues: readonly number[]): number[] {
  requirePValues(pValues)
  return pValues.map((p) => Math.min(1, p * pValues.length))
}

/**
 * Holm's step-down adjustment: controls the family-wise error rate under any dependence and never
 * adjusts more than Bonferroni.
 *
 * @param pValues - Each from 0 to 1.
 * @returns Adjusted p-values in the same order, at most 1.
 * @throws RangeError when a p-value is not in 0 to 1.
 * Complexity: O(k log k). Source: Holm 1979, Scandinavian Journal of Statistics 6.
 */
export function holm(pValues: readonly number[]): number[] {
  requirePValues(pValues)
  const adjusted = new Array<number>(pValues.length).fill(0)
  let largest = 0
  ascendingOrder(pValues).forEach((index, step) => {
    largest = Math.max(largest, (pValues[index] as number) * (pValues.length - step))
    adjusted[index] = Math.min(1, largest)
  })
  return adjusted
}

/**
 * Benjamini and Hochberg's step-up adjustment: controls the false discovery rate for independent or
 * positively dependent tests.
 *
 * @param pValues - Each from 0 to 1.
 * @returns Adjusted p-values in the same order, at most 1.
 * @throws RangeError when a p-value is not in 0 to 1.
 * Complexity: O(k log k). Source: Benjamini, Hochberg 1995, Journal of the Royal Statistical Society B 57.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  return stepUp(pValues, 1)
}

/**
 * Benjamini and Yekutieli's adjustment: controls the false discovery rate under any dependence.
 *
 * @param pValues - Each from 0 to 1.
 * @returns Adjusted p-values in the same order, at most 1.
 * @throws RangeError when a p-value is not in 0 to 1.
 * Complexity: O(k log k). Source: Benjamini, Yekutieli 2001, The Annals of Statistics 29.
 */
export function benjaminiYekutieli(pValues: readonly number[]): number[] {
  let harmonic = 0
  for (let i = 1; i <= pValues.length; i++) harmonic += 1 / i
  return stepUp(pValues, harmonic)
}

function stepUp(pValues: readonly number[], factor: number): number[] {
  requirePValues(pValues)
  const adjusted = new Array<number>(pValues.length).fill(0)
  const order = ascendingOrder(pValues)
  let smallest = 1
  for (let rank = order.length; rank >= 1; rank--) {
    const index = order[rank - 1] as number
    smallest = Math.min(smallest, ((pValues[index] as number) * pValues.length * factor) / rank)
    adjusted[index] = smallest
  }
  return adjusted
}

function ascendingOrder(pValues: readonly number[]): number[] {
  return pValues
    .map((_, index) => index)
    .sort((a, b) => (pValues[a] as number) - (pValues[b] as number) || a - b)
}

function requirePValues(pValues: readonly number[]): void {
  for (const p of pValues) {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`not a p-value: ${String(p)}`)
  }
}
