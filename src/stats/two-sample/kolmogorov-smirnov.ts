import { kolmogorovSurvival } from '../special/kolmogorov.ts'
import { requireSorted } from '../sort.ts'
import type { DriftStatistic, NumericStatisticDescriptor } from '../statistic.ts'
import { NUMERIC_DOMAINS } from '../statistic.ts'
import type { LatticeProblem } from './lattice-path.ts'
import { groupSizes, latticeCost, latticeTailProbability } from './lattice-path.ts'
import { emptySampleReason, greatestCommonDivisor, tieGroups } from './tie-groups.ts'

/** Lattice cells that the exact p-value may cost; about half a second. */
const DEFAULT_CELL_BUDGET = 2e8
/** Below this the exact recursion runs into denormal numbers; the limit law is larger still. */
const SMALLEST_EXACT = 1e-290

/** Where the p-value comes from, how equal values are treated and what it may cost. */
export interface KolmogorovSmirnovOptions {
  /** `exact` ignores the cell budget; `auto` is exact within it. */
  readonly method?: 'auto' | 'exact' | 'asymptotic'
  /** `ignore` takes all values as different, as scipy does: conservative when they are not. */
  readonly ties?: 'ignore' | 'exact'
  readonly cellBudget?: number
}

export interface KolmogorovSmirnovResult extends DriftStatistic {
  readonly pValue: number | null
  readonly method: 'exact' | 'asymptotic'
  /** The smallest value at which the largest difference is attained; `null` when D is 0. */
  readonly location: number | null
  /** 1 when the reference distribution function is above the current one there, -1 when below. */
  readonly sign: -1 | 0 | 1
  /** max |i*m - j*n|, an exact integer while n*m <= 2^53; D is this over n*m. */
  readonly numerator: number | null
}

/**
 * The two-sided two-sample Kolmogorov-Smirnov test: D = max |F_n - G_m|.
 *
 * @param referenceSorted - Ascending, no NaN. Infinite values are ordinary order statistics.
 * @param currentSorted - Ascending, no NaN.
 * @param options - Method, treatment of ties and cell budget.
 * @returns D, its exact p-value where that is affordable (closed form for n = m without ties, lattice
 * recursion otherwise, given the ties of the pooled sample), else the Kolmogorov limit, which is
 * slightly conservative. An empty sample gives `null` with a reason.
 * @throws RangeError when an array is not sorted or contains NaN.
 * Missing values: removed before; they are not part of n and m.
 * Complexity: O(n + m) for D; at most `cellBudget` lattice cells for p.
 * Sources: Hodges 1958; Viehmann 2021; Schroer, Trenkler 1995.
 */
export function kolmogorovSmirnov(
  referenceSorted: Float64Array,
  currentSorted: Float64Array,
  options: KolmogorovSmirnovOptions = {},
): KolmogorovSmirnovResult {
  requireSorted(referenceSorted, 'reference')
  requireSorted(currentSorted, 'current')
  const n = referenceSorted.length
  const m = currentSorted.length
  const sizes = { reference: n, current: m }
  const reason = emptySampleReason(n, m)
  if (reason !== undefined) {
    return {
      statistic: null,
      pValue: null,
      method: 'exact',
      location: null,
      sign: 0,
      numerator: null,
      n: sizes,
      warnings: [],
      reason,
    }
  }
  const difference = largestDifference(referenceSorted, currentSorted)
  const { pValue, method, warnings } = significance(
    referenceSorted,
    currentSorted,
    difference,
    options,
  )
  const { gcd, height } = difference
  return {
    statistic: height / ((n / gcd) * m),
    pValue,
    method,
    location: difference.location,
    sign: difference.sign,
    numerator: height * gcd,
    n: sizes,
    warnings,
  }
}

interface LargestDifference {
  readonly gcd: number
  /** max |i*m - j*n| / gcd(n, m). */
  readonly height: number
  readonly location: number | null
  readonly sign: -1 | 0 | 1
  readonly hasTies: boolean
}

/** One merge that consumes all copies of a value from both sides before it compares. */
function largestDifference(reference: Float64Array, current: Float64Array): LargestDifference {
  const n = reference.length
  const m = current.length
  const gcd = greatestCommonDivisor(n, m)
  const unitN = n / gcd
  const unitM = m / gcd
  let i = 0
  let j = 0
  let groups = 0
  let height = 0
  let location: number | null = null
  let sign: -1 | 0 | 1 = 0
  while (i < n && j < m) {
    const x = reference[i] as number
    const y = current[j] as number
    const value = x < y ? x : y
    while (i < n && reference[i] === value) i++
    while (j < m && current[j] === value) j++
    groups++
    const signed = i * unitM - j * unitN
    const size = signed < 0 ? -signed : signed
    if (size > height) {
      height = size
      location = value
      sign = signed < 0 ? -1 : 1
    }
  }
  // What is left of one sample only brings the two functions together again.
  const rest = i < n ? reference.subarray(i) : current.subarray(j)
  return { gcd, height, location, sign, hasTies: groups + countDistinct(rest) < n + m }
}

