import { realpath } from 'node:fs/promises'
import path from 'node:path'
import type { JsonValue } from '../core/evidence.ts'
import { refusedAt } from './links.ts'
import type { Manifest } from './manifest.ts'
import { printable } from './printable.ts'
import { throwProblems, type Problem } from './problems.ts'
import { findRepositoryRoot, isInside, realLocation } from './repository.ts'
import { textLeaves, type TextLeaf } from './schema-walk.ts'
import { parseDuration } from './units.ts'
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
 * @throws ConfigurationError when it is not valid, when a path leads to a pipe or a device, when a time
 * limit of a command is not within 1 s to 24 h or, without `allowOutside`, when one of its paths or what
 * lies below it leaves the repository (the closest folder with a `.git`; the manifest's own folder
 * without one), links followed
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
  const leaves = [...textLeaves(modelSchema, yaml.value)]
  throwProblems([
    ...timeoutProblems(yaml, leaves),
    ...(await pathProblems(
      yaml,
      leaves.filter(({ schema }) => isPathSchema(schema)),
      folder,
      allowOutside ? undefined : repository,
    )),
  ])
  return {
    ...content,
    file,
    locate: yaml.locate,
    folder,
    repositoryRoot: allowOutside ? path.parse(folder).root : repository,
    written: yaml.value,
  }
}

/** The paths of a manifest as they are written: every value that names files. */
export async function manifestPaths(written: JsonValue): Promise<readonly string[]> {
  const { isPathSchema } = await import('./blocks.ts')
  const { modelSchema } = await import('./model-schema.ts')
  return [...textLeaves(modelSchema, written)]
    .filter(({ schema }) => isPathSchema(schema))
    .map(({ text }) => text)
}

const SHORTEST_TIMEOUT_MS = 1000
const LONGEST_TIMEOUT_MS = 24 * 3_600_000

function timeoutProblems(yaml: YamlFile, leaves: readonly TextLeaf[]): readonly Problem[] {
  return leaves.flatMap((leaf): readonly Problem[] => {
    if (leaf.path.at(-1) !== 'timeout') return []
    const parsed = parseDuration(leaf.text)
    if ('problem' in parsed) return []
    if (parsed.value >= SHORTEST_TIMEOUT_MS && parsed.value <= LONGEST_TIMEOUT_MS) return []
    const message = `${dotted(leaf.path)}: ${printable(leaf.text)} is no time limit; expected 1s to 24h`
    return [{ file: yaml, location: yaml.locate(leaf.path), message }]
  })
}

async function pathProblems(
  yaml: YamlFile,
  leaves: readonly TextLeaf[],
  folder: string,
  repository: string | undefined,
): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  for (const leaf of leaves) {
    const sentence = await pathProblem(leaf.text, folder, repository)
    if (sentence === undefined) continue
    const message = `${dotted(leaf.path)}: ${sentence}`
    problems.push({ file: yaml, location: yaml.locate(leaf.path), message })
  }
  return problems
}

async function pathProblem(
  text: string,
  folder: string,
  repository: string | undefined,
): Promise<string | undefined> {
  const remedy = 'move it inside, or pass --allow-outside'
  if (repository !== undefined && !(await staysInside(repository, path.resolve(folder, text)))) {
    return `${printable(text)} leaves the repository of the manifest; ${remedy}`
  }
  const refused = await refusedAt(text, folder, repository)
  switch (refused?.kind) {
    case undefined:
      return undefined
    case 'leaves':
      return `${printable(text)} holds the link ${printable(refused.link)}, which leaves the repository of the manifest; ${remedy}`
    case 'irregular':
      return `${printable(refused.link)} is neither a file nor a folder`
  }
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
