import type { JsonValue } from '../../core/evidence.ts'
import type { GradedFinding } from '../../core/finding.ts'
import type { Calibration, KeyName } from '../../core/result.ts'
import { quantileSorted } from '../../stats/quantile.ts'
import { createRandom } from '../../stats/random.ts'
import { gatherColumn } from '../../table/gather.ts'
import type { Column, Snapshot } from '../../table/types.ts'
import type { CalibrationPlan } from '../calibration.ts'
import {
  calibrationOf,
  planGroupSplits,
  planIndependentSplits,
  planWindowSplits,
} from '../calibration.ts'
import type { ColumnPlan } from '../plan.ts'
import type { ReferenceSide } from '../reference-side.ts'
import type { DecideOptions, Rule } from '../rules/rule.ts'
import type { DriftSettings } from '../settings.ts'
import type { GroupExchange } from './group-exchange.ts'
import { startGroupExchange } from './group-exchange.ts'
import type { ReferenceSplits } from './reference-splits.ts'
import { startReferenceSplits } from './reference-splits.ts'
import type { TimeWindows } from './time-windows.ts'
import { timeWindows } from './time-windows.ts'

/** The share of null effects of the reference's windows that stay below the noise floor. */
const FLOOR_PROBABILITY = 0.999

/** How rows depend on each other, and what that does to significance and thresholds. */
export interface Dependence {
  /** Whether the user named a group key or a time column. */
  readonly isDependent: boolean
  /** Takes a column that is compared, all rows of both sides, as it is viewed. */
  add(plan: ColumnPlan, reference: Column, current: Column): void
  /** What the added columns say together; called once, after the last. */
  finish(): Finished
}

interface Finished {
  readonly options: DecideOptions
  readonly calibration: Calibration | null
  readonly findings: readonly GradedFinding[]
  readonly parameters: Readonly<Record<string, JsonValue>>
}

interface Job {
  readonly rule: Rule
  readonly settings: DriftSettings
  /** Columns that are compared. */
  readonly columns: number
}

/**
 * Prepares what the settings say about dependence between rows: exchanges of group labels for a
 * group key, noise floors from the reference's own windows for a time column, and the splits of the
 * self-check, by group, by window or by row.
 *
 * @param side - The reference.
 * @param current - The current table.
 * @param job - Rule, settings and the number of columns that are compared.
 * @returns An accumulator of columns. Where the reference has no rows, or the named column cannot
 * carry a decision, `finish` says so with inconclusive findings.
 */
export async function startDependence(
  side: ReferenceSide,
  current: Snapshot,
  job: Job,
): Promise<Dependence> {
  const { settings, rule } = job
  const findings: GradedFinding[] = []
  const groups = await exchangeFor(side, current, settings, findings)
  const windows = await windowsFor(side, current, settings, findings)
  if (!side.hasRows && settings.calibrate !== 0) {
    findings.push({ code: 'CALIBRATION_NEEDS_ROWS', severity: 'notice', args: {} })
  }
  const floorPlan = windows === undefined ? null : planWindowSplits(windows)
  const plan = calibrationPlan(side, current, job, { groups, floorPlan })
  const floorSplits = floorPlan === null ? null : startReferenceSplits(floorPlan, rule, settings)
  const splits =
    plan === null
      ? null
      : plan === floorPlan
        ? floorSplits
        : startReferenceSplits(plan, rule, settings)
  return {
    isDependent: settings.groupKey !== undefined || settings.timeColumn !== undefined,
    add: (column, before, now) => {
      groups?.add(column, before, now)
      floorSplits?.add(column, before)
      if (splits !== floorSplits) splits?.add(column, before)
    },
    finish: () => {
      const floors =
        floorPlan === null || floorSplits === null ? undefined : noiseFloors(floorPlan, floorSplits)
      const joint = groups?.significance(settings.alpha)
      const selfCheck =
        plan === null || splits === null
          ? { calibration: null, findings: [] }
          : calibrationOf(plan, splits, settings, floors === undefined ? {} : { floors })
      return {
        options: {
          ...(joint === undefined ? {} : { joint }),
          ...(floors === undefined ? {} : { floors }),
        },
        calibration: selfCheck.calibration,
        findings: [...findings, ...selfCheck.findings],
        parameters: {
          groups: groups === undefined ? null : groups.sizes,
          timeWindows: windows === undefined ? null : windows.count,
          noiseFloors: floors ?? null,
        },
      }
    },
  }
}

