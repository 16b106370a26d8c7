import type { Evidence, EvidenceLevel, JsonValue } from './evidence.ts'
import type { Finding } from './finding.ts'

type NonEmpty<T> = readonly [T, ...T[]]

/** Numbers of one item that are not the same in the next run; a unit ends the name: `p95Ms`. */
export type Measurements = Readonly<Record<string, JsonValue>>

/**
 * What a check concludes from facts. A `pass` without evidence, or a failure without a finding,
 * does not compile; a check cannot waive itself.
 */
export type Judgement = {
  /** Kept apart from findings and evidence, which are the same in every run. */
  readonly measurements?: Measurements
} & (
  | {
      readonly outcome: 'pass'
      readonly level: EvidenceLevel
      readonly evidence: NonEmpty<Evidence>
      readonly findings?: readonly Finding[]
    }
  | {
      readonly outcome: 'warn' | 'fail'
      readonly level: EvidenceLevel
      readonly findings: NonEmpty<Finding>
      readonly evidence?: readonly Evidence[]
    }
  | {
      readonly outcome: 'inconclusive'
      readonly findings: NonEmpty<Finding>
      /** The level reached before the check had to stop. */
      readonly level?: EvidenceLevel
      readonly evidence?: readonly Evidence[]
    }
  | { readonly outcome: 'not-applicable'; readonly findings: NonEmpty<Finding> }
)

/** Whether a list has a first element, in a form the type checker remembers. */
export function isNonEmpty<T>(list: readonly T[]): list is NonEmpty<T> {
  return list.length > 0
}
