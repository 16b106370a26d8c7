import type { ArtifactKind, Inspection } from '../artifact.ts'
import { conclude } from '../inspection.ts'
import { FETCH_COMMANDS, type PointerKind } from './pointer-files.ts'

const KINDS: Readonly<Record<PointerKind, ArtifactKind>> = {
  'git-lfs': 'git-lfs-pointer',
  dvc: 'dvc-pointer',
  'git-annex': 'git-annex-pointer',
}

/** A pointer says nothing of the file that it stands for: inconclusive, with how to fetch the file. */
export function inspectPointer(tool: PointerKind): Promise<Inspection> {
  const args = { tool, command: FETCH_COMMANDS[tool] }
  return Promise.resolve(
    conclude(KINDS[tool], {
      reasons: [{ code: 'ARTIFACT_IS_POINTER', severity: 'inconclusive', args }],
    }),
  )
}
