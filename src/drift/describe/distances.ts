import type { MaybeNumber } from '../../core/result.ts'
import { hellinger } from '../../stats/distances/hellinger.ts'
import {
  jensenShannonDistance,
  jensenShannonDivergence,
} from '../../stats/distances/jensen-shannon.ts'
import { kullbackLeibler } from '../../stats/distances/kullback-leibler.ts'
import { lineDistances } from '../../stats/distances/line-distances.ts'
import { populationStabilityIndex } from '../../stats/distances/population-stability-index.ts'
import { totalVariation } from '../../stats/distances/total-variation.ts'
import { countBetweenCuts, quantileCuts } from '../../stats/histogram.ts'
import { moments } from '../../stats/moments.ts'
import { quantileSorted } from '../../stats/quantile.ts'
import type { DriftStatistic } from '../../stats/statistic.ts'
import type { ColumnComparison } from '../comparison.ts'
import type { CodedSample, EnvelopeSample, NumericSample } from '../sample.ts'
import { byCodeUnits, finiteValues } from '../sample.ts'

/** A finite number by name, or `null` and a sentence under `<name>Reason`; names of scales are texts. */
export type Distances = Readonly<Record<string, MaybeNumber | string>>

/** Cells of PSI and its relatives for numbers: deciles of the reference, the outer ones open. */
const CELLS = 10
/** Added to every cell before the Kullback-Leibler divergence, which an empty cell makes infinite. */
const SMOOTHING = 0.5
/** IQR over this is the standard deviation of a normal law. */
const IQR_OF_NORMAL = 1.3489795003921634

const NAMES = [
  'kolmogorovSmirnov',
  'wasserstein1',
  'wasserstein1Scaled',
  'jensenShannonDistance',
  'jensenShannonDivergence',
  'populationStabilityIndex',
  'hellinger',
  'totalVariation',
  'kullbackLeibler',
  'energy',
] as const

type DistanceName = (typeof NAMES)[number]
type Values = Partial<Record<DistanceName, number | string>>

/**
 * The distances that are reported beside the verdict; none of them decides.
 *
 * @param column - Both sides.
 * @param deciles - What a baseline counted between its deciles, where it is the reference.
 * @returns Every name, with a number or with `null` and a `<name>Reason`. Numbers are counted
 * between the distinct deciles of the reference for the distances of counts; `wasserstein1Scaled`
 * is divided by IQR/1.349 of the reference, or by its standard deviation where the IQR is 0, and
 * `wasserstein1Scale` says by which. `kullbackLeibler` has half a row added to every cell.
 * Complexity: O(n + m).
 */
export function distancesOf(column: ColumnComparison, deciles?: Deciles): Distances {
  const { reference, current } = column
  if (reference.kind === 'coded' && current.kind === 'coded') {
    return complete(codedDistances(reference, current), 'labels have no order and no unit')
  }
  if (reference.kind === 'numeric' && current.kind === 'numeric') {
    return numericDistances(column, reference, current)
  }
  if (reference.kind === 'envelope' && current.kind === 'numeric' && deciles !== undefined) {
    return complete(baselineDistances(reference, current, deciles), 'a baseline holds no values')
  }
  return complete({}, 'the two sides hold values of different kinds')
}

/** Counts of the reference between its distinct deciles. */
export interface Deciles {
  readonly cuts: readonly number[]
  readonly counts: readonly number[]
}

function numericDistances(
  column: ColumnComparison,
  reference: NumericSample,
  current: NumericSample,
): Distances {
  if (reference.sorted.length === 0 || current.sorted.length === 0) {
    return complete({}, 'one side has no valid value')
  }
  const { wasserstein1: area, energy } = lineDistances(reference.sorted, current.sorted)
  const scale = scaleOf(finiteValues(reference))
  const cuts = quantileCuts(reference.sorted, CELLS).filter(Number.isFinite)
  const distances = complete(
    {
      kolmogorovSmirnov: value(column.largestGap()),
      wasserstein1: value(area),
      wasserstein1Scaled: scaled(area, scale),
      energy: value(energy),
      ...countDistances(
        countBetweenCuts(reference.sorted, cuts),
        countBetweenCuts(current.sorted, cuts),
      ),
    },
    'not defined',
  )
  return scale === null ? distances : { ...distances, wasserstein1Scale: scale.name }
}

function baselineDistances(
  reference: EnvelopeSample,
  current: NumericSample,
  { cuts, counts }: Deciles,
): Values {
  if (reference.valid === 0 || current.sorted.length === 0) return {}
  return countDistances(counts, countBetweenCuts(current.sorted, cuts))
}

function codedDistances(reference: CodedSample, current: CodedSample): Values {
  const labels = [...new Set([...reference.counts.keys(), ...current.counts.keys()])]
  labels.sort(byCodeUnits)
  const counts = (sample: CodedSample): number[] => [
    ...labels.map((label) => sample.counts.get(label) ?? 0),
    sample.rest?.rows ?? 0,
  ]
  return countDistances(counts(reference), counts(current))
}

function countDistances(reference: readonly number[], current: readonly number[]): Values {
  return {
    jensenShannonDistance: value(jensenShannonDistance(reference, current)),
    jensenShannonDivergence: value(jensenShannonDivergence(reference, current)),
    populationStabilityIndex: value(populationStabilityIndex(reference, current)),
    hellinger: value(hellinger(reference, current)),
    totalVariation: value(totalVariation(reference, current)),
    kullbackLeibler: value(kullbackLeibler(reference, current, SMOOTHING)),
  }
}

interface Scale {
  readonly name: 'iqr/1.349' | 'std'
  readonly size: number
}

function scaleOf(finite: Float64Array): Scale | null {
  if (finite.length === 0) return null
  const range = quantileSorted(finite, 0.75) - quantileSorted(finite, 0.25)
  if (range > 0 && Number.isFinite(range)) {
    return { name: 'iqr/1.349', size: range / IQR_OF_NORMAL }
  }
  const { std } = moments(finite)
  return std !== null && std > 0 && Number.isFinite(std) ? { name: 'std', size: std } : null
}

function scaled(area: DriftStatistic, scale: Scale | null): number | string {
  if (area.statistic === null) return area.reason ?? 'not defined'
  if (scale === null) return 'the reference has no spread to divide by'
  return area.statistic / scale.size
}

function value({
  statistic,
  reason,
}: Pick<DriftStatistic, 'statistic' | 'reason'>): number | string {
  return statistic ?? reason ?? 'not defined'
}

function complete(values: Values, otherwise: string): Distances {
  const distances: Record<string, MaybeNumber | string> = {}
  for (const name of NAMES) {
    const found = values[name] ?? otherwise
    if (typeof found === 'number' && Number.isFinite(found)) distances[name] = found
    else {
      distances[name] = null
      distances[`${name}Reason`] = typeof found === 'string' ? found : 'not a finite number'
    }
  }
  return distances
}
