import { fileSource, digestBytes } from '../readers/byte-source.ts'
import { exists } from '../config/repository.ts'
import type { Collector } from './context.ts'
import { absentBlock, projectPath } from './project-files.ts'

/** What a comparison may have as its reference: the snapshot, and the statistics recorded of it. */
export type ReferenceDigests = readonly { readonly path: string; readonly sha256: string }[]

export const referenceDigests: Collector<ReferenceDigests> = {
  title: 'The digests of the reference',
  async collect(key, context) {
    const { reference, statistics } = context.manifest.data ?? {}
    if (reference === undefined) return absentBlock(key, context, 'data.reference')
    const { sha256 } = (await context.openSnapshot(reference)).source
    const value = [{ path: reference, sha256 }]
    if (statistics !== undefined) {
      const file = projectPath(context, statistics)
      if (await exists(file)) {
        value.push({ path: statistics, sha256: (await digestBytes(fileSource(file))).sha256 })
      }
    }
    return { key, state: 'present', value, source: { path: reference, sha256 } }
  },
}
