import { realpath } from 'node:fs/promises'
import path from 'node:path'
import type * as z from 'zod'
import type { Manifest } from './manifest.ts'
import { printable } from './printable.ts'
import { throwProblems, type Problem } from './problems.ts'
import { findRepositoryRoot, isInside, realLocation } from './repository.ts'
import { textLeaves } from './schema-walk.ts'
import { dotted, validate } from './validate.ts'
import { readYamlFile, type YamlFile } from './yaml-file.ts'

export interface ManifestOptions {
  /** Accept paths that leave the repository of the manifest. */
  readonly allowOutside?: boolean
  /** What a relative path is relative to; the working directory if not given. */
  readonly cwd?: string
}

/**
 * Loads `model.yaml`.
 *
 * @throws ConfigurationError when it is not valid or, without `allowOutside`, when one of its paths
 * leaves the repository (the closest folder with a `.git`; the manifest's own folder without one),
 * links followed
 */
export async function loadManifest(
  file: string,
  { allowOutside = false, cwd = '.' }: ManifestOptions = {},
): Promise<Manifest> {
  const absolute = path.resolve(cwd, file)
  const yaml = await readYamlFile(absolute, file)
  const { isPathSchema } = await import('./blocks.ts')
  const { modelSchema } = await import('./model-schema.ts')
  const content = validate(yaml, modelSchema)
  const folder = await realpath(path.dirname(absolute))
  const repository = (await findRepositoryRoot(folder)) ?? folder
  if (!allowOutside) {
    await refusePathsOutside(yaml, modelSchema, isPathSchema, folder, repository)
  }
  return {
    ...content,
    file,
    locate: yaml.locate,
    folder,
    repositoryRoot: allowOutside ? path.parse(folder).root : repository,
    written: yaml.value,
  }
}

async function refusePathsOutside(
  yaml: YamlFile,
  schema: z.core.$ZodType,
  isPathSchema: (schema: z.core.$ZodType) => boolean,
  folder: string,
  repository: string,
): Promise<void> {
  const problems: Problem[] = []
  for (const leaf of textLeaves(schema, yaml.value)) {
    if (!isPathSchema(leaf.schema)) continue
    if (await staysInside(repository, path.resolve(folder, leaf.text))) continue
    const message = `${dotted(leaf.path)}: ${printable(leaf.text)} leaves the repository of the manifest; move it inside, or pass --allow-outside`
    problems.push({ file: yaml, location: yaml.locate(leaf.path), message })
  }
  throwProblems(problems)
}

async function staysInside(repository: string, file: string): Promise<boolean> {
  if (!isInside(repository, file)) return false
  try {
    return isInside(repository, await realLocation(file))
  } catch (error) {
    // A circle of links or a folder that may not be entered: nobody knows where the path ends.
    if (error instanceof Error) return false
    throw error
  }
}
