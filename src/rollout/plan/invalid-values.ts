import type { GradedFinding } from '../../core/finding.ts'
import { textOf, type Value } from '../located.ts'

/** The finding for a weight that is no percentage. */
export function weightInvalid(value: Value): GradedFinding {
  return {
    severity: 'fail',
    code: 'CANARY_WEIGHT_INVALID',
    args: { weight: textOf(value) ?? null },
    location: value.location,
  }
}

/** The finding for a duration that is none. */
export function durationInvalid(value: Value): GradedFinding {
  return {
    severity: 'inconclusive',
    code: 'CANARY_DURATION_INVALID',
    args: { duration: textOf(value) ?? null },
    location: value.location,
  }
}
