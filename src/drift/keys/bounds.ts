import { newcombeInterval } from '../../stats/intervals/newcombe.ts'

/** `k` of `of` rows on the side with the larger share, `base` of `from` rows on the other. */
interface TwoCounts {
  readonly k: number
  readonly of: number
  readonly base: number
  readonly from: number
}

/**
 * The one-sided lower bound of a difference of two shares; at least 0. From a level of one half on,
 * where the bound would lie above the estimate, it is the estimate.
 */
export function differenceLowerBound(counts: TwoCounts, alpha: number): number {
  const { k, of, base, from } = counts
  if (alpha >= 0.5) return Math.max(0, k / of - base / from)
  return Math.max(0, newcombeInterval(k, of, base, from, 1 - 2 * alpha).low)
}

/** The smallest whole number in [from, to] with a property that, once true, stays true. */
export function smallestWhere(
  from: number,
  to: number,
  holds: (value: number) => boolean,
): number | undefined {
  let low = from
  let high = to + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low > to ? undefined : low
}
