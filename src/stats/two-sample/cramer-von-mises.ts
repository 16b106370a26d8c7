import { cramerVonMisesSurvival } from '../distributions/limit-laws.ts'
import { requireSorted } from '../sort.ts'
import type { DriftStatistic, NumericStatisticDescriptor } from '../statistic.ts'
import { NUMERIC_DOMAINS } from '../statistic.ts'
import type { TieGroups } from './tie-groups.ts'
import { emptySampleReason, greatestCommonDivisor, tieGroups } from './tie-groups.ts'

/** Largest n*m for which the exact law is enumerated. */
const EXACT_UP_TO = 100
/** Guards the comparison of an observed statistic, a double, with the whole numbers of the law. */
const ROUNDING_SLACK = 1e-6

/** Where the p-value comes from and how equal values are treated. */
export interface CramerVonMisesOptions {
  /** `exact` is refused beyond 100 pairs, which get the limit law. */
  readonly method?: 'auto' | 'exact' | 'asymptotic'
  /**
   * `ecdf` compares the distribution functions at each distinct value, weighted with its copies:
   * equal samples give 0. `midrank` is scipy's form, whose statistic and p-value are far off when
   * many values are tied and the samples differ in size. They agree without ties.
   */
  readonly ties?: 'ecdf' | 'midrank'
}

export interface CramerVonMisesResult extends DriftStatistic {
  readonly pValue: number | null
  readonly method: 'exact' | 'asymptotic'
}

/**
 * The two-sample Cramer-von Mises test, T = nm/(n+m)^2 * sum (F_n - G_m)^2 over the pooled values.
 *
 * @param referenceSorted - Ascending, no NaN. Infinite values are ordinary order statistics.
 * @param currentSorted - Ascending, no NaN.
 * @param options - Method and treatment of ties.
 * @returns T and p: the exact permutation law up to 100 pairs, else the limit law at T standardised
 * by its exact mean and variance. An empty sample gives `null` with a reason.
 * @throws RangeError when an array is not sorted or contains NaN.
 * Missing values: removed before.
 * Complexity: O(n + m). Sources: Anderson 1962; Xiao, Gordon, Yakovlev 2007.
 */
export function cramerVonMises(
  referenceSorted: Float64Array,
  currentSorted: Float64Array,
  options: CramerVonMisesOptions = {},
): CramerVonMisesResult {
  requireSorted(referenceSorted, 'reference')
  requireSorted(currentSorted, 'current')
  const n = referenceSorted.length
  const m = currentSorted.length
  const sizes = { reference: n, current: m }
  const reason = emptySampleReason(n, m)
  if (reason !== undefined) {
    return { statistic: null, pValue: null, method: 'exact', n: sizes, warnings: [], reason }
  }
  const { method = 'auto', ties = 'ecdf' } = options
  const groups = tieGroups(referenceSorted, currentSorted)
  const statistic =
    ties === 'midrank' ? midrankStatistic(groups, n, m) : ecdfStatistic(groups, n, m)
  const isExact = method !== 'asymptotic' && n * m <= EXACT_UP_TO
  const warnings =
    groups.hasTies && !isExact ? ['the limit law takes tied values as different'] : []
  const pValue = isExact
    ? exactPValue(statistic, n, m, ties === 'ecdf' ? groups : undefined)
    : limitPValue(statistic, n, m)
  return { statistic, pValue, method: isExact ? 'exact' : 'asymptotic', n: sizes, warnings }
}

function ecdfStatistic(groups: TieGroups, n: number, m: number): number {
  let i = 0
  let j = 0
  let sum = 0
  for (let g = 0; g < groups.reference.length; g++) {
    const a = groups.reference[g] as number
    const b = groups.current[g] as number
    i += a
    j += b
    // The products are whole numbers, so equal functions differ by exactly 0.
    const difference = (i * m - j * n) / (n + m)
    sum += (a + b) * difference * difference
  }
  return sum / n / m
}

/**
 * U/(nmN) - (4nm - 1)/(6N) with U from midranks, rearranged: the two terms share about
 * log10(4nm/6N) leading digits, which this form never adds. With H = i*m - j*n halfway through a
 * group of a and b copies, each group contributes
 * (a+b) * [(H^2 + (am - bn)^2/12)/N + (a - b)(na - mb)/12].
 */
