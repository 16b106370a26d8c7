import { realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isInside } from '../config/repository.ts'
import { InputError } from '../core/errors.ts'
import { countParameters } from './model-parameters.ts'
import { digestArtifact, type ArtifactFiles } from './artifact-digest.ts'
import type { Collector, FactContext } from './context.ts'
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
  /** `model.limits.memory` in bytes. */
  readonly memoryLimit: number | undefined
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
    const folder = files.kind === 'directory' ? path : dirname(path)
    await requireInside(folder, files.paths, context)
    return {
      key,
      state: 'present',
      value: {
        ...files,
        path: model.path,
        declaredSha256: model.sha256,
        sizeLimit: model.limits?.size,
        parameters: await countParameters(folder, files),
        parameterLimit: model.limits?.parameters,
        memoryLimit: model.limits?.memory,
      },
      source: { path: model.path, sha256: files.sha256 },
    }
  },
}

/** A shard or a file of weights may be a link; what the model consists of lies in the repository. */
async function requireInside(
  folder: string,
  paths: readonly string[],
  { manifest }: FactContext,
): Promise<void> {
  for (const path of paths) {
    if (isInside(manifest.repositoryRoot, await realpath(join(folder, path)))) continue
    throw new InputError(`${path} of the model leaves the repository of the manifest`, {
      location: { path: manifest.model.path },
      hint: 'Move it inside, or pass --allow-outside.',
    })
  }
}
