import type { GradedFinding } from '../../core/finding.ts'
import { at, booleanOf, entriesOf, has, itemsOf, numberOf, textOf, type Value } from '../located.ts'
import { countOf, DAY_MS, statedDurationOf } from '../quantities.ts'
import { unknownKeys } from '../unknown-keys.ts'
import type { Arm, Direction, ExperimentPlan, Guardrail } from './experiment.ts'
import type { Effect } from './power.ts'

const ROOT_KEYS = [
  'version',
  'name',
  'metric',
  'direction',
  'baseline',
  'minimum_effect',
  'alpha',
  'power',
  'control',
  'weights',
  'unit',
  'traffic_per_day',
  'duration',
  'looks',
  'sequential',
  'guardrails',
]
const DIRECTIONS: readonly string[] = ['increase', 'decrease', 'either']

/** Whether a document is an experiment in our own format. */
export function isOwnExperiment(document: Value): boolean {
  return has(document, 'metric') && (has(document, 'minimum_effect') || has(document, 'baseline'))
}

/**
 * Reads an experiment in our own format.
 *
 * ```yaml
 * version: 1
 * name: credit-default-2026-11
 * metric: approval_rate
 * direction: increase                # increase, decrease or either; the test is two-sided in any case
 * baseline: {rate: 0.10}             # or {mean: 12.1, sd: 4.0}
 * minimum_effect: 0.01               # absolute, or 10% of the baseline
 * alpha: 0.05                        # 0.05 without it
 * power: 0.8                         # 0.8 without it
 * control: previous                  # the first of weights without it
 * weights: {previous: 50, candidate: 50}
 * unit: customer_id                  # what stays in one part
 * traffic_per_day: 4000              # units a day, all parts together
 * duration: 14d
 * looks: 1                           # more than one needs `sequential: true`
 * guardrails:
 *   - {metric: error_rate, max: 0.01}
 * ```
 *
 * A number that is missing is a finding of {@link judgeExperiment}; a key that is not listed here is
 * one of the reader: misspelt, it would mean nothing.
 */
export function ownExperiment(document: Value): ExperimentPlan {
  const findings: GradedFinding[] = [...unknownKeys(document, ROOT_KEYS)]
  const invalid = (key: string): undefined => {
    const value = at(document, key)
    const args = { key, written: value === undefined ? null : (textOf(value) ?? null) }
    const { location } = value ?? document
    findings.push({ severity: 'inconclusive', code: 'AB_VALUE_INVALID', args, location })
    return undefined
  }
  const share = (key: string, otherwise: number): number => {
    if (!has(document, key)) return otherwise
    const number = numberOf(at(document, key))
    if (number !== undefined && number > 0 && number < 1) return number
    invalid(key)
    return otherwise
  }
  const direction = textOf(at(document, 'direction'))
  const duration = at(document, 'duration')
  const durationMs = statedDurationOf(duration)
  if (duration !== undefined && durationMs === undefined) invalid('duration')
  const looks = has(document, 'looks') ? countOf(at(document, 'looks')) : 1
  if (looks === undefined || looks === 0) invalid('looks')
  const isDirection = direction !== undefined && DIRECTIONS.includes(direction)
  if (direction !== undefined && !isDirection) invalid('direction')
  const traffic = numberOf(at(document, 'traffic_per_day'))
  if (has(document, 'traffic_per_day') && !(traffic !== undefined && traffic > 0)) {
    invalid('traffic_per_day')
  }
  const arms = armsOf(document)
  if (has(document, 'weights') && arms.length === 0) invalid('weights')
  return {
    format: 'mlcheck',
    name: textOf(at(document, 'name')),
    location: document.location,
    metric: textOf(at(document, 'metric')),
    direction: isDirection ? (direction as Direction) : undefined,
    effect: effectOf(document, isDirection ? (direction as Direction) : undefined),
    alpha: share('alpha', 0.05),
    power: share('power', 0.8),
    arms,
    unit: textOf(at(document, 'unit')),
    trafficPerDay: traffic !== undefined && traffic > 0 ? traffic : undefined,
    durationDays: durationMs === undefined ? undefined : durationMs / DAY_MS,
    looks: looks === undefined || looks === 0 ? 1 : looks,
    isSequential: booleanOf(at(document, 'sequential')) === true,
    guardrails: itemsOf(at(document, 'guardrails')).map(guardrailOf),
    findings,
  }
}

function effectOf(document: Value, direction: Direction | undefined): Effect | undefined {
  const baseline = at(document, 'baseline')
  const rate = numberOf(at(baseline, 'rate'))
  const mean = numberOf(at(baseline, 'mean'))
  const sd = numberOf(at(baseline, 'sd'))
  const size = effectSize(at(document, 'minimum_effect'), rate ?? mean)
  if (size === undefined || size === 0) return undefined
  const minimum = direction === 'decrease' ? -Math.abs(size) : size
  if (rate !== undefined) {
    const other = rate + minimum
    const isPossible = rate > 0 && rate < 1 && other > 0 && other < 1
    return isPossible ? { kind: 'rate', baseline: rate, minimum } : undefined
  }
  return sd !== undefined && sd > 0 ? { kind: 'mean', sd, minimum } : undefined
}

/** Absolute, or a percentage of the baseline. */
function effectSize(value: Value | undefined, baseline: number | undefined): number | undefined {
  const [, percent] = /^\s*(-?\d+(?:\.\d+)?)\s*%\s*$/.exec(textOf(value) ?? '') ?? []
  if (percent === undefined) return numberOf(value)
  return baseline === undefined ? undefined : (Number(percent) / 100) * baseline
}

/** The control first; none when a weight is no positive number or the control is not among them. */
function armsOf(document: Value): readonly Arm[] {
  const read = entriesOf(at(document, 'weights')).map(([name, value]) => ({
    name,
    weight: numberOf(value) ?? Number.NaN,
  }))
  if (read.length < 2 || read.some(({ weight }) => !(weight > 0))) return []
  const control = textOf(at(document, 'control')) ?? read[0]?.name
  const first = read.filter(({ name }) => name === control)
  return first.length === 0 ? [] : [...first, ...read.filter(({ name }) => name !== control)]
}

function guardrailOf(item: Value): Guardrail {
  return {
    metric: textOf(at(item, 'metric')) ?? textOf(item) ?? '',
    location: item.location,
    hasLimit: ['min', 'max', 'max_increase', 'max_decrease'].some(
      (key) => textOf(at(item, key)) !== undefined,
    ),
  }
}
