import type { Location } from '../core/evidence.ts'
import type { Collector } from './context.ts'
import { readListFile } from './list-file.ts'

/** The check whose attestations name a list of actions. */
const CHECK = 'after.continuous-improvement'

/** What a team has set out to improve. */
export interface ImprovementActions {
  readonly actions: readonly {
    readonly action: string
    readonly owner: string
    readonly due: string
    readonly done?: string
    readonly location: Location
  }[]
}

/** The list of the latest attestation that holds and names a document of the project. */
export const improvementActions: Collector<ImprovementActions> = {
  title: 'The list of improvements',
  async collect(key, context, facts) {
    const people = await facts.get('people.attested')
    const statements = people.state === 'present' ? people.value.statements : []
    const [latest] = statements
      .filter(
        ({ check, isDocumented, problem }) => check === CHECK && isDocumented && problem === null,
      )
      .sort((a, b) => (a.date > b.date ? -1 : 1))
    const shown = latest?.evidence ?? null
    if (shown === null) {
      return { key, state: 'absent', looked: [{ path: '.mlcheck/attestations.yaml' }] }
    }
    const { actionsSchema } = await import('../config/actions-schema.ts')
    const { entries, source } = await readListFile(context, shown, actionsSchema)
    return { key, state: 'present', value: { actions: entries }, source }
  },
}
