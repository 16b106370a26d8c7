import { dirname } from 'node:path'
import { countParameters } from './model-parameters.ts'
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
  /** The numbers in the weights; `undefined` where the format does not say it in its header. */
  readonly parameters: number | undefined
  /** `model.limits.parameters`. */
  readonly parameterLimit: number | undefined
}

export const modelArtifact: Collector<ModelArtifact> = {
  title: 'The size and digest of the model',
  async collect(key, context) {
    const { model } = context.manifest
    const path = projectPath(context, model.path)
    const files = await digestArtifact(path)
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
        parameters: await countParameters(files.kind === 'directory' ? path : dirname(path), files),
        parameterLimit: model.limits?.parameters,
      },
      source: { path: model.path, sha256: files.sha256 },
    }
  },
}
