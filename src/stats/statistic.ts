/**
 * The shape of every answer in `stats` and of the description that each statistic gives of itself.
 */

/** How a p-value was obtained. */
export type PValueMethod = 'exact' | 'asymptotic' | 'permutation' | 'monte-carlo'

/** Valid values on each side; missing values never reach a statistic. */
export interface SampleSizes {
  readonly reference: number
  readonly current: number
}

/**
 * The answer of a two-sample statistic. A number that is not defined is `null` with a `reason`,
 * never NaN: `NaN > threshold` is false and would read as "no drift". `null > threshold` does not
 * compile.
 */
export interface DriftStatistic {
  readonly statistic: number | null
  /** From 0 to 1. Left out by distances, `null` where a test is not defined. */
  readonly pValue?: number | null
  readonly method: PValueMethod
  /** Where on the axis of the values the statistic is attained, for statistics that have a place. */
  readonly location?: number | null
  readonly n: SampleSizes
  /** Sentences for a person; they never change the meaning of the numbers. */
  readonly warnings: readonly string[]
  /** Why `statistic` or `pValue` is `null`; present exactly when one of them is. */
  readonly reason?: string
}

/** A test has a p-value (small is bad); a distance has none (large is bad). */
export type StatisticFamily = 'test' | 'distance'

/** What a statistic can be computed on; the names are those of the logical column types. */
export type StatisticDomain = 'number' | 'integer' | 'datetime' | 'category' | 'boolean'

/** Values that grow with a rank or a distance. */
export const NUMERIC_DOMAINS = ['number', 'integer', 'datetime'] as const

/** Values that can only be counted. */
export const COUNTED_DOMAINS = ['category', 'boolean'] as const

/** The values that a statistic can take, both ends included; in its own unit. */
export interface StatisticRange {
  readonly minimum: number
  /** `Infinity` when the statistic has no upper bound. */
  readonly maximum: number
}

/** Where a statistic is published. */
export interface StatisticReference {
  readonly title: string
  readonly authors: string
  readonly year: number
  readonly where: string
}

interface DescriptorBase {
  /** Kebab-case, the standard name in the field. */
  readonly id: string
  readonly title: string
  readonly family: StatisticFamily
  readonly appliesTo: readonly StatisticDomain[]
  /** The formula and what it means, in a few sentences of plain text. */
  readonly definition: string
  readonly range: StatisticRange
  /** `share of rows`, `units of the feature`, `none`, … */
  readonly units: string
  /** What happens to missing values and, for numbers, to infinite ones. */
  readonly missingRule: string
  /** With n reference and m current values. */
  readonly complexity: string
  readonly references: readonly StatisticReference[]
  /** Whether exchanging the two samples leaves the statistic as it is. */
  readonly symmetric: boolean
}

/** A statistic of two sorted samples (ascending, no NaN). */
export interface NumericStatisticDescriptor extends DescriptorBase {
  readonly input: 'sorted-values'
  /** The statistic of two samples; throws RangeError when one is not sorted or contains NaN. */
  readonly compute: (reference: Float64Array, current: Float64Array) => DriftStatistic
}

/** A statistic of two tables of counts over the same cells in the same order. */
export interface CountsStatisticDescriptor extends DescriptorBase {
  readonly input: 'counts'
  /** The statistic of two rows of counts; throws RangeError when they differ in length or are no counts. */
  readonly compute: (
    referenceCounts: ArrayLike<number>,
    currentCounts: ArrayLike<number>,
  ) => DriftStatistic
}

/** A statistic with an input of its own (rows of vectors, sizes and a count); described only. */
export interface DescribedStatisticDescriptor extends DescriptorBase {
  readonly input: 'other'
}

/**
 * What a statistic says about itself: the source of `mlcheck explain`, of the documentation pages
 * and of the contract test that every statistic has to pass.
 */
export type StatisticDescriptor =
  NumericStatisticDescriptor | CountsStatisticDescriptor | DescribedStatisticDescriptor
