import type { GradedFinding } from '../core/finding.ts'
import { entriesOf, type Value } from './located.ts'

/** One finding for each key that a format of ours does not have: misspelt, it would mean nothing. */
export function unknownKeys(value: Value, known: readonly string[]): readonly GradedFinding[] {
  return entriesOf(value)
    .filter(([key]) => !known.includes(key))
    .map(([key, { location }]) => ({
      severity: 'inconclusive',
      code: 'ROLLOUT_KEY_UNKNOWN',
      args: { key, known },
      location,
    }))
}
