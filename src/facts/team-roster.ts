import type { Location } from '../core/evidence.ts'
import { exists } from '../config/repository.ts'
import type { Collector } from './context.ts'
import { readListFile } from './list-file.ts'
import { absentBlock, projectPath } from './project-files.ts'

/** Who is on call. */
export interface TeamRoster {
  readonly people: readonly {
    readonly name: string
    readonly contact: string
    readonly location: Location
  }[]
}

export const teamRoster: Collector<TeamRoster> = {
  title: 'Who is on call',
  async collect(key, context) {
    const shown = context.manifest.team?.onCall
    if (shown === undefined) return absentBlock(key, context, 'team.on_call')
    if (!(await exists(projectPath(context, shown)))) {
      return { key, state: 'absent', looked: [{ path: shown }], block: 'team.on_call' }
    }
    const { rosterSchema } = await import('../config/roster-schema.ts')
    const { entries, source } = await readListFile(context, shown, rosterSchema)
    return { key, state: 'present', value: { people: entries }, source }
  },
}
