import type { GradedFinding } from '../../core/finding.ts'
import { isSignificant } from '../../core/threshold.ts'
import { chiSquareSurvival } from '../../stats/distributions/chi-square.ts'
import type { Arm } from './experiment.ts'

/** Below this p-value the parts are not what was planned; common practice for this test. */
export const MISMATCH_ALPHA = 0.001
/** The chi-square law holds from about this many expected units in the smallest part. */
const MINIMUM_EXPECTED = 5

/** How assignment counts compare with the planned parts. */
export interface RatioMismatch {
  readonly statistic: number
  readonly degreesOfFreedom: number
  readonly pValue: number
  /** Of each planned part, in the order of the plan. */
  readonly observed: readonly number[]
  readonly expected: readonly number[]
}

/**
 * Chi-square goodness of fit of assignment counts to planned weights.
 *
 * @param observed - Units in each part, whole numbers.
 * @param weights - Planned weights, positive, relative to their sum, at least two.
 * @returns The statistic sum (O - E)^2 / E with one degree of freedom less than parts.
 * @throws RangeError for lists of other lengths, or counts and weights out of range.
 * Complexity: O(parts). Source: Pearson 1900; Fabijan et al. 2019, "Diagnosing sample ratio mismatch".
 */
export function ratioMismatch(
  observed: readonly number[],
  weights: readonly number[],
): RatioMismatch {
  if (observed.length !== weights.length || observed.length < 2) {
    throw new RangeError(`${String(observed.length)} counts, ${String(weights.length)} weights`)
  }
  if (observed.some((count) => !(Number.isSafeInteger(count) && count >= 0))) {
    throw new RangeError(`counts: ${observed.join(', ')}`)
  }
  if (weights.some((weight) => !(weight > 0 && weight < Infinity))) {
    throw new RangeError(`weights: ${weights.join(', ')}`)
  }
  const units = observed.reduce((sum, count) => sum + count, 0)
  if (units === 0) throw new RangeError('no units were assigned')
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const expected = weights.map((weight) => (units * weight) / whole)
  const statistic = expected.reduce(
    (sum, count, part) => sum + ((observed[part] ?? 0) - count) ** 2 / count,
    0,
  )
  const degreesOfFreedom = observed.length - 1
  const pValue = chiSquareSurvival(statistic, degreesOfFreedom)
  return { statistic, degreesOfFreedom, pValue, observed, expected }
}

export interface JudgedAssignments {
  readonly mismatch: RatioMismatch | undefined
  readonly findings: readonly GradedFinding[]
}

/**
 * Judges assignment counts against the planned parts. No units, too few of them, or a plan of fewer
 * than two parts decide nothing.
 *
 * @param path where the counts come from
 */
export function judgeAssignments(
  counts: ReadonlyMap<string, number>,
  arms: readonly Arm[],
  path: string,
): JudgedAssignments {
  const location = { path }
  const names = arms.map(({ name }) => name)
  const unplanned = [...counts.keys()].filter((name) => !names.includes(name))
  const findings: GradedFinding[] = []
  if (unplanned.length > 0) {
    const args = { parts: unplanned, planned: names }
    findings.push({ severity: 'fail', code: 'AB_PART_UNPLANNED', args, location })
  }
  const observed = arms.map(({ name }) => counts.get(name) ?? 0)
  const units = observed.reduce((sum, count) => sum + count, 0)
  const whole = arms.reduce((sum, { weight }) => sum + weight, 0)
  const smallest = Math.min(...arms.map(({ weight }) => (units * weight) / whole))
  if (arms.length < 2 || !(smallest >= MINIMUM_EXPECTED)) {
    const args = { units, limit: MINIMUM_EXPECTED }
    findings.push({ severity: 'inconclusive', code: 'AB_ASSIGNMENTS_FEW', args, location })
    return { mismatch: undefined, findings }
  }
  const mismatch = ratioMismatch(
    observed,
    arms.map(({ weight }) => weight),
  )
  if (isSignificant(mismatch.pValue, MISMATCH_ALPHA)) {
    const args = {
      parts: arms.map(
        ({ name }, part) =>
          `${name} ${String(observed[part])} of ${(mismatch.expected[part] ?? 0).toFixed(1)} expected`,
      ),
      pValue: mismatch.pValue,
      limit: MISMATCH_ALPHA,
    }
    findings.push({ severity: 'fail', code: 'AB_RATIO_MISMATCH', args, location })
  }
  return { mismatch, findings }
}
