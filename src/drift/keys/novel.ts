import type { CategoryCount } from '../../core/result.ts'
import { novelCategory } from '../../stats/two-sample/novel-category.ts'
import type { ColumnComparison } from '../comparison.ts'
import type { CodedSample } from '../sample.ts'
import { byCodeUnits, validCount } from '../sample.ts'
import { differenceLowerBound, smallestWhere } from './bounds.ts'
import type { KeyMeasurement } from './measurement.ts'
import { measured } from './measurement.ts'

const TEST = 'novel-category'
/**
 * The share of the level, in that of one value, that the bound for all unseen rows together may spend.
 * Small, so that a column of few categories sees a new one as early as the tests of single values do;
 * the bound loses a constant factor, which columns of many rare values do not notice.
 */
const BOUND_WEIGHT = 0.05
/** Values that chance hardly ever puts on one side do not limit the bound of the others. */
const NEGLIGIBLE = 1e-12

/**
 * The key `novel`: current rows in values that the reference does not have.
 *
 * @param column - A category or boolean column with valid values on both sides. A declared
 * vocabulary replaces the test by an exact check.
 * @param alpha - Level of the one-sided bound.
 * @returns Effect: the share of valid current rows in unseen values beyond the share that rare values
 * give without any drift (0 for few categories, large for thousands). p: see `unseenIn`. Where a
 * baseline counted rare values together, an unseen value may be one of those: the least effect is 0.
 * Complexity: O(distinct values).
 */
export function measureNovel(column: ColumnComparison, alpha: number): KeyMeasurement {
  const { reference, current, values } = column
  const nothing = { key: 'novel', test: TEST } as const
  if (reference.kind !== 'coded' || current.kind !== 'coded') {
    return { ...nothing, kind: 'not-applicable', reason: 'no categories to compare' }
  }
  const n = validCount(reference)
  const m = validCount(current)
  if (values !== undefined) return vocabulary(current, new Set(values), n)
  const unseen = unseenIn(reference, current)
  const usual = Math.min(n, Math.round((unseen.expected * n) / m))
  const measurement = measured({
    ...nothing,
    method: 'exact',
    statistic: unseen.rows,
    effect: Math.max(0, unseen.rows - unseen.expected) / m,
    pValue: unseen.pValue,
    thresholds: column.thresholds.novel,
    lowerBound: () => differenceLowerBound({ k: unseen.rows, of: m, base: usual, from: n }, alpha),
    detectable: (level) => {
      const smallest = smallestWhere(1, m, (k) => unseen.pValueOf(k) < level)
      return smallest === undefined ? 1 : smallest / m
    },
    n: { reference: n, current: m },
  })
  return reference.rest === undefined || unseen.rows === 0
    ? measurement
    : { ...measurement, least: { effect: 0, pValue: 1 }, lowerBound: () => 0 }
}

function vocabulary(current: CodedSample, allowed: ReadonlySet<string>, n: number): KeyMeasurement {
  let count = 0
  for (const [value, rows] of current.counts) if (!allowed.has(value)) count += rows
  const m = validCount(current)
  return {
    kind: 'exact',
    key: 'novel',
    test: 'declared-vocabulary',
    count,
    effect: m === 0 ? 0 : count / m,
    n: { reference: n, current: m },
  }
}

/** What `unseenIn` finds. */
export interface Unseen {
  /** Different values that the reference does not have. */
  readonly distinct: number
  /** Current rows that hold one of them. */
  readonly rows: number
  /** Rows in unseen values that two samples of one law have on average. */
  readonly expected: number
  /** From 0 to 1; 1 without unseen values. */
  readonly pValue: number
  /** What it would be for a single unseen value of k rows. */
  pValueOf(k: number): number
}

/**
 * Values that occur in `current` and never in `reference`, and whether chance makes them.
 *
 * The p-value is the smallest of one exact probability per value (all its copies fell into the
 * current sample) and one bound for all unseen rows together, which sees what many rare new values
 * do, under Bonferroni's inequality: weight 1 for each distinct pooled value and a twentieth for the
 * bound. The weights depend on the pooled values alone, so the level holds. The bound is Bernstein's,
 * which holds because indicators of disjoint sets of rows sampled without replacement are negatively
 * associated.
 *
 * @returns p from 0 to 1. Complexity: O(distinct + rows of rare values).
 * Sources: hypergeometric law; Genovese, Roeder, Wasserman 2006 (weights); Joag-Dev, Proschan 1983;
 * Bernstein 1924.
 */
export function unseenIn(reference: CodedSample, current: CodedSample): Unseen {
  let distinct = 0
  let rows = 0
  let largest = 0
  for (const [value, count] of current.counts) {
    if (reference.counts.has(value)) continue
    distinct++
    rows += count
    largest = Math.max(largest, count)
  }
  const n = validCount(reference)
  const m = validCount(current)
  const weights = countDistinct(reference) + distinct + BOUND_WEIGHT
  const pValueOf = (k: number): number => Math.min(1, novelCategory(k, n, m) * weights)
  if (distinct === 0) return { distinct, rows, expected: 0, pValue: 1, pValueOf }
  const chance = rowsByChance(reference, current)
  const together = bernstein(rows - chance.mean, chance)
  return {
    distinct,
    rows,
    expected: Math.min(rows, chance.mean),
    pValue: Math.min(pValueOf(largest), (together * weights) / BOUND_WEIGHT),
    pValueOf,
  }
}

interface ChanceRows {
  readonly mean: number
  readonly variance: number
  /** The largest count of a value that chance puts on one side now and then. */
  readonly largest: number
  /** The probability that it happens to any of the others. */
  readonly neglected: number
}

/** Rows in values that random labels would put wholly into the current sample. */
function rowsByChance(reference: CodedSample, current: CodedSample): ChanceRows {
  const n = validCount(reference)
  const m = validCount(current)
  const valuesOfCount = new Map<number, number>()
  const add = (count: number): void => {
    valuesOfCount.set(count, (valuesOfCount.get(count) ?? 0) + 1)
  }
  for (const [value, count] of reference.counts) add(count + (current.counts.get(value) ?? 0))
  for (const [value, count] of current.counts) if (!reference.counts.has(value)) add(count)
  let mean = 0
  let variance = 0
  let largest = 0
  let neglected = 0
  for (const [count, values] of valuesOfCount) {
    const share = count > m ? 0 : novelCategory(count, n, m)
    mean += values * count * share
    variance += values * count * count * share * (1 - share)
    if (share > NEGLIGIBLE) largest = Math.max(largest, count)
    else neglected += values * share
  }
  return { mean, variance, largest, neglected }
}

/** P(excess >= t) is at most exp(-t^2 / (2 (variance + largest t / 3))), plus what was neglected. */
function bernstein(excess: number, { variance, largest, neglected }: ChanceRows): number {
  if (excess <= 0) return 1
  const spread = variance + (largest * excess) / 3
  const bound = spread === 0 ? 0 : Math.exp((-excess * excess) / (2 * spread))
  return Math.min(1, bound + neglected)
}

/** The values of one side that the other does not have, the most frequent first. */
export function onlyIn(side: CodedSample, other: CodedSample): readonly CategoryCount[] {
  return [...side.counts]
    .filter(([value]) => !other.counts.has(value))
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || byCodeUnits(a.value, b.value))
}

/** Distinct values, the ones a baseline counted together included. */
export function countDistinct(sample: CodedSample): number {
  return sample.counts.size + (sample.rest?.distinct ?? 0)
}
