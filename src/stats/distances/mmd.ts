import type { DescribedStatisticDescriptor } from '../statistic.ts'
import { NUMERIC_DOMAINS } from '../statistic.ts'

/** Both estimates of the squared maximum mean discrepancy. */
export interface SquaredMmd {
  /** May be negative; `null` when a side has fewer than two values. */
  readonly unbiased: number | null
  /** Never negative; `null` when a side has no value. */
  readonly biased: number | null
}

/**
 * The squared maximum mean discrepancy with the kernel exp(-gamma (x - y)^2).
 *
 * @param reference - Finite values in any order.
 * @param current - Finite values in any order.
 * @param gamma - The kernel's inverse squared width, above 0.
 * @returns The unbiased (equation 3) and the biased (equation 5) estimate.
 * @throws RangeError when a value is not finite or gamma is not above 0 and finite.
 * Missing values: removed before. Complexity: O((n + m)^2): take a subsample of at most a few thousand.
 * Source: Gretton, Borgwardt, Rasch, Schölkopf, Smola 2012, "A kernel two-sample test", JMLR 13.
 */
export function squaredMmd(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  gamma: number,
): SquaredMmd {
  if (!(gamma > 0 && gamma < Infinity)) {
    throw new RangeError(`not a kernel parameter: ${String(gamma)}`)
  }
  requireFinite(reference)
  requireFinite(current)
  const n = reference.length
  const m = current.length
  if (n === 0 || m === 0) return { unbiased: null, biased: null }
  const withinReference = kernelSum(reference, reference, gamma)
  const withinCurrent = kernelSum(current, current, gamma)
  const across = kernelSum(reference, current, gamma) / (n * m)
  const unbiased =
    n < 2 || m < 2
      ? null
      : // Each value's kernel with itself is 1.
        (withinReference - n) / (n * (n - 1)) + (withinCurrent - m) / (m * (m - 1)) - 2 * across
  const biased = withinReference / (n * n) + withinCurrent / (m * m) - 2 * across
  return { unbiased, biased: Math.max(0, biased) }
}

function kernelSum(x: ArrayLike<number>, y: ArrayLike<number>, gamma: number): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < y.length; j++) {
      const difference = (x[i] as number) - (y[j] as number)
      sum += Math.exp(-gamma * difference * difference)
    }
  }
  return sum
}

function requireFinite(values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(`not a finite value: ${String(values[i])}`)
    }
  }
}

export const mmdDescriptor: DescribedStatisticDescriptor = {
  id: 'maximum-mean-discrepancy',
  title: 'Maximum mean discrepancy',
  family: 'distance',
  appliesTo: NUMERIC_DOMAINS,
  input: 'other',
  definition:
    "MMD^2 = E k(x, x') + E k(y, y') - 2 E k(x, y) with the Gaussian kernel exp(-gamma (x - y)^2). The unbiased estimate may be negative when nothing changed.",
  range: { minimum: 0, maximum: 2 },
  units: 'none',
  missingRule: 'Missing values are removed. Infinite values are refused.',
  complexity: 'O((n + m)^2)',
  symmetric: true,
  references: [
    {
      title: 'A kernel two-sample test',
      authors: 'Gretton, A.; Borgwardt, K. M.; Rasch, M. J.; Schölkopf, B.; Smola, A.',
      year: 2012,
      where: 'Journal of Machine Learning Research 13, 723-773',
    },
  ],
}
