import type { GradedFinding } from '../core/finding.ts'
import type { Calibration } from '../core/result.ts'
import { binomialSurvival } from '../stats/distributions/binomial.ts'
import { clopperPearsonUpper } from '../stats/intervals/proportion.ts'
import type { Random } from '../stats/random.ts'
import type { Groups } from './dependence/groups.ts'
import type { ReferenceSplits, SplitScheme } from './dependence/reference-splits.ts'
import type { TimeWindows } from './dependence/time-windows.ts'
import { NO_UNIT } from './dependence/unit-column.ts'
import type { DecideOptions, RuleVerdict } from './rules/rule.ts'
import type { DriftSettings } from './settings.ts'

const AUTO_SPLITS = 200
/** Without an alarm in 59 splits the bound of the alarm rate is below the usable one of 5 %. */
const LEAST_AUTO_SPLITS = 60
/** Values that `auto` may deal out whatever the size of the comparison; some hundredths of a second. */
const FREE_VALUES = 3e5
/** Rows below which halves would be too small to be worth a split. */
const LEAST_ROWS = 500
/** More alarms than this share, without any drift, make the rule useless on this reference. */
const USABLE_SHARE = 0.05
/** The one-sided error probability of the reported bound, and of calling windows too many. */
const BOUND_TAIL = 0.05

/** A scheme with the words that say what was split. */
export interface CalibrationPlan extends SplitScheme {
  readonly words: string
  /** More alarms than this make the rule useless on this reference. */
  readonly mostAlarms: number
}

/**
 * Random half-splits of independent rows.
 *
 * @param rows - Rows of the reference.
 * @param columns - Columns that are judged.
 * @param values - Values of the whole comparison, both sides: `auto` deals out no more than half as
 * many, or three hundred thousand, so that the self-check costs less than the comparison.
 * @param settings - `calibrate` fixes the number of splits; `auto` takes 60 to 200.
 * @param random - Seeded.
 * @returns Splits into halves of equal size, of a random part of the rows where there are too many;
 * the words tell the size. `null` when calibration is off or a half would be empty.
 */
export function planIndependentSplits(
  rows: number,
  columns: number,
  values: number,
  { calibrate }: Pick<DriftSettings, 'calibrate'>,
  random: Random,
): CalibrationPlan | null {
  if (calibrate === 0 || rows < 2 || columns === 0) return null
  const budget = Math.max(FREE_VALUES, values / 2) / columns
  const wanted = calibrate === 'auto' ? AUTO_SPLITS : calibrate
  const affordable = Math.max(LEAST_ROWS, Math.floor(budget / wanted))
  const used = 2 * Math.floor(Math.min(rows, affordable) / 2)
  const splits =
    calibrate === 'auto'
      ? Math.min(AUTO_SPLITS, Math.max(LEAST_AUTO_SPLITS, Math.floor(budget / used)))
      : calibrate
  const unitOfRow = chooseRows(rows, used, random.fork('rows'))
  return {
    splits,
    unitOfRow,
    isJoint: false,
    sides: (split) => halves(used, random.fork(`split ${String(split)}`)),
    mostAlarms: USABLE_SHARE * splits,
    words: `random half-splits of the reference, ${String(used / 2)} rows each`,
  }
}

/** Numbers `used` rows drawn without replacement, in their order; the others belong to none. */
function chooseRows(rows: number, used: number, random: Random): Uint32Array {
  const isChosen = drawn(rows, used, random)
  const unitOfRow = new Uint32Array(rows).fill(NO_UNIT)
  let unit = 0
  for (let row = 0; row < rows; row++) if (isChosen[row] === 1) unitOfRow[row] = unit++
  return unitOfRow
}

/** Puts a random half of the units on the current side; the odd one as well. */
function halves(units: number, random: Random): Uint8Array {
  return drawn(units, Math.ceil(units / 2), random)
}

