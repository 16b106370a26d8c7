import type { GradedFinding } from '../../core/finding.ts'
import { gravest } from '../../core/outcome.ts'
import type { KeyResult } from '../../core/result.ts'
import { holm } from '../../stats/multiplicity.ts'
import type { ColumnComparison } from '../comparison.ts'
import type { KeyMeasurement, Measurement } from '../keys/measurement.ts'
import { measureMissing } from '../keys/missing.ts'
import { measureNovel } from '../keys/novel.ts'
import { measureShape } from '../keys/shape.ts'
import { measureRange, measureTail } from '../keys/tail.ts'
import { validCount } from '../sample.ts'
import type { DriftSettings } from '../settings.ts'
import { judgeExact, judgeMeasurement, judgeUnmeasured } from './judge-key.ts'
import { outcomeOf } from './plain-key.ts'
import type { ColumnVerdict, DecideOptions, Rule, RuleRun, RuleVerdict } from './rule.ts'

interface MeasuredColumn {
  readonly name: string
  readonly keys: readonly KeyMeasurement[]
}

export const twoKeyRule: Rule = {
  id: 'two-key',
  begin: beginTwoKey,
}

function beginTwoKey(settings: DriftSettings): RuleRun {
  const columns: MeasuredColumn[] = []
  return {
    measure: (column) => {
      columns.push({ name: column.name, keys: measureKeys(column, settings) })
    },
    decide: (options = {}) => decide(columns, settings, options),
  }
}

/**
 * Measures the aspects that a column has.
 *
 * @param column - Features, predictions and targets in full; identifiers and groups by their missing
 * rate alone.
 * @param settings - The level of the one-sided bounds behind `certain`, and whether rows are grouped.
 * @returns One measurement per key and test; no keys where a side has no valid value (that is a
 * fact of its own, not a distribution).
 */
export function measureKeys(
  column: ColumnComparison,
  { alpha, groupKey }: Pick<DriftSettings, 'alpha' | 'groupKey'>,
): readonly KeyMeasurement[] {
  const missing = measureMissing(column, alpha)
  if (column.view === 'presence') return [missing]
  if (validCount(column.reference) === 0 || validCount(column.current) === 0) return []
  if (column.role === 'time') return [missing]
  if (column.view === 'time' && groupKey !== undefined) return [GROUPED_TIMES, missing]
  const range = measureRange(column)
  const keys = [...measureShape(column, alpha)]
  if (column.view === 'values') keys.push(measureTail(column, alpha))
  if (column.view === 'categories') keys.push(measureNovel(column, alpha))
  if (range !== undefined) keys.push(range)
  return [...keys, missing]
}

const GROUPED_TIMES: KeyMeasurement = {
  kind: 'not-applicable',
  key: 'shape',
  test: 'weekday-mix',
  reason: 'the calendar of grouped rows is not tested',
}

function decide(
  columns: readonly MeasuredColumn[],
  settings: DriftSettings,
  options: DecideOptions,
): RuleVerdict {
  const tested = columns.flatMap((column) =>
    column.keys.flatMap((key) => (key.kind === 'measured' ? [{ column: column.name, key }] : [])),
  )
  const adjusted = adjust(tested, options)
  const level = tested.length === 0 ? settings.alpha : settings.alpha / tested.length
  const verdicts = columns.map((column): ColumnVerdict => {
    const judged = column.keys.map((key) => {
      if (key.kind === 'exact') return judgeExact(key)
      if (key.kind !== 'measured') return judgeUnmeasured(key)
      const pValues = adjusted.get(key)
      if (pValues === undefined) throw new RangeError(`${column.name}: a key was not adjusted`)
      const detectable =
        options.adequacy === false
          ? undefined
          : (options.joint?.detectable(column.name, key.key) ?? key.detectable(level))
      return judgeMeasurement(key, pValues, {
        settings,
        level,
        detectable,
        floor: options.floors?.[key.key as 'shape'] ?? 0,
        isSelfCheck: options.adequacy === false,
        isJoint: options.joint !== undefined,
      })
    })
    return columnVerdict(column.name, judged)
  })
  return {
    outcome: gravest(verdicts.map(({ outcome }) => outcome)),
    columns: verdicts,
    findings: [],
  }
}

interface AdjustedPair {
  readonly least: number
  readonly greatest: number
}

function adjust(
  tested: readonly { readonly column: string; readonly key: Measurement }[],
  { joint }: DecideOptions,
): ReadonlyMap<Measurement, AdjustedPair> {
  const least = holm(tested.map(({ key }) => key.least.pValue))
  const greatest = holm(tested.map(({ key }) => key.greatest.pValue))
  return new Map(
    tested.map(({ column, key }, i) => {
      const together = joint?.adjustedPValue(column, key.key)
      return [
        key,
        {
          least: together ?? (least[i] as number),
          greatest: together ?? (greatest[i] as number),
        },
      ]
    }),
  )
}

interface JudgedKey {
  readonly key: KeyResult
  readonly findings: readonly GradedFinding[]
}

function columnVerdict(name: string, judged: readonly JudgedKey[]): ColumnVerdict {
  const outcome = gravest(judged.map(({ key }) => outcomeOf(key)))
  const decisive = judged.filter(({ key }) => outcomeOf(key) === outcome)
  return {
    name,
    outcome,
    reason: decisive.map(({ key }) => `${key.key}: ${key.test}`).join(', '),
    keys: judged.map(({ key }) => key),
    findings: judged.flatMap(({ findings }) => findings),
  }
}
