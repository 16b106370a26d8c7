import type { FindingCode, GradedFinding, Severity } from '../../core/finding.ts'
import type { KeyName, KeyResult } from '../../core/result.ts'
import { isSignificant, reaches } from '../../core/threshold.ts'
import type { ExactFact, Measurement, Strength, Unmeasured } from '../keys/measurement.ts'
import type { DriftSettings } from '../settings.ts'
import { undecided } from './plain-key.ts'

interface JudgedKey {
  readonly key: KeyResult
  readonly findings: readonly GradedFinding[]
}

interface JudgeContext {
  readonly settings: DriftSettings
  /** The level at which Holm's adjustment takes its first step. */
  readonly level: number
  /** The smallest effect that could have been seen; `undefined` to leave adequacy out. */
  readonly detectable: number | undefined
  /** The effect that the reference shows by itself. */
  readonly floor: number
  /** In the self-check the floor is what its own splits show, and explains all of it. */
  readonly isSelfCheck: boolean
  /** Whether labels were exchanged: bounds that assume independent rows then certify nothing. */
  readonly isJoint: boolean
}

const DRIFT_CODES: Readonly<Record<KeyName, FindingCode>> = {
  shape: 'SHAPE_DRIFT',
  tail: 'TAIL_DRIFT',
  novel: 'NOVEL_VALUES',
  missing: 'MISSING_RATE_CHANGED',
  range: 'OUT_OF_DECLARED_RANGE',
  drift: 'DRIFT',
}

type Verdict = 'pass' | 'notice' | 'warn' | 'fail'
const GRAVITY: Readonly<Record<Verdict, number>> = { pass: 0, notice: 1, warn: 2, fail: 3 }

/**
 * Turns both keys of one measurement.
 *
 * Adequacy: a shape key that did not fail is inconclusive when a failing effect could have gone
 * unseen, unless `acceptSensitivity` allows that much. The rates (tail, novel, missing) have
 * thresholds far below what a few thousand rows can show, and a column is not held back by them:
 * they are inconclusive only when even the failing effect of a shape, a tenth of the rows by
 * default, could have gone unseen. The smallest detectable effect is always reported.
 */
export function judgeMeasurement(
  measurement: Measurement,
  adjusted: { readonly least: number; readonly greatest: number },
  context: JudgeContext,
): JudgedKey {
  const { settings, floor } = context
  const limits: Limits = {
    warn: Math.max(measurement.thresholds[0], floor),
    fail: Math.max(measurement.thresholds[1], floor),
    alpha: settings.alpha,
  }
  const least = verdictOf(measurement.least, adjusted.least, limits)
  const verdict = verdictOf(measurement.greatest, adjusted.greatest, limits)
  // The key stays below the thresholds it has; the finding warns of what they would have said.
  const isInNoise =
    GRAVITY[verdict] < GRAVITY.warn && isWithinNoise(measurement, adjusted.greatest, context)
  const isCoarse = least !== verdict && GRAVITY[verdict] >= GRAVITY.warn
  const blind = verdict === 'fail' ? undefined : blindness(measurement, context, limits.fail)
  const isBlind = blind !== undefined && !blind.isAccepted
  const outcome = isCoarse || isBlind ? 'inconclusive' : verdict
  const isCertain =
    !context.isJoint &&
    ((outcome === 'fail' && reaches(measurement.lowerBound(), limits.fail)) ||
      (outcome === 'warn' && reaches(measurement.lowerBound(), limits.warn)))
  const key: KeyResult = {
    key: measurement.key,
    test: measurement.test,
    method: measurement.method,
    statistic: measurement.statistic,
    ...(measurement.statisticReason === undefined
      ? {}
      : { statisticReason: measurement.statisticReason }),
    effect: measurement.point.effect,
    warn: limits.warn,
    fail: limits.fail,
    pValue: measurement.point.pValue,
    adjustedPValue: adjusted.least,
    outcome,
    certain: isCertain,
    ...(context.detectable === undefined ? {} : { detectable: context.detectable }),
    n: measurement.n,
    ...(measurement.warnings.length === 0 ? {} : { warnings: measurement.warnings }),
  }
  const findings = isCoarse
    ? [coarseFinding(measurement, limits)]
    : isInNoise
      ? [noiseFinding(key, measurement, floor)]
      : driftFindings(key, verdict, limits)
  return { key, findings: [...findings, ...blindFindings(key, blind)] }
}

interface Limits {
  readonly warn: number
  readonly fail: number
  readonly alpha: number
}

function verdictOf({ effect }: Strength, pValue: number, limits: Limits): Verdict {
  if (!isSignificant(pValue, limits.alpha)) return 'pass'
  if (reaches(effect, limits.fail)) return 'fail'
  return reaches(effect, limits.warn) ? 'warn' : 'notice'
}

