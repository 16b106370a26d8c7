import { at, textOf, type Value } from '../located.ts'
import { percentOf } from '../quantities.ts'
import { weightInvalid } from './invalid-values.ts'
import type { CanaryPlan } from './plan.ts'

/**
 * Reads an InferenceService of KServe: `canaryTrafficPercent` goes to the newest revision until a
 * person changes the number. Without it a new revision gets all traffic as soon as it is ready.
 */
export function kservePlan(service: Value): CanaryPlan {
  const written = at(service, 'spec', 'predictor', 'canaryTrafficPercent')
  const weight = percentOf(written)
  const place = (written ?? at(service, 'spec', 'predictor') ?? service).location
  const hold = { observedMs: 0, isImplied: false, location: place }
  return {
    format: 'kserve',
    name: textOf(at(service, 'metadata', 'name')),
    location: place,
    steps:
      written === undefined
        ? [{ ...hold, weight: 100, isManual: false, isImplied: true }]
        : weight === undefined
          ? []
          : [{ ...hold, weight, isManual: weight < 100 }],
    analyses: [],
    abort: undefined,
    isPercentageOnly: weight !== undefined && weight < 100,
    findings: written !== undefined && weight === undefined ? [weightInvalid(written)] : [],
  }
}
