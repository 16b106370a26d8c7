import type { ColumnComparison } from '../comparison.ts'
import type { NumericSample } from '../sample.ts'
import { finiteValues } from '../sample.ts'
import {
  detectableInCells,
  testCells,
  totalVariationLowerBound,
  totalVariationOf,
} from './chi-square-key.ts'
import type { KeyMeasurement } from './measurement.ts'
import { measured } from './measurement.ts'
import type { Cells } from './value-cells.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const WEEK = 7 * DAY
/** 1970-01-01 was a Thursday; Monday is day 0. */
const WEEKDAY_OF_EPOCH = 3
/** Fewer whole periods than this say nothing about the mix inside a period. */
const LEAST_PERIODS = 2

interface CalendarCycle {
  readonly test: string
  readonly period: number
  readonly unit: number
  readonly cells: number
  readonly name: string
}

const WEEKDAYS: CalendarCycle = {
  test: 'weekday-mix',
  period: WEEK,
  unit: DAY,
  cells: 7,
  name: 'weeks',
}
const HOURS: CalendarCycle = { test: 'hour-mix', period: DAY, unit: HOUR, cells: 24, name: 'days' }

/**
 * The key `shape` of a datetime column: the mix of weekdays and of hours, UTC, each over the last
 * whole weeks or days of each side, because a part of a week has another mix than a week.
 *
 * @param column - A column of milliseconds since 1970.
 * @param alpha - Level of the one-sided bound.
 * @returns Two measurements; `not-applicable` where a side spans fewer than two whole periods, or
 * where all times are at midnight and there are no hours.
 * Complexity: O(n + m).
 */
export function calendarShapes(column: ColumnComparison, alpha: number): readonly KeyMeasurement[] {
  return [WEEKDAYS, HOURS].map((cycle) => calendarShape(column, cycle, alpha))
}

function calendarShape(
  column: ColumnComparison,
  cycle: CalendarCycle,
  alpha: number,
): KeyMeasurement {
  const { reference, current } = column
  const nothing = { kind: 'not-applicable', key: 'shape', test: cycle.test } as const
  if (reference.kind !== 'numeric' || current.kind !== 'numeric') {
    return { ...nothing, reason: 'a baseline holds no times, only their quantiles' }
  }
  if (cycle === HOURS && isAtMidnight(reference) && isAtMidnight(current)) {
    return { ...nothing, reason: 'dates without a time of day' }
  }
  const a = cycleCounts(finiteValues(reference), cycle)
  const b = cycleCounts(finiteValues(current), cycle)
  if (a === null || b === null) {
    const reason = `fewer than ${String(LEAST_PERIODS)} whole ${cycle.name} on one side`
    return { ...nothing, reason }
  }
  const cells = nonEmpty(a, b)
  return measured({
    key: 'shape',
    ...testCells(cells),
    test: cycle.test,
    effect: totalVariationOf(cells),
    thresholds: column.thresholds.shape,
    lowerBound: () => totalVariationLowerBound(cells, alpha),
    detectable: (level) => detectableInCells(cells, level),
    n: { reference: sum(a), current: sum(b) },
  })
}

function cycleCounts(times: Float64Array, cycle: CalendarCycle): Float64Array | null {
  const first = times[0]
  const last = times.at(-1)
  if (first === undefined || last === undefined) return null
  const periods = Math.floor((last - first + cycle.unit) / cycle.period)
  if (periods < LEAST_PERIODS) return null
  // The day or hour of the last row is taken whole.
  const end = (Math.floor(last / cycle.unit) + 1) * cycle.unit
  const start = end - periods * cycle.period
  const counts = new Float64Array(cycle.cells)
  for (const time of times) {
    if (time < start) continue
    const unit = Math.floor(time / cycle.unit) + (cycle === WEEKDAYS ? WEEKDAY_OF_EPOCH : 0)
    const cell = ((unit % cycle.cells) + cycle.cells) % cycle.cells
    counts[cell] = (counts[cell] as number) + 1
  }
  return counts
}

function nonEmpty(a: Float64Array, b: Float64Array): Cells {
  const isUsed = (_: number, cell: number): boolean => (a[cell] as number) + (b[cell] as number) > 0
  return { reference: a.filter(isUsed), current: b.filter(isUsed) }
}

function isAtMidnight(sample: NumericSample): boolean {
  return finiteValues(sample).every((time) => time % DAY === 0)
}

function sum(counts: Float64Array): number {
  return counts.reduce((total, count) => total + count, 0)
}
