import { HOUR_MS } from '../quantities.ts'
import type { CanaryPlan } from './plan.ts'

/** A moment of the simulated rollout from which on the new model gets a share of the traffic. */
export interface TimelinePoint {
  /** Hours after the start, if every person answers at once. */
  readonly hour: number
  /** Percent; `undefined` where the file counts machines. */
  readonly weight: number | undefined
  /** The plan waits here for a person, so everything after may come later. */
  readonly isManual: boolean
  /** The tool goes there by itself. */
  readonly isImplied: boolean
}

export interface Timeline {
  readonly points: readonly TimelinePoint[]
  /** How long the plan itself watches before the first 100 %, in hours; people may make it longer. */
  readonly observedHours: number
  /** Whether somebody is waited for before 100 %. */
  readonly waitsForPerson: boolean
}

const BAR_CELLS = 20

/** Plays a plan through: when each weight begins, and how long it is watched before 100 %. */
export function timelineOf({ steps }: CanaryPlan): Timeline {
  let elapsedMs = 0
  const points = steps.map(({ weight, observedMs, isManual, isImplied }): TimelinePoint => {
    const hour = elapsedMs / HOUR_MS
    elapsedMs += observedMs
    return { hour, weight, isManual, isImplied }
  })
  const end = steps.findIndex(({ weight }) => weight === 100)
  // Without traffic there is nothing to watch.
  const before = (end === -1 ? steps : steps.slice(0, end)).filter(({ weight }) => weight !== 0)
  return {
    points,
    observedHours: before.reduce((sum, { observedMs }) => sum + observedMs, 0) / HOUR_MS,
    waitsForPerson: before.some(({ isManual }) => isManual),
  }
}

/** One line for each moment: `hour 24     25 %  |#####               |`. */
export function timelineLines({ points }: Timeline): readonly string[] {
  const hours = points.map(({ hour }) => String(Number(hour.toFixed(2))))
  const width = Math.max(1, ...hours.map(({ length }) => length))
  return points.map(({ weight, isManual, isImplied }, index) => {
    const cells = Math.round(((weight ?? 0) / 100) * BAR_CELLS)
    const bar = '#'.repeat(cells).padEnd(BAR_CELLS)
    const share = weight === undefined ? '?' : String(Number(weight.toFixed(2)))
    const notes = [
      ...(isManual ? ['then waits for a person'] : []),
      ...(isImplied ? ['by itself'] : []),
    ]
    const line = `hour ${(hours[index] ?? '').padStart(width)}  ${share.padStart(5)} %  |${bar}|`
    return notes.length === 0 ? line : `${line}  ${notes.join(', ')}`
  })
}