async function exchangeFor(
  side: ReferenceSide,
  current: Snapshot,
  settings: DriftSettings,
  findings: GradedFinding[],
): Promise<GroupExchange | undefined> {
  const { groupKey } = settings
  if (groupKey === undefined) return undefined
  const columns = await bothSides(side, current, groupKey)
  if (columns === undefined) {
    findings.push(unavailable('group key', groupKey))
    return undefined
  }
  const exchange = startGroupExchange(columns.reference, columns.current, groupKey, settings)
  findings.push(...exchange.findings)
  return exchange
}

async function windowsFor(
  side: ReferenceSide,
  current: Snapshot,
  { timeColumn }: DriftSettings,
  findings: GradedFinding[],
): Promise<TimeWindows | undefined> {
  if (timeColumn === undefined) return undefined
  const columns = await bothSides(side, current, timeColumn)
  if (columns?.reference.kind !== 'numeric' || columns.current.kind !== 'numeric') {
    findings.push(unavailable('time column', timeColumn))
    return undefined
  }
  const windows = timeWindows(columns.reference, columns.current, timeColumn)
  if ('count' in windows) {
    findings.push(...windows.findings)
    return windows
  }
  findings.push(windows)
  return undefined
}

/** Both sides of one column with rows, or nothing where one of them has none. */
async function bothSides(
  side: ReferenceSide,
  current: Snapshot,
  name: string,
): Promise<{ readonly reference: Column; readonly current: Column } | undefined> {
  const isPresent = [side.fields, current.fields].every((fields) =>
    fields.some((field) => field.name === name && field.type !== 'unsupported'),
  )
  if (!isPresent) return undefined
  const loaded = await side.load(name)
  if (loaded.kind !== 'rows') return undefined
  return { reference: loaded.column, current: await gatherColumn(current, name) }
}

function unavailable(what: string, column: string): GradedFinding {
  return { code: 'DEPENDENCE_UNKNOWN', severity: 'inconclusive', args: { what, column } }
}

function calibrationPlan(
  side: ReferenceSide,
  current: Snapshot,
  { settings, columns }: Job,
  prepared: {
    readonly groups: GroupExchange | undefined
    readonly floorPlan: CalibrationPlan | null
  },
): CalibrationPlan | null {
  if (!side.hasRows || settings.calibrate === 0) return null
  const random = createRandom(settings.seed).fork('calibration')
  if (prepared.groups !== undefined) {
    return planGroupSplits(prepared.groups.reference, settings, random)
  }
  // Without usable groups or windows there is no honest way to split rows that depend on each other.
  if (settings.groupKey !== undefined) return null
  if (settings.timeColumn !== undefined) return prepared.floorPlan
  const values = (side.rowCount + current.rowCount) * columns
  return planIndependentSplits(side.rowCount, columns, values, settings, random)
}

/** Per key, the effect that the reference's own windows hardly ever exceed. */
function noiseFloors(plan: CalibrationPlan, splits: ReferenceSplits): Floors {
  const effects = new Map<keyof Floors, number[]>(FLOOR_KEYS.map((key) => [key, []]))
  for (let split = 0; split < plan.splits; split++) {
    for (const { keys } of splits.verdict(split, { adequacy: false }).columns) {
      for (const { key, effect } of keys) {
        if (effect !== null) effects.get(key as keyof Floors)?.push(effect)
      }
    }
  }
  return Object.fromEntries(
    [...effects].map(([key, values]) => [key, floorOf(values)]),
  ) as unknown as Floors
}

const FLOOR_KEYS = ['shape', 'tail', 'novel', 'missing'] as const satisfies readonly KeyName[]
type Floors = Readonly<Record<(typeof FLOOR_KEYS)[number], number>>

function floorOf(effects: readonly number[]): number {
  if (effects.length === 0) return 0
  return quantileSorted(Float64Array.from(effects).sort(), FLOOR_PROBABILITY)
}
