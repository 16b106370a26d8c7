import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Location } from '../core/evidence.ts'
import { exists } from '../config/repository.ts'
import { validate } from '../config/validate.ts'
import { readYamlFile } from '../config/yaml-file.ts'
import type { Collector } from './context.ts'
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
    const path = projectPath(context, shown)
    if (!(await exists(path))) {
      return { key, state: 'absent', looked: [{ path: shown }], block: 'team.on_call' }
    }
    const yaml = await readYamlFile(path, shown)
    const { rosterSchema } = await import('../config/roster-schema.ts')
    const people = validate(yaml, rosterSchema).map((person, index) => ({
      ...person,
      location: yaml.locate([index]),
    }))
    const sha256 = createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
    return { key, state: 'present', value: { people }, source: { path: shown, sha256 } }
  },
}