/** 1 for each of `size` elements drawn without replacement, 0 for the others. */
function drawn(from: number, size: number, random: Random): Uint8Array {
  const isDrawn = new Uint8Array(from)
  // Floyd's algorithm needs one number per drawn element, however many there are.
  for (let last = from - size; last < from; last++) {
    const element = random.integer(last + 1)
    isDrawn[isDrawn[element] === 1 ? last : element] = 1
  }
  return isDrawn
}

/**
 * Half-splits of whole groups, each judged with the others as its exchanges of labels.
 *
 * @param groups - Groups of the reference, numbered from 0.
 * @param settings - `permutations` + 1 splits; 0 in `calibrate` switches it off.
 */
export function planGroupSplits(
  groups: Groups,
  { calibrate, permutations }: Pick<DriftSettings, 'calibrate' | 'permutations'>,
  random: Random,
): CalibrationPlan | null {
  if (calibrate === 0 || groups.count < 2) return null
  return {
    splits: permutations + 1,
    unitOfRow: groups.unitOfRow,
    isJoint: true,
    sides: (split) => halves(groups.count, random.fork(`split ${String(split)}`)),
    mostAlarms: USABLE_SHARE * (permutations + 1),
    words: `random half-splits of the reference by group, ${String(Math.floor(groups.count / 2))} groups each`,
  }
}

/**
 * Each window of the reference against the rest of it. Windows are few, and the largest effect of any
 * key lies at its own noise floor, so that one or two alarm whatever the rule: they are held against
 * it when chance would hardly give as many at the usable rate.
 */
export function planWindowSplits(windows: TimeWindows): CalibrationPlan {
  return {
    splits: windows.count,
    unitOfRow: windows.unitOfRow,
    isJoint: false,
    sides: (split) => {
      const side = new Uint8Array(windows.count + 1)
      side[split] = 1
      return side
    },
    mostAlarms: mostWindowAlarms(windows.count),
    words: `windows of the reference as long as the current side, each against the rest`,
  }
}

function mostWindowAlarms(windows: number): number {
  let alarms = Math.floor(USABLE_SHARE * windows)
  while (binomialSurvival(alarms, windows, USABLE_SHARE) >= BOUND_TAIL) alarms++
  return alarms
}

/**
 * Counts the alarms of the rule on a reference that did not drift.
 *
 * @param plan - The splits.
 * @param splits - What the rule made of them.
 * @param settings - `failOn`: an alarm is what would close the gate. Too few rows are no alarm.
 * @param options - Noise floors, where the comparison has them.
 * @returns The count with its one-sided 95 % Clopper-Pearson bound, and RULE_NOT_USABLE
 * (inconclusive) when more of the splits alarm than the plan allows: 5 %, or for windows what chance
 * makes of 5 %.
 */
export function calibrationOf(
  plan: CalibrationPlan,
  splits: ReferenceSplits,
  { failOn }: Pick<DriftSettings, 'failOn'>,
  options: DecideOptions = {},
): { readonly calibration: Calibration; readonly findings: readonly GradedFinding[] } {
  let alarms = 0
  for (let split = 0; split < plan.splits; split++) {
    const verdict = splits.verdict(split, { ...options, adequacy: false })
    const isFailure = hasSeverity(verdict, 'fail') || splits.observed(split, 'fail')
    const isWarning = hasSeverity(verdict, 'warn') || splits.observed(split, 'warn')
    if (isFailure || (failOn === 'warn' && isWarning)) alarms++
  }
  const usable = alarms <= plan.mostAlarms
  const calibration: Calibration = {
    splits: plan.splits,
    alarms,
    upperBound: clopperPearsonUpper(alarms, plan.splits, BOUND_TAIL),
    scheme: plan.words,
    usable,
  }
  const limit = plan.mostAlarms / plan.splits
  const args = { splits: plan.splits, alarms, share: alarms / plan.splits, limit }
  return {
    calibration,
    findings: usable ? [] : [{ code: 'RULE_NOT_USABLE', severity: 'inconclusive', args }],
  }
}

function hasSeverity(verdict: RuleVerdict, severity: 'warn' | 'fail'): boolean {
  return (
    verdict.columns.some(({ outcome }) => outcome === severity) ||
    verdict.findings.some((finding) => finding.severity === severity)
  )
}
