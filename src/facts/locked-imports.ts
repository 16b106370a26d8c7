import { stat } from 'node:fs/promises'
import { posix } from 'node:path'
import type { GradedFinding } from '../core/finding.ts'
import { distributionsOf, neededModules } from '../locks/import-names.ts'
import { isStandardModule } from '../locks/standard-library.ts'
import { moduleCandidates, searchPath } from '../source/module-paths.ts'
import type { FactContext } from './context.ts'
import { projectPath } from './project-files.ts'
import type { PythonSources, SourceFile } from './python-sources.ts'

/** A package that the serving code imports, once, at the first place. */
export interface LockedImport {
  /** The first part of the module's name, or the longest one that the table of names knows. */
  readonly module: string
  /** Any of these distributions would provide it. */
  readonly distributions: readonly string[]
  readonly isLocked: boolean
  /** Every import of it may fail without an error. */
  readonly isOptional: boolean
  readonly file: string
  readonly line: number
}

/** What the serving code imports that is neither Python's own nor the project's, against the locked names. */
export async function lockedImports(
  { files, roots }: PythonSources,
  distributions: readonly string[],
  context: FactContext,
): Promise<readonly LockedImport[]> {
  const locked = new Set(distributions)
  const own = new Set(files.map(({ path }) => path))
  const found = new Map<string, LockedImport>()
  for (const file of files.filter(servesRequests)) {
    for (const each of file.imports) {
      const { module, level, line, isOptional } = each
      if (level > 0 || isStandardModule(module)) continue
      const candidates = moduleCandidates(file.path, each, roots).flat()
      if (candidates.some((path) => own.has(path))) continue
      const [top = ''] = module.split('.')
      if (await isProjectFolder(file.path, top, roots, context)) continue
      for (const needed of neededModules(
        module,
        each.names.map(({ name }) => name),
      )) {
        note(found, needed, locked, { isOptional, file: file.path, line })
      }
    }
  }
  return [...found.values()]
}

type Place = Pick<LockedImport, 'isOptional' | 'file' | 'line'>

function note(
  found: Map<string, LockedImport>,
  module: string,
  locked: ReadonlySet<string>,
  place: Place,
): void {
  const providers = distributionsOf(module)
  const key = providers.join(' ')
  const known = found.get(key)
  // The place of an import that must succeed says more than one that may fail.
  const isStronger = known === undefined || (known.isOptional && !place.isOptional)
  found.set(key, {
    module: known?.module ?? module,
    distributions: providers,
    isLocked: providers.some((name) => locked.has(name)),
    ...(isStronger ? place : { isOptional: known.isOptional, file: known.file, line: known.line }),
  })
}

/** Serving files whose imports are not all known, because the text is no Python throughout. */
export function unreadImports({ files }: PythonSources): readonly GradedFinding[] {
  return files
    .filter((file) => servesRequests(file) && file.language === 'python')
    .flatMap(({ path, parse }): readonly GradedFinding[] => {
      if (parse.state === 'whole') return []
      const line = parse.state === 'damaged' ? parse.line : 1
      return [
        {
          severity: 'inconclusive',
          code: 'IMPORTS_NOT_READ',
          args: { file: path, line },
          location: { path, line },
        },
      ]
    })
}

function servesRequests({ roles, importers }: SourceFile): boolean {
  return roles.includes('serving') || importers.includes('serving')
}

/** A folder without `__init__.py` is a package too, and so is a module that was not parsed. */
async function isProjectFolder(
  importer: string,
  top: string,
  roots: readonly string[],
  context: FactContext,
): Promise<boolean> {
  for (const base of searchPath(importer, roots)) {
    for (const path of [posix.join(base, top), `${posix.join(base, top)}.py`]) {
      if (path.startsWith('..')) continue
      const entry = await stat(projectPath(context, path)).catch(() => undefined)
      if (entry?.isDirectory() === true || entry?.isFile() === true) return true
    }
  }
  return false
}
