import { dkwHalfWidth, smallestSignificantD } from '../../stats/intervals/dkw.ts'
import { kolmogorovSurvival } from '../../stats/special/kolmogorov.ts'
import type { ColumnComparison } from '../comparison.ts'
import type { EnvelopeSample } from '../sample.ts'
import { validCount } from '../sample.ts'
import {
  detectableInCells,
  testCells,
  totalVariationLowerBound,
  totalVariationOf,
} from './chi-square-key.ts'
import { envelopeDistance } from './envelope-distance.ts'
import type { KeyMeasurement, Measurement, Strength } from './measurement.ts'
import { measured } from './measurement.ts'
import { pooledCategories } from './pooled-categories.ts'
import { calendarShapes } from './calendar.ts'
import { valueCells } from './value-cells.ts'

/**
 * The key `shape`: whether values are distributed differently, in the share of rows that lies
 * elsewhere.
 *
 * @param column - Both sides, each with valid values.
 * @param alpha - Level of the one-sided bound.
 * @returns For numbers and text lengths D with the tie-aware Kolmogorov-Smirnov p-value, or with
 * that of a chi-square test of the value table where there are few values or large ties. For
 * categories the total variation after rare values were pooled, with the chi-square p-value. For
 * times one measurement for the weekdays and one for the hours: later data lie later, so their D
 * says nothing.
 * Complexity: O(n + m).
 */
export function measureShape(column: ColumnComparison, alpha: number): readonly KeyMeasurement[] {
  const { reference, current, view } = column
  if (view === 'time') return calendarShapes(column, alpha)
  if (reference.kind === 'coded' && current.kind === 'coded') {
    const cells = pooledCategories(reference, current)
    return [
      measured({
        key: 'shape',
        ...testCells(cells),
        effect: totalVariationOf(cells),
        thresholds: column.thresholds.shape,
        lowerBound: () => totalVariationLowerBound(cells, alpha),
        detectable: (level) => detectableInCells(cells, level),
        n: { reference: validCount(reference), current: validCount(current) },
      }),
    ]
  }
  if (reference.kind === 'envelope') return [fromBaseline(column, reference, alpha)]
  return [numericShape(column, alpha)]
}

function numericShape(column: ColumnComparison, alpha: number): KeyMeasurement {
  const { reference, current } = column
  if (reference.kind !== 'numeric' || current.kind !== 'numeric') {
    return {
      kind: 'inconclusive',
      key: 'shape',
      test: 'kolmogorov-smirnov',
      reason: 'the two sides hold values of different kinds',
    }
  }
  const { statistic: effect, reason = 'not defined' } = column.largestGap()
  if (effect === null) {
    return { kind: 'inconclusive', key: 'shape', test: 'kolmogorov-smirnov', reason }
  }
  const n = reference.sorted.length
  const m = current.sorted.length
  const shared = {
    key: 'shape',
    effect,
    thresholds: column.thresholds.shape,
    lowerBound: () => Math.max(0, effect - dkwHalfWidth(n, m, alpha)),
    n: { reference: n, current: m },
  } as const
  const cells = valueCells(reference.sorted, current.sorted)
  if (cells !== undefined) {
    return measured({
      ...shared,
      ...testCells(cells),
      detectable: (level) => detectableInCells(cells, level),
    })
  }
  const { pValue, method, warnings } = column.kolmogorovSmirnov()
  if (pValue === null) throw new RangeError(`column "${column.name}": D without a p-value`)
  return measured({
    ...shared,
    test: 'kolmogorov-smirnov',
    method,
    statistic: effect,
    pValue,
    warnings,
    detectable: (level) => smallestSignificantD(n, m, level),
  })
}

/** D lies between the bounds that the baseline's quantiles allow; p by the Kolmogorov limit. */
function fromBaseline(
  column: ColumnComparison,
  reference: EnvelopeSample,
  alpha: number,
): KeyMeasurement {
  const { current } = column
  if (current.kind !== 'numeric') {
    return {
      kind: 'inconclusive',
      key: 'shape',
      test: 'kolmogorov-smirnov',
      reason: 'the baseline holds numbers and the current column does not',
    }
  }
  const n = reference.valid
  const m = current.sorted.length
  const bounds = envelopeDistance(reference, current.sorted)
  const strength = (effect: number): Strength => ({
    effect,
    pValue: kolmogorovSurvival(effect * Math.sqrt(n / (1 + n / m))),
  })
  const measurement: Measurement = {
    kind: 'measured',
    key: 'shape',
    test: 'kolmogorov-smirnov',
    method: 'baseline-bounds',
    statistic: bounds.least,
    point: strength(bounds.least),
    least: strength(bounds.least),
    greatest: strength(bounds.greatest),
    thresholds: column.thresholds.shape,
    lowerBound: () => Math.max(0, bounds.least - dkwHalfWidth(n, m, alpha)),
    detectable: (level) =>
      Math.min(1, smallestSignificantD(n, m, level) + bounds.greatest - bounds.least),
    n: { reference: n, current: m },
    warnings: [
      `from a baseline: D lies between ${String(bounds.least)} and ${String(bounds.greatest)}`,
    ],
  }
  return measurement
}
