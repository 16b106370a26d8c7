import type { Location } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { Collector } from './context.ts'

/** What one person vouches for, of an item whose check reads it. */
export interface AttestedStatement {
  readonly item: string
  /** The check that decides the item. */
  readonly check: string
  readonly statement: string
  readonly owner: string
  /** UTC days. */
  readonly date: string
  readonly expires: string
  readonly evidence: string | null
  readonly isDocumented: boolean
  readonly location: Location
  /** Why it does not count today; `null` when it does. */
  readonly problem: GradedFinding | null
  /** Why it did not count on the day it was said; `null` when it did. */
  readonly problemWhenSaid: GradedFinding | null
}

/** What people vouch for, held against the model that is audited. */
export interface Attested {
  /** The UTC day that the audit judges. */
  readonly today: string
  readonly statements: readonly AttestedStatement[]
}

export const attested: Collector<Attested> = {
  title: 'What people vouch for',
  async collect(key, context, facts) {
    const model = await facts.get('model.artifact')
    const statements = context.attested(model.state === 'present' ? model.value.sha256 : null)
    const value = { today: context.today, statements }
    return { key, state: 'present', value, source: { path: '.mlcheck/attestations.yaml' } }
  },
}
