import type { Series } from './range.ts'
import type { TimeWindow } from './times.ts'

export interface CoverageLimits {
  /** A hole of more than this many steps between two samples is a gap. */
  readonly gapSteps: number
  /** A series with a wider step does not watch a window, in milliseconds. */
  readonly widestStepMs: number
}

export const COVERAGE_LIMITS: CoverageLimits = { gapSteps: 3, widestStepMs: 15 * 60_000 }

/** How a series covers a window. */
export interface Coverage {
  /** The usual distance of two samples; `undefined` with fewer than two samples in the window. */
  readonly stepMs: number | undefined
  /** Parts of the window without a number, the ends included. */
  readonly gaps: readonly TimeWindow[]
  readonly isCovered: boolean
}

/**
 * Whether a series has numbers all over a window. NaN is no number; the usual step is the median
 * distance of samples; the ends may be one gap's length away from the window's.
 *
 * @param stepMs the step of the query where it is known
 */
export function coverageOf(
  { samples }: Series,
  window: TimeWindow,
  limits: CoverageLimits = COVERAGE_LIMITS,
  stepMs?: number,
): Coverage {
  const times = samples
    .filter(({ value }) => !Number.isNaN(value))
    .map(({ timeMs }) => timeMs)
    .filter((time) => time >= window.fromMs && time <= window.toMs)
    .sort((a, b) => a - b)
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? time))
  const usual = stepMs ?? medianOf(steps.filter((step) => step > 0))
  if (usual === undefined) return { stepMs: undefined, gaps: [window], isCovered: false }
  const longest = usual * limits.gapSteps
  const bounds = [window.fromMs, ...times, window.toMs]
  const gaps = bounds.slice(1).flatMap((toMs, index): readonly TimeWindow[] => {
    const fromMs = bounds[index] ?? toMs
    return toMs - fromMs > longest ? [{ fromMs, toMs }] : []
  })
  const isCovered = gaps.length === 0 && usual <= limits.widestStepMs && times.length > 1
  return { stepMs: usual, gaps, isCovered }
}

function medianOf(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)]
}
