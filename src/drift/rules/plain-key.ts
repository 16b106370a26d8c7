import type { GradedFinding } from '../../core/finding.ts'
import type { Outcome } from '../../core/outcome.ts'
import { gravest } from '../../core/outcome.ts'
import type { KeyName, KeyResult } from '../../core/result.ts'
import type { DriftStatistic } from '../../stats/statistic.ts'
import type { ColumnVerdict } from './rule.ts'

interface About {
  readonly key: KeyName
  readonly test: string
  readonly n: { readonly reference: number; readonly current: number }
  /** What drift means for the column; `warn` unless said. */
  readonly drifted?: 'warn' | 'fail'
}

interface PlainKey extends About {
  readonly statistic: number
  readonly method?: string
  readonly effect?: number
  readonly limit?: number
  readonly pValue?: number
  readonly outcome: KeyResult['outcome']
}

/** A key of a rule that knows one limit, or one level, and no second key. */
export function plainKey(plain: PlainKey): KeyResult {
  const { effect, limit, pValue } = plain
  return {
    key: plain.key,
    test: plain.test,
    method: plain.method ?? 'exact',
    statistic: plain.statistic,
    ...(effect === undefined
      ? { effect: null, effectReason: 'the rule knows no effect in share of rows' }
      : { effect }),
    warn: null,
    warnReason: 'the rule has one limit',
    ...(limit === undefined
      ? { fail: null, failReason: 'the rule judges by the p-value' }
      : { fail: limit }),
    ...(pValue === undefined ? { pValue: null, pValueReason: 'a distance has none' } : { pValue }),
    adjustedPValue: null,
    adjustedPValueReason: 'the rule does not adjust for the number of tests',
    outcome: plain.outcome,
    certain: false,
    n: plain.n,
  }
}

/** Judges a test by its p-value. */
export function belowLevel(
  test: DriftStatistic,
  about: About,
  isDrift: (pValue: number) => boolean,
): KeyResult {
  const { statistic, pValue, reason = 'not defined' } = test
  if (statistic === null || pValue === null || pValue === undefined) {
    return undecided(about.key, about.test, { kind: 'inconclusive', reason })
  }
  const outcome = isDrift(pValue) ? (about.drifted ?? 'warn') : 'pass'
  return plainKey({ ...about, method: test.method, statistic, pValue, outcome })
}

/** Judges a distance by a limit. */
export function aboveLimit(
  distance: DriftStatistic,
  about: About & { readonly limit: number },
  isDrift: (value: number) => boolean,
): KeyResult {
  const { statistic, reason = 'not defined' } = distance
  if (statistic === null || !Number.isFinite(statistic)) {
    return undecided(about.key, about.test, { kind: 'inconclusive', reason })
  }
  const outcome = isDrift(statistic) ? (about.drifted ?? 'warn') : 'pass'
  return plainKey({ ...about, method: distance.method, statistic, outcome })
}

/** A key without numbers, with the reason in their place. */
export function undecided(
  key: KeyName,
  test: string,
  why: { readonly kind: 'not-applicable' | 'inconclusive'; readonly reason: string },
): KeyResult {
  const { kind, reason } = why
  return {
    key,
    test,
    method: 'none',
    statistic: null,
    statisticReason: reason,
    effect: null,
    effectReason: reason,
    warn: null,
    warnReason: reason,
    fail: null,
    failReason: reason,
    pValue: null,
    pValueReason: reason,
    adjustedPValue: null,
    adjustedPValueReason: reason,
    outcome: kind,
    certain: false,
  }
}

/** A key's outcome as that of a column: what is only worth a notice passes. */
export function outcomeOf(key: KeyResult): Outcome {
  return key.outcome === 'notice' ? 'pass' : key.outcome
}

/** The verdict of a column whose gravest key decides; the findings name what decided. */
export function plainVerdict(name: string, keys: readonly KeyResult[]): ColumnVerdict {
  const outcome = gravest(keys.map(outcomeOf))
  const deciding = keys.filter((key) => outcomeOf(key) === outcome)
  return {
    name,
    outcome,
    reason: deciding.map((key) => key['statisticReason'] ?? key.test).join(', '),
    keys,
    findings: deciding.flatMap(findingOf),
  }
}

function findingOf(key: KeyResult): readonly GradedFinding[] {
  const { test, statistic, pValue, fail } = key
  if (key.outcome === 'warn' || key.outcome === 'fail') {
    const args = { key: key.key, test, statistic, pValue, limit: fail }
    return [{ code: 'RULE_DRIFT', severity: key.outcome, args }]
  }
  if (key.outcome !== 'inconclusive') return []
  const reason = key['statisticReason'] ?? 'not defined'
  const args = { key: key.key, test, reason }
  return [{ code: 'KEY_NOT_COMPUTED', severity: 'inconclusive', args }]
}
