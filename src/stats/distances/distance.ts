import type { DriftStatistic } from '../statistic.ts'

/** A defined distance, or the sentence that says why there is none. */
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
