import type { FindingCode, GradedFinding, Severity } from '../core/finding.ts'
import { reaches } from '../core/threshold.ts'
import { isoTime } from './describe/summary.ts'
import type { EnvelopeSample, NumericSample } from './sample.ts'
import { finiteValues } from './sample.ts'

const DAY = 86_400_000
/** A gap this many times the longest of the reference is worth a word. */
const GAP_FACTOR = 3
/** Values further from the reference's range than its whole length, and a year, are implausible. */
const LEAST_MARGIN = 366 * DAY

/**
 * What can be said of a datetime column without a clock: how fresh the current times are against
 * the reference's, values implausibly far outside its range, and new gaps.
 *
 * @param reference - Milliseconds since 1970, with values; or what a baseline knows of them.
 * @param current - The same of the current side.
 * @returns TIMES_RANGE (notice, always), TIMES_OLDER (notice) when the current side ends before the
 * reference does, FAR_FUTURE and FAR_PAST (warn), TIME_GAP (notice); TIMES_NOT_RECORDED (notice) where
 * a baseline cannot show gaps, and the range is that of the widest times its quantiles allow.
 * Complexity: O(n + m).
 */
export function observeTimes(
  reference: NumericSample | EnvelopeSample,
  current: NumericSample,
): readonly GradedFinding[] {
  const unrecorded =
    reference.kind === 'envelope' ? [grade('TIMES_NOT_RECORDED', 'notice', {})] : []
  const now = finiteValues(current)
  const [start, end] = rangeOf(reference)
  const [first, last] = [now[0], now.at(-1)]
  if (start === undefined || end === undefined) return unrecorded
  if (first === undefined || last === undefined) return []
  const findings = [
    grade('TIMES_RANGE', 'notice', {
      referenceFrom: isoTime(start),
      referenceTo: isoTime(end),
      currentFrom: isoTime(first),
      currentTo: isoTime(last),
      daysNewer: (last - end) / DAY,
    }),
  ]
  if (last < end) findings.push(grade('TIMES_OLDER', 'notice', { days: (end - last) / DAY }))
  const margin = Math.max(end - start, LEAST_MARGIN)
  if (last > end + margin) {
    findings.push(grade('FAR_FUTURE', 'warn', { latest: isoTime(last), reference: isoTime(end) }))
  }
  if (first < start - margin) {
    findings.push(
      grade('FAR_PAST', 'warn', { earliest: isoTime(first), reference: isoTime(start) }),
    )
  }
  if (reference.kind === 'envelope') return [...findings, ...unrecorded]
  return [...findings, ...newGap(longestGap(finiteValues(reference)), longestGap(now))]
}

/** The first and the last time; of a baseline the earliest and the latest that they can be. */
function rangeOf(sample: NumericSample | EnvelopeSample): readonly (number | undefined)[] {
  const times = sample.kind === 'numeric' ? finiteValues(sample) : undefined
  const ends =
    sample.kind === 'envelope'
      ? [sample.upper.at[0], sample.lower.at.at(-1)]
      : [times?.[0], times?.at(-1)]
  return ends.every(Number.isFinite) ? ends : [undefined, undefined]
}

interface Gap {
  readonly length: number
  readonly from: number
}

function longestGap(times: Float64Array): Gap {
  let gap: Gap = { length: 0, from: times[0] ?? 0 }
  for (let i = 1; i < times.length; i++) {
    const from = times[i - 1] as number
    const length = (times[i] as number) - from
    if (length > gap.length) gap = { length, from }
  }
  return gap
}

function newGap(before: Gap, now: Gap): readonly GradedFinding[] {
  if (now.length < DAY || before.length === 0) return []
  if (!reaches(now.length / before.length, GAP_FACTOR)) return []
  return [
    grade('TIME_GAP', 'notice', {
      days: now.length / DAY,
      from: isoTime(now.from),
      referenceDays: before.length / DAY,
    }),
  ]
}

function grade(code: FindingCode, severity: Severity, args: GradedFinding['args']): GradedFinding {
  return { code, severity, args }
}
