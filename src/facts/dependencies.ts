import { createHash } from 'node:crypto'
import { readFile, realpath, stat } from 'node:fs/promises'
import { posix } from 'node:path'
import type { Source } from '../core/evidence.ts'
import { isInside } from '../config/repository.ts'
import type { RequirementSet } from '../locks/requirement.ts'
import { readRequirements, REQUIREMENTS_BYTES, type LoadFile } from '../locks/requirements.ts'
import type { Collector, FactContext } from './context.ts'
import { absentBlock, projectPath } from './project-files.ts'

/** What the named dependency files say, with everything they include. */
export interface DependencyFiles extends Pick<RequirementSet, 'entries' | 'findings' | 'hashMode'> {
  readonly files: readonly Source[]
  /** Files of formats that are not requirement files. */
  readonly unsupported: readonly { readonly path: string; readonly format: string }[]
}

const OTHER_FORMATS: readonly (readonly [pattern: RegExp, format: string])[] = [
  [/^pylock(\..+)?\.toml$/, 'pylock.toml'],
  [/^(poetry|uv|pdm)\.lock$/, 'lock file'],
  [/^Pipfile(\.lock)?$/, 'Pipfile'],
  [/^conda-lock\.ya?ml$/, 'conda-lock'],
  [/\.ya?ml$/, 'conda environment'],
  [/\.(toml|lock|json|cfg|py)$/, 'project metadata'],
]

export const dependencies: Collector<DependencyFiles> = {
  title: 'The requirements of the named dependency files',
  async collect(key, context) {
    const named = context.manifest.dependencies?.files ?? []
    if (named.length === 0) return absentBlock(key, context, 'dependencies.files')
    const unsupported = named.flatMap((path) => {
      const format = OTHER_FORMATS.find(([pattern]) => pattern.test(posix.basename(path)))?.[1]
      return format === undefined ? [] : [{ path, format }]
    })
    const texts = named.filter((path) => !unsupported.some((other) => other.path === path))
    const digests = new Map<string, string>()
    const set = await readRequirements(texts, loader(context, digests))
    const files = set.files.map((path) => ({ path, sha256: digests.get(path) ?? '' }))
    const [first = { path: named[0] ?? '' }] = files
    const { entries, findings, hashMode } = set
    return {
      key,
      state: 'present',
      value: { entries, findings, hashMode, files, unsupported },
      source: first,
    }
  },
}

function loader(context: FactContext, digests: Map<string, string>): LoadFile {
  return async (path) => {
    // An included path was not checked when the manifest was loaded, and may be a link.
    const file = await realpath(projectPath(context, path)).catch(() => undefined)
    if (file === undefined) return 'missing'
    if (!isInside(context.manifest.repositoryRoot, file)) return 'outside'
    const found = await stat(file).catch(() => undefined)
    if (found === undefined) return 'missing'
    if (!found.isFile()) return 'not-a-file'
    if (found.size > REQUIREMENTS_BYTES) return 'too-large'
    const bytes = await readFile(file).catch(() => undefined)
    if (bytes === undefined) return 'missing'
    digests.set(path, createHash('sha256').update(bytes).digest('hex'))
    return bytes
  }
}