function midrankStatistic(groups: TieGroups, n: number, m: number): number {
  const total = n + m
  let i = 0
  let j = 0
  let sum = 0
  for (let g = 0; g < groups.reference.length; g++) {
    const a = groups.reference[g] as number
    const b = groups.current[g] as number
    const halfway = (i + a / 2) * m - (j + b / 2) * n
    const across = a * m - b * n
    sum += (a + b) * ((halfway * halfway + (across * across) / 12) / total)
    sum += ((a + b) * (a - b) * (n * a - m * b)) / 12
    i += a
    j += b
  }
  return (sum - ((n - m) * (n - m)) / 12) / n / m / total
}

function limitPValue(statistic: number, n: number, m: number): number {
  const total = n + m
  const mean = (1 + 1 / total) / 6
  const shape = 4 * total - (3 * n) / m - (3 * m) / n - 2
  const variance = ((total + 1) * shape) / (4 * 45 * total * total)
  // One value on each side: the statistic cannot vary.
  if (!(variance > 0)) return 1
  // The limit law has mean 1/6 and variance 1/45.
  return cramerVonMisesSurvival(1 / 6 + (statistic - mean) / Math.sqrt(45 * variance))
}

/**
 * P(T >= observed) over all C(n+m, n) orders, each order as a lattice path with the whole number
 * sum of group size * (i*m/g - j*n/g)^2; `groups` keeps the ties of the pooled sample.
 */
function exactPValue(
  statistic: number,
  n: number,
  m: number,
  groups: TieGroups | undefined,
): number {
  const gcd = greatestCommonDivisor(n, m)
  const unitN = n / gcd
  const unitM = m / gcd
  const observed = statistic * unitN * unitM * (n + m) * (n + m) - ROUNDING_SLACK
  let paths = new Map<number, Map<number, number>>([[0, new Map([[0, 1]])]])
  for (const [size, end] of groupEnds(n + m, groups)) {
    for (let s = end - size + 1; s <= end; s++) paths = advance(paths, s, n, m)
    paths = new Map(
      [...paths].map(([i, sums]) => {
        const height = i * unitM - (end - i) * unitN
        const added = size * height * height
        return [i, new Map([...sums].map(([sum, ways]) => [sum + added, ways]))]
      }),
    )
  }
  let all = 0
  let extreme = 0
  for (const [sum, ways] of paths.get(n) ?? []) {
    all += ways
    if (sum >= observed) extreme += ways
  }
  return extreme / all
}

/** Size and end of each group of equal values; without groups, every value alone. */
function groupEnds(total: number, groups: TieGroups | undefined): [number, number][] {
  if (groups === undefined) return Array.from({ length: total }, (_, s) => [1, s + 1])
  let end = 0
  return Array.from(groups.reference, (a, g) => {
    const size = a + (groups.current[g] as number)
    end += size
    return [size, end]
  })
}

/** One more value: the number of ways to each sum, by the count of reference values so far. */
function advance(
  paths: ReadonlyMap<number, ReadonlyMap<number, number>>,
  s: number,
  n: number,
  m: number,
): Map<number, Map<number, number>> {
  const next = new Map<number, Map<number, number>>()
  for (let i = Math.max(0, s - m); i <= Math.min(n, s); i++) {
    const merged = new Map<number, number>(paths.get(i))
    for (const [sum, ways] of paths.get(i - 1) ?? []) {
      merged.set(sum, (merged.get(sum) ?? 0) + ways)
    }
    next.set(i, merged)
  }
  return next
}

export const cramerVonMisesDescriptor: NumericStatisticDescriptor = {
  id: 'cramer-von-mises',
  title: 'Cramér-von Mises test',
  family: 'test',
  appliesTo: NUMERIC_DOMAINS,
  input: 'sorted-values',
  definition:
    'T = nm/(n+m)^2 * sum (F_n - G_m)^2 over the pooled values: like Kolmogorov-Smirnov, but the differences along the whole axis add up. p is exact up to 100 pairs, else from the limit law at T standardised by its exact mean and variance.',
  range: { minimum: 0, maximum: Infinity },
  units: 'none',
  missingRule: 'Missing values are removed. Infinite values take part as the largest or smallest.',
  complexity: 'O(n + m) on sorted samples',
  symmetric: true,
  references: [
    {
      title: 'On the distribution of the two-sample Cramér-von Mises criterion',
      authors: 'Anderson, T. W.',
      year: 1962,
      where: 'Annals of Mathematical Statistics 33, 1148-1159',
    },
    {
      title: 'A C++ program for the Cramér-von Mises two-sample test',
      authors: 'Xiao, Y.; Gordon, A.; Yakovlev, A.',
      year: 2007,
      where: 'Journal of Statistical Software 17(8)',
    },
  ],
  compute: (reference, current) => cramerVonMises(reference, current),
}
