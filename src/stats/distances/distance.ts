import type { DriftStatistic } from '../statistic.ts'

/**
 * A distance as the answer of a statistic.
 *
 * @param value - The distance, or the sentence that says why there is none; never NaN.
 * @param reference - Valid reference values.
 * @param current - Valid current values.
 * @returns The distance, or `null` with the sentence as its reason.
 * Complexity: O(1).
 */
export function distanceResult(
  value: number | string,
  reference: number,
  current: number,
): DriftStatistic {
  const common = { method: 'exact', n: { reference, current }, warnings: [] } as const
  return typeof value === 'string'
    ? { statistic: null, reason: value, ...common }
    : { statistic: value, ...common }
}
