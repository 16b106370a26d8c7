import { existsSync } from 'node:fs'
import type { Inspection } from '../artifacts/artifact.ts'
import { inspectArtifact } from '../artifacts/registry.ts'
import type { Collector } from './context.ts'
import { projectPath } from './project-files.ts'

/** What the model file says of itself, with nothing of it executed. */
export const modelInspection: Collector<Inspection> = {
  title: 'What the model file says of itself',
  async collect(key, context) {
    const { path } = context.manifest.model
    const place = projectPath(context, path)
    if (!existsSync(place)) return { key, state: 'absent', looked: [{ path }], block: 'model.path' }
    const value = await inspectArtifact(place, {
      now: () => performance.now(),
      policy: context.globalPolicy,
    })
    return { key, state: 'present', value, source: { path } }
  },
}