/** A failing effect that is passed only because the reference varies as much by itself. */
function isWithinNoise(
  { greatest, thresholds }: Measurement,
  adjusted: number,
  { floor, isSelfCheck, settings }: JudgeContext,
): boolean {
  const [, fail] = thresholds
  if (isSelfCheck || reaches(fail, floor)) return false
  return isSignificant(adjusted, settings.alpha) && reaches(greatest.effect, fail)
}

function noiseFinding(key: KeyResult, { thresholds }: Measurement, floor: number): GradedFinding {
  const { effect, adjustedPValue, test } = key
  const args = { key: key.key, test, effect, adjustedPValue, configured: thresholds[1], floor }
  return grade('WITHIN_REFERENCE_NOISE', 'warn', args)
}

interface Blindness {
  readonly detectable: number
  readonly threshold: number
  readonly rowsNeeded: number | null
  readonly accepted: number | null
  readonly isAccepted: boolean
}

/** What the rows could not have shown, or `undefined` when they could have shown enough. */
function blindness(
  measurement: Measurement,
  { detectable, settings }: JudgeContext,
  fail: number,
): Blindness | undefined {
  if (detectable === undefined) return undefined
  const threshold =
    measurement.key === 'shape' ? fail : Math.max(fail, settings.thresholds.shape[1])
  if (reaches(threshold, detectable)) return undefined
  const accepted = settings.acceptSensitivity ?? null
  return {
    detectable,
    threshold,
    rowsNeeded: rowsNeeded(measurement, detectable, threshold),
    accepted,
    isAccepted: accepted !== null && reaches(accepted, detectable),
  }
}

/** Rows a side with equal sizes: what is detectable shrinks with the root of nm/(n+m). */
function rowsNeeded(
  { n: sizes }: Measurement,
  detectable: number,
  threshold: number,
): number | null {
  const { reference: n, current: m } = sizes
  if (threshold <= 0 || n === 0 || m === 0) return null
  return Math.ceil(2 * (n / (1 + n / m)) * (detectable / threshold) ** 2)
}

function coarseFinding(measurement: Measurement, { warn, fail }: Limits): GradedFinding {
  return grade('BASELINE_TOO_COARSE', 'inconclusive', {
    key: measurement.key,
    least: measurement.least.effect,
    greatest: measurement.greatest.effect,
    warn,
    fail,
  })
}

function blindFindings(key: KeyResult, blind: Blindness | undefined): readonly GradedFinding[] {
  if (blind === undefined) return []
  const { detectable, threshold, rowsNeeded: needed, accepted, isAccepted } = blind
  const sizes = { reference: key.n?.reference ?? null, current: key.n?.current ?? null }
  const args = { key: key.key, test: key.test, detectable, threshold, rowsNeeded: needed, ...sizes }
  return isAccepted
    ? [grade('SENSITIVITY_ACCEPTED', 'notice', { ...args, accepted })]
    : [grade('TOO_FEW_ROWS', 'inconclusive', args)]
}

function driftFindings(
  key: KeyResult,
  verdict: Verdict,
  { warn, fail }: Limits,
): readonly GradedFinding[] {
  const { test, effect, pValue, adjustedPValue } = key
  const args = { key: key.key, test, effect, pValue, adjustedPValue, warn, fail }
  if (verdict === 'fail' || verdict === 'warn') return [grade(DRIFT_CODES[key.key], verdict, args)]
  if (verdict === 'notice') return [grade('SMALL_BUT_REAL', 'notice', args)]
  return effect !== null && reaches(effect, warn) ? [grade('WITHIN_NOISE', 'notice', args)] : []
}

/** A fact without a test: anything above zero fails. */
export function judgeExact(fact: ExactFact): JudgedKey {
  const isBroken = fact.count > 0
  const code = fact.key === 'novel' ? 'OUTSIDE_VOCABULARY' : DRIFT_CODES[fact.key]
  return {
    key: {
      key: fact.key,
      test: fact.test,
      method: 'exact',
      statistic: fact.count,
      effect: fact.effect,
      warn: null,
      warnReason: 'a declaration has no tolerance',
      fail: null,
      failReason: 'a declaration has no tolerance',
      pValue: null,
      pValueReason: 'a declaration is checked, not tested',
      adjustedPValue: null,
      adjustedPValueReason: 'a declaration is checked, not tested',
      outcome: isBroken ? 'fail' : 'pass',
      certain: isBroken,
      n: fact.n,
    },
    findings: isBroken
      ? [grade(code, 'fail', { key: fact.key, rows: fact.count, share: fact.effect })]
      : [],
  }
}

/** A key without numbers, with the reason in their place. */
export function judgeUnmeasured({ kind, key, test, reason }: Unmeasured): JudgedKey {
  return {
    key: undecided(key, test, { kind, reason }),
    findings:
      kind === 'inconclusive'
        ? [grade('KEY_NOT_COMPUTED', 'inconclusive', { key, test, reason })]
        : [],
  }
}

function grade(code: FindingCode, severity: Severity, args: GradedFinding['args']): GradedFinding {
  return { code, severity, args }
}
