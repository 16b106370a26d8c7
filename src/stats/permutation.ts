/**
 * The p-value of a permutation test. The observed arrangement counts as one of them, so it is never
 * 0 and never below 1 / (B + 1).
 *
 * @param observed - The statistic of the data; large speaks against the null hypothesis.
 * @param permuted - The statistic of each of B random rearrangements.
 * @returns (1 + number of permuted >= observed) / (B + 1).
 * @throws RangeError when a statistic is NaN.
 * Complexity: O(B). Source: Phipson, Smyth 2010, "Permutation p-values should never be zero", Statistical Applications
 * in Genetics and Molecular Biology 9.
 */
export function permutationPValue(observed: number, permuted: ArrayLike<number>): number {
  let atLeast = 1
  for (let i = 0; i < permuted.length; i++) {
    const value = permuted[i] as number
    if (Number.isNaN(value) || Number.isNaN(observed)) {
      throw new RangeError('a permuted statistic is NaN')
    }
    if (value >= observed) atLeast++
  }
  return atLeast / (permuted.length + 1)
}
