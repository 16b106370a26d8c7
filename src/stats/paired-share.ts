import { binomialProbability } from './distributions/binomial.ts'
import { normalQuantile, normalSurvival } from './distributions/normal.ts'
import type { Interval } from './intervals/proportion.ts'

/** Counts further from their mean than so many standard deviations weigh nothing at any usual level. */
const REACH = 8
/** Beyond so many pairs of counts resampling is cheaper. */
const MOST_PAIRS = 1e6

/**
 * The BCa bootstrap interval of the mean of values that are 1, -1 or 0, as the difference of two
 * classifiers on the same independent rows, without drawing: the law of the mean over all resamples is
 * that of two counts of a trinomial, summed up here.
 *
 * @param plus - Rows of value 1.
 * @param minus - Rows of value -1.
 * @param rows - All rows, at least 2.
 * @param level - Confidence, above 0 and below 1.
 * @returns `null` when no row differs from another, when the correction is not finite, or when the counts
 * are so many that resampling is cheaper.
 * @throws RangeError when the counts do not fit the rows.
 * Complexity: O(standard deviation of `plus` * that of `minus`), at most 1e6. Source: Efron 1987, "Better
 * bootstrap confidence intervals", JASA 82, with infinitely many resamples.
 */
export function pairedShareInterval(
  plus: number,
  minus: number,
  rows: number,
  level = 0.95,
): Interval | null {
  if (![plus, minus, rows].every(Number.isSafeInteger) || plus < 0 || minus < 0) {
    throw new RangeError('counts are whole numbers from 0')
  }
  if (plus + minus > rows || rows < 2) throw new RangeError('more values than rows')
  if (!(level > 0 && level < 1)) throw new RangeError(`not a probability: ${String(level)}`)
  const firsts = likelyCounts(rows, plus / rows)
  const seconds = likelyCounts(rows, minus / rows)
  const pairs = (firsts.to - firsts.from + 1) * (seconds.to - seconds.from + 1)
  if (plus === rows || minus === rows || plus + minus === 0 || pairs > MOST_PAIRS) return null
  const lowest = firsts.from - seconds.to
  const law = new Float64Array(firsts.to - seconds.from - lowest + 1)
  const rest = minus / (rows - plus)
  for (let a = firsts.from; a <= firsts.to; a++) {
    const first = binomialProbability(a, rows, plus / rows)
    for (let b = seconds.from; b <= Math.min(seconds.to, rows - a); b++) {
      const at = a - b - lowest
      law[at] = (law[at] as number) + first * binomialProbability(b, rows - a, rest)
    }
  }
  const probabilities = adjusted(law, plus - minus - lowest, momentsOf(plus, minus, rows), level)
  if (probabilities === undefined) return null
  const [low, high] = probabilities.map((p) => (quantile(law, p) + lowest) / rows)
  return low === undefined || high === undefined || low === high ? null : { low, high }
}

function likelyCounts(rows: number, share: number) {
  const mean = rows * share
  const reach = REACH * Math.sqrt(rows * share * (1 - share)) + 1
  return {
    from: Math.max(0, Math.floor(mean - reach)),
    to: Math.min(rows, Math.ceil(mean + reach)),
  }
}

/** The acceleration: a sixth of the skewness of the values, by the jackknife of a mean. */
function momentsOf(plus: number, minus: number, rows: number): number {
  const mean = (plus - minus) / rows
  const sum = (power: number) =>
    plus * (1 - mean) ** power +
    minus * (-1 - mean) ** power +
    (rows - plus - minus) * (-mean) ** power
  return sum(3) / (6 * sum(2) ** 1.5)
}

/** The probabilities at which the law is read, corrected for bias and acceleration. */
function adjusted(
  law: Float64Array,
  estimate: number,
  acceleration: number,
  level: number,
): readonly [number, number] | undefined {
  const below = law.subarray(0, estimate).reduce((sum, p) => sum + p, 0)
  const bias = normalQuantile(below + (law[estimate] ?? 0) / 2)
  const at = (probability: number): number => {
    const z = bias + normalQuantile(probability)
    return normalSurvival(-(bias + z / (1 - acceleration * z)))
  }
  const [low, high] = [at((1 - level) / 2), at((1 + level) / 2)]
  return low >= 0 && high <= 1 && low < high ? [low, high] : undefined
}

/** The first value whose cumulative probability reaches p. */
function quantile(law: Float64Array, p: number): number {
  let sum = 0
  for (const [at, each] of law.entries()) {
    sum += each
    if (sum >= p) return at
  }
  return law.length - 1
}