function countDistinct(sorted: Float64Array): number {
  let distinct = 0
  let previous = NaN
  for (const value of sorted) {
    if (value !== previous) distinct++
    previous = value
  }
  return distinct
}

type Significance = Pick<KolmogorovSmirnovResult, 'method' | 'warnings'> & {
  readonly pValue: number
}

function significance(
  reference: Float64Array,
  current: Float64Array,
  difference: LargestDifference,
  options: KolmogorovSmirnovOptions,
): Significance {
  const n = reference.length
  const m = current.length
  const { gcd, height, hasTies } = difference
  const limit = limitPValue(n, m, height / ((n / gcd) * m))
  const { method = 'auto', ties = 'exact', cellBudget = DEFAULT_CELL_BUDGET } = options
  if (height === 0) return { pValue: 1, method: 'exact', warnings: [] }
  if (method === 'asymptotic') return { pValue: limit, method: 'asymptotic', warnings: [] }

  const budget = method === 'exact' ? Infinity : cellBudget
  const problem = { n, m, boundary: height, unitN: n / gcd, unitM: m / gcd }
  const canUseLattice = (n + m) * Math.max(problem.unitN, problem.unitM) <= Number.MAX_SAFE_INTEGER
  const warnings: string[] = []
  if (hasTies && ties === 'exact') {
    if (canUseLattice && limit >= SMALLEST_EXACT) {
      const sizes = groupSizes(tieGroups(reference, current), n + m)
      if (latticeCost(problem, sizes, budget) <= budget) {
        return { pValue: latticeTailProbability(problem, sizes), method: 'exact', warnings }
      }
    }
    warnings.push('the p-value takes tied values as different, which makes it conservative')
  }
  if (n === m) return { pValue: equalSizesPValue(n, height), method: 'exact', warnings }
  if (canUseLattice && limit >= SMALLEST_EXACT) {
    const sizes = groupSizes(undefined, n + m)
    if (latticeCostWithoutTies(problem) <= budget) {
      return { pValue: latticeTailProbability(problem, sizes), method: 'exact', warnings }
    }
  }
  return { pValue: limit, method: 'asymptotic', warnings }
}

/** The Kolmogorov limit; conservative, the exact p-value is a little smaller. */
function limitPValue(n: number, m: number, statistic: number): number {
  return kolmogorovSurvival(statistic * Math.sqrt(n / (1 + n / m)))
}

/** The band has 2 * boundary / (unitN + unitM) cells for each of the n + m values. */
function latticeCostWithoutTies(problem: LatticeProblem): number {
  return (2 * problem.boundary * (problem.n + problem.m)) / (problem.unitN + problem.unitM)
}

/**
 * P(max |i - j| >= height) for n = m: Gnedenko and Korolyuk's alternating sum of
 * C(2n, n - k*height) / C(2n, n), nested so that no binomial coefficient is formed.
 */
function equalSizesPValue(n: number, height: number): number {
  // The k-th term is about exp(-(k^2 - 1) * height^2 / n) of the first.
  const needed = Math.ceil(Math.sqrt(1 + (46 * n) / (height * height))) + 1
  let tail = 0
  for (let k = Math.min(Math.floor(n / height), needed); k >= 0; k--) {
    let ratio = 1
    for (let j = 0; j < height; j++) ratio *= (n - k * height - j) / (n + k * height + j + 1)
    tail = ratio * (1 - tail)
  }
  return Math.min(1, 2 * tail)
}

export const kolmogorovSmirnovDescriptor: NumericStatisticDescriptor = {
  id: 'kolmogorov-smirnov',
  title: 'Kolmogorov-Smirnov test',
  family: 'test',
  appliesTo: NUMERIC_DOMAINS,
  input: 'sorted-values',
  definition:
    'D = max |F_n(x) - G_m(x)| over the pooled values, with right-continuous empirical distribution functions: the largest share of rows that lies on the other side of one cut. The p-value is exact given the ties of the pooled sample, or the Kolmogorov limit Q(D sqrt(nm/(n+m))) beyond the cell budget.',
  range: { minimum: 0, maximum: 1 },
  units: 'share of rows',
  missingRule: 'Missing values are removed. Infinite values take part as the largest or smallest.',
  complexity: 'O(n + m) on sorted samples; at most 2e8 lattice cells for the exact p-value',
  symmetric: true,
  references: [
    {
      title: 'The significance probability of the Smirnov two-sample test',
      authors: 'Hodges, J. L.',
      year: 1958,
      where: 'Arkiv för Matematik 3, 469-486',
    },
    {
      title:
        'Numerically more stable computation of the p-values for the two-sample Kolmogorov-Smirnov test',
      authors: 'Viehmann, T.',
      year: 2021,
      where: 'arXiv:2102.08037',
    },
    {
      title:
        'Exact and randomization distributions of Kolmogorov-Smirnov tests two or three samples',
      authors: 'Schröer, G.; Trenkler, D.',
      year: 1995,
      where: 'Computational Statistics & Data Analysis 20, 185-202',
    },
  ],
  compute: (reference, current) => kolmogorovSmirnov(reference, current),
}
