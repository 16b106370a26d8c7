/** A running sum that keeps what rounding cuts off (Neumaier's variant of Kahan's method). */
export interface CompensatedSum {
  /** Adds a term; an infinite one or a NaN makes the sum so. */
  add(term: number): void
  /** The sum of the terms so far, 0 before the first. */
  value(): number
}

/**
 * Starts a compensated sum. Its error is about one rounding of the result plus n * 2^-106 times the
 * sum of the absolute terms, whatever their order.
 *
 * @returns The sum so far, 0 before the first term; Infinity after an overflow, NaN after a NaN.
 * Complexity: O(1) a term. Source: Neumaier 1974, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen",
 * ZAMM 54.
 */
export function compensatedSum(): CompensatedSum {
  let sum = 0
  let lost = 0
  return {
    add: (term) => {
      const next = sum + term
      lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum
      sum = next
    },
    // An overflown sum has no lost digits to add back: Infinity - Infinity would be NaN.
    value: () => (Number.isFinite(sum) ? sum + lost : sum),
  }
}

/**
 * The sum of all values, compensated.
 *
 * @param values - Finite numbers.
 * @returns 0 for no values; Infinity after an overflow.
 * Missing values: removed before. Complexity: O(n). Source: as `compensatedSum`.
 */
export function sumOf(values: ArrayLike<number>): number {
  return total(values, undefined)
}

/**
 * The sum of the values at some indices, compensated.
 *
 * @param values - Finite numbers.
 * @param indices - Of the values that are added, each as often as it stands.
 * @returns 0 for no indices; Infinity after an overflow.
 * Missing values: removed before. Complexity: O(indices). Source: as `compensatedSum`.
 */
export function sumAt(values: ArrayLike<number>, indices: Uint32Array): number {
  return total(values, indices)
}

function total(values: ArrayLike<number>, indices: Uint32Array | undefined): number {
  const count = indices?.length ?? values.length
  let sum = 0
  let lost = 0
  for (let i = 0; i < count; i++) {
    const term = values[indices === undefined ? i : (indices[i] as number)] as number
    const next = sum + term
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum
    sum = next
  }
  return Number.isFinite(sum) ? sum + lost : sum
}
