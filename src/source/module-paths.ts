import { posix } from 'node:path'
import type { PythonImport } from './module.ts'

/**
 * The files of a project that an import may mean, the likeliest first: in the folder of the file that
 * imports and every one above it, each also with `src/`, then in further roots. A package is its
 * `__init__.py`; `from package import name` may mean a module of that name as well.
 *
 * @param importer the path of the importing file, relative to the project, with forward slashes.
 * @param roots folders that a project may put on the path itself.
 * @returns one list of alternatives for the module, then one for each name that may be a module.
 */
export function moduleCandidates(
  importer: string,
  { module, level, names }: Pick<PythonImport, 'module' | 'level' | 'names'>,
  roots: readonly string[],
): readonly (readonly string[])[] {
  const own = module.slice(level)
  const parts = own === '' ? [] : own.split('.')
  const submodules = names.filter(({ name }) => name !== '*').map(({ name }) => [...parts, name])
  const bases = level === 0 ? searchPath(importer, roots) : [ancestor(importer, level)]
  return [parts, ...submodules].map((each) => bases.flatMap((base) => filesOf(base, each)))
}

/** Where an absolute import of a file is looked for. */
export function searchPath(importer: string, roots: readonly string[]): readonly string[] {
  const above: string[] = []
  for (let folder = posix.dirname(importer); ; folder = posix.dirname(folder)) {
    above.push(folder)
    if (folder === '.' || folder === '/' || folder.endsWith('..')) break
  }
  const all = [...above, ...above.map((folder) => posix.join(folder, 'src')), ...roots]
  return [...new Set(all)]
}

function ancestor(importer: string, level: number): string {
  return posix.join(posix.dirname(importer), ...Array.from({ length: level - 1 }, () => '..'))
}

function filesOf(base: string, parts: readonly string[]): readonly string[] {
  const place = posix.join(base, ...parts)
  const asPackage = posix.join(place, '__init__.py')
  return parts.length === 0 ? [asPackage] : [`${place}.py`, asPackage]
}

/** The files that pytest reads before a test file, the outermost first. */
export function conftestsOf(test: string): readonly string[] {
  return searchPath(test, [])
    .filter((folder) => !folder.endsWith('/src') && folder !== 'src')
    .map((folder) => posix.join(folder, 'conftest.py'))
    .reverse()
}
