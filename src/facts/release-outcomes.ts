import type { Outcome } from '../core/outcome.ts'
import type { Collector } from './context.ts'

/** What the other required items of the phase before came to in the same run. */
export interface ReleaseOutcomes {
  readonly items: readonly {
    readonly id: string
    readonly outcome: Outcome
    /** Who accepts the failure and until which day, where somebody does. */
    readonly waiver: { readonly owner: string; readonly expires: string } | null
  }[]
  /** Required items of the phase before that the run was not asked for. */
  readonly notRun: readonly string[]
  /** Items with a waiver that has expired or is for another model. */
  readonly deadWaivers: readonly string[]
}

export const releaseOutcomes: Collector<ReleaseOutcomes> = {
  title: 'What the other items of the phase before came to',
  async collect(key, context) {
    const { file, value } = await context.releaseOutcomes()
    return { key, state: 'present', value, source: { path: file } }
  },
}
