import { digestArtifact, type ArtifactFiles } from './artifact-digest.ts'
import type { Collector } from './context.ts'
import { projectPath } from './project-files.ts'

/** The model's files beside what the manifest says of them. */
export interface ModelArtifact extends ArtifactFiles {
  /** As in the manifest. */
  readonly path: string
  readonly declaredSha256: string | undefined
  /** `model.limits.size` in bytes. */
  readonly sizeLimit: number | undefined
}

export const modelArtifact: Collector<ModelArtifact> = {
  title: 'The size and digest of the model',
  async collect(key, context) {
    const { model } = context.manifest
    const files = await digestArtifact(projectPath(context, model.path))
    if (files === undefined) {
      return { key, state: 'absent', looked: [{ path: model.path }], block: 'model.path' }
    }
    return {
      key,
      state: 'present',
      value: {
        ...files,
        path: model.path,
        declaredSha256: model.sha256,
        sizeLimit: model.limits?.size,
      },
      source: { path: model.path, sha256: files.sha256 },
    }
  },
}
