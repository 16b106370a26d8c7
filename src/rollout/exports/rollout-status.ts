import type { JsonValue } from '../../core/evidence.ts'
import { listOf, member, stringOf } from './json.ts'
import { momentOf } from './times.ts'

/** What the state of one moment tells. */
export type StatusPoint =
  { readonly timeMs: number; readonly weight: number } | 'aborted' | undefined

/**
 * The share of the new model in the state of a Rollout of Argo or a Canary of Flagger, at the time of
 * its newest condition; `undefined` when the state does not tell.
 */
export function statusPoint(resource: JsonValue): StatusPoint {
  const status = member(resource, 'status')
  const timeMs = newestTime(status)
  if (member(resource, 'kind') === 'Canary') return flagger(status, timeMs)
  if (member(status, 'abort') === true) return 'aborted'
  if (timeMs === undefined) return undefined
  const [stable, current] = [member(status, 'stableRS'), member(status, 'currentPodHash')]
  if (stable !== undefined && stable === current) return { timeMs, weight: 100 }
  const weight = member(status, 'canary', 'weights', 'canary', 'weight') ?? fromSteps(resource)
  return typeof weight === 'number' && weight >= 0 && weight <= 100 ? { timeMs, weight } : undefined
}

function flagger(status: JsonValue | undefined, timeMs: number | undefined): StatusPoint {
  const phase = member(status, 'phase')
  if (phase === 'Failed') return 'aborted'
  if (timeMs === undefined) return undefined
  // Promoted, the canary's own weight is 0 again: the primary is the new model.
  if (phase === 'Succeeded') return { timeMs, weight: 100 }
  const weight = member(status, 'canaryWeight')
  return typeof weight === 'number' && weight >= 0 && weight <= 100 ? { timeMs, weight } : undefined
}

function newestTime(status: JsonValue | undefined): number | undefined {
  const pauses = listOf(member(status, 'pauseConditions')).map((each) => member(each, 'startTime'))
  const conditions = listOf(member(status, 'conditions')).flatMap((each) => [
    member(each, 'lastUpdateTime'),
    member(each, 'lastTransitionTime'),
  ])
  const times = [...pauses, ...conditions, member(status, 'lastTransitionTime')].flatMap(
    (text) => momentOf(stringOf(text)) ?? [],
  )
  return times.length === 0 ? undefined : Math.max(...times)
}

/** The last weight that was set before the step at which the Rollout stands. */
function fromSteps(resource: JsonValue): JsonValue | undefined {
  const index = member(resource, 'status', 'currentStepIndex')
  if (typeof index !== 'number') return undefined
  const steps = listOf(member(resource, 'spec', 'strategy', 'canary', 'steps'))
  if (index >= steps.length) return 100
  const set = steps.slice(0, index + 1).flatMap((step) => member(step, 'setWeight') ?? [])
  return set.at(-1) ?? 0
}
