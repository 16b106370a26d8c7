import type { Baseline } from '../drift/baseline.ts'
import { profileSnapshot } from '../drift/profile.ts'
import type { Collector } from './context.ts'
import { absentBlock } from './project-files.ts'

/** The distribution statistics of the reference data as it is now. */
export type ReferenceStatistics = Baseline

export const referenceStatistics: Collector<ReferenceStatistics> = {
  title: 'The distribution statistics of the reference data, computed again',
  async collect(key, context) {
    const path = context.manifest.data?.reference ?? context.manifest.data?.train
    if (path === undefined) return absentBlock(key, context, 'data.reference')
    const snapshot = await context.openSnapshot(path)
    const value = await profileSnapshot(snapshot, context.driftSettings)
    return { key, state: 'present', value, source: { path, sha256: snapshot.source.sha256 } }
  },
}
