import { chiSquareSurvival } from '../distributions/chi-square.ts'
import { deviance } from '../special/stirling.ts'
import type { CountsStatisticDescriptor, DriftStatistic } from '../statistic.ts'
import { COUNTED_DOMAINS } from '../statistic.ts'
import { requireCounts, totalCount } from './counts.ts'
import { emptySampleReason } from './tie-groups.ts'

/** Cochran's rule: below this expected count the chi-square law is doubtful. */
const SMALL_EXPECTED = 5

export interface ContingencyResult extends DriftStatistic {
  readonly pValue: number | null
  readonly method: 'asymptotic'
  /** Cells that occur in at least one sample, minus 1. */
  readonly degreesOfFreedom: number
  /** sqrt(X^2 / N), from 0 to 1; `null` with the statistic. */
  readonly cramersV: number | null
  /** The smallest expected count of the table; `null` with the statistic. */
  readonly minExpected: number | null
}

/** What may be changed in the chi-square test. */
export interface ContingencyOptions {
  /** Yates's continuity correction; for two cells only, off by default. */
  readonly yates?: boolean
}

/**
 * Pearson's chi-square test of homogeneity of a 2xk table: both rows are random.
 *
 * @param reference - Counts per cell.
 * @param current - Counts of the same cells in the same order. Cells that are empty on both sides
 * are left out.
 * @param options - Yates's correction.
 * @returns X^2, p = Q((k-1)/2, X^2/2), Cramer's V and the smallest expected count. A single cell
 * gives 0 and p = 1; an empty sample gives `null` with a reason.
 * @throws RangeError when the lengths differ, a count is negative or not finite, or the correction
 * is asked for a table that has not two cells.
 * Missing values: counted nowhere, or in a cell of their own, as the caller decides.
 * Complexity: O(k). Source: Pearson 1900, 1911; Yates 1934.
 */
export function chiSquareHomogeneity(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: ContingencyOptions = {},
): ContingencyResult {
  const table = tableOf(reference, current)
  const { n, m, cells } = table
  if (options.yates === true && cells.length !== 2) {
    throw new RangeError(`Yates's correction is for 2 cells, not ${String(cells.length)}`)
  }
  let statistic = 0
  for (const [inReference, inCurrent] of cells) {
    // |O - E| is this over n + m in both rows; a whole number, so equal shares give exactly 0.
    let excess = Math.abs(inReference * m - inCurrent * n)
    if (options.yates === true) excess -= Math.min((n + m) / 2, excess)
    statistic += ((excess / n) * (excess / m)) / (inReference + inCurrent)
  }
  return resultOf(table, statistic)
}

/**
 * The likelihood-ratio (G) test of homogeneity of a 2xk table, 2 * sum O log(O / E).
 *
 * @param reference - Counts per cell.
 * @param current - Counts of the same cells in the same order.
 * @returns As `chiSquareHomogeneity`; each cell is computed as a deviance, so nearly equal tables do
 * not cancel. Cramer's V is derived from G.
 * @throws RangeError when the lengths differ or a count is negative or not finite.
 * Missing values: as in `chiSquareHomogeneity`.
 * Complexity: O(k). Source: Wilks 1938; Sokal, Rohlf 1981.
 */
export function gTest(reference: ArrayLike<number>, current: ArrayLike<number>): ContingencyResult {
  const table = tableOf(reference, current)
  const { n, m, cells } = table
  const total = n + m
  let statistic = 0
  for (const [inReference, inCurrent] of cells) {
    const cell = inReference + inCurrent
    const difference = (inReference * m - inCurrent * n) / total
    statistic += 2 * deviance(inReference, (cell * n) / total, difference)
    statistic += 2 * deviance(inCurrent, (cell * m) / total, -difference)
  }
  return resultOf(table, statistic)
}

interface Table {
  readonly n: number
  readonly m: number
  readonly cells: readonly (readonly [number, number])[]
}

function tableOf(reference: ArrayLike<number>, current: ArrayLike<number>): Table {
  requireCounts(reference, current)
  const cells: [number, number][] = []
  for (let cell = 0; cell < reference.length; cell++) {
    const pair: [number, number] = [reference[cell] as number, current[cell] as number]
    if (pair[0] + pair[1] > 0) cells.push(pair)
  }
  return { n: totalCount(reference), m: totalCount(current), cells }
}

function resultOf(table: Table, statistic: number): ContingencyResult {
  const { n, m, cells } = table
  const base = {
    method: 'asymptotic',
    degreesOfFreedom: Math.max(0, cells.length - 1),
    n: { reference: n, current: m },
  } as const
  const reason = emptySampleReason(n, m)
  if (reason !== undefined) {
    const nothing = { statistic: null, pValue: null, cramersV: null, minExpected: null }
    return { ...base, ...nothing, warnings: [], reason }
  }
  const smallest = cells.reduce((least, [a, b]) => Math.min(least, a + b), Infinity)
  const minExpected = (smallest * Math.min(n, m)) / (n + m)
  const warnings =
    minExpected < SMALL_EXPECTED && cells.length > 1
      ? [`the smallest expected count is ${minExpected.toPrecision(3)}, below 5`]
      : []
  return {
    ...base,
    statistic,
    pValue: cells.length < 2 ? 1 : chiSquareSurvival(statistic, cells.length - 1),
    cramersV: Math.min(1, Math.sqrt(statistic / (n + m))),
    minExpected,
    warnings,
  }
}

const COUNTS_MISSING_RULE =
  'Missing values are not a cell, unless the caller counts them as one. Cells empty on both sides are left out.'

export const chiSquareHomogeneityDescriptor: CountsStatisticDescriptor = {
  id: 'chi-square-homogeneity',
  title: 'Chi-square test of homogeneity',
  family: 'test',
  appliesTo: COUNTED_DOMAINS,
  input: 'counts',
  definition:
    'X^2 = sum over both samples and all cells of (O - E)^2 / E with E = row total * cell total / N, on k - 1 degrees of freedom. Both samples are random; the reference is never taken as the expected shares.',
  range: { minimum: 0, maximum: Infinity },
  units: 'none',
  missingRule: COUNTS_MISSING_RULE,
  complexity: 'O(k) for k cells',
  symmetric: true,
  references: [
    {
      title:
        'On the probability that two independent distributions of frequency are really samples from the same population',
      authors: 'Pearson, K.',
      year: 1911,
      where: 'Biometrika 8, 250-254',
    },
  ],
  compute: (reference, current) => chiSquareHomogeneity(reference, current),
}

export const gTestDescriptor: CountsStatisticDescriptor = {
  id: 'g-test',
  title: 'Likelihood-ratio (G) test of homogeneity',
  family: 'test',
  appliesTo: COUNTED_DOMAINS,
  input: 'counts',
  definition:
    'G = 2 * sum over both samples and all cells of O log(O / E), on k - 1 degrees of freedom; an empty cell adds 0.',
  range: { minimum: 0, maximum: Infinity },
  units: 'none',
  missingRule: COUNTS_MISSING_RULE,
  complexity: 'O(k) for k cells',
  symmetric: true,
  references: [
    {
      title:
        'The large-sample distribution of the likelihood ratio for testing composite hypotheses',
      authors: 'Wilks, S. S.',
      year: 1938,
      where: 'Annals of Mathematical Statistics 9, 60-62',
    },
  ],
  compute: (reference, current) => gTest(reference, current),
}
