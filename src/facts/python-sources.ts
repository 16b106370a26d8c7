import { stat } from 'node:fs/promises'
import { languageOf } from '../source/languages.ts'
import type { PythonImport, PythonModule } from '../source/module.ts'
import { conftestsOf, moduleCandidates } from '../source/module-paths.ts'
import { readPython, type ParseState } from '../source/read-python.ts'
import { codeFilesAt, readCode, type CodeText } from './code-files.ts'
import type { Collector, FactContext } from './context.ts'
import { absentBlock, projectPath } from './project-files.ts'

/** Which block of the manifest a file belongs to, named or imported from there. */
export type CodeRole = 'serving' | 'preprocessing' | 'tests'

export interface SourceFile {
  /** Relative to the manifest, with forward slashes. */
  readonly path: string
  /** Empty for a file that could not be read. */
  readonly sha256: string
  /** The first of `roles`. */
  readonly role: CodeRole
  readonly roles: readonly CodeRole[]
  /** Lies under a path of the manifest; else it is imported by such a file. */
  readonly isListed: boolean
  /** The roles of files that import it, directly or through others. */
  readonly importers: readonly CodeRole[]
  readonly language: string
  readonly parse: SourceState
  readonly imports: readonly PythonImport[]
  /** `undefined` where nothing could be read. */
  readonly module: PythonModule | undefined
}

export type SourceState =
  | ParseState
  /** No grammar for the language: its text was not read. */
  | { readonly state: 'unsupported' }
  | {
      readonly state: 'unread'
      readonly problem: Extract<CodeText, { problem: string }>['problem']
    }

/** The code that the manifest names and what it imports inside the project. */
export interface PythonSources {
  readonly files: readonly SourceFile[]
  /** Paths of the manifest under which there is no source file. */
  readonly empty: readonly { readonly role: CodeRole; readonly path: string }[]
  /** Folders that may be on Python's path beside those of the files. */
  readonly roots: readonly string[]
}

const ROLES: readonly CodeRole[] = ['preprocessing', 'serving', 'tests']

export const pythonSources: Collector<PythonSources> = {
  title: 'What the code of the project says',
  async collect(key, context) {
    const { code } = context.manifest
    const named = ROLES.flatMap((role) => (code?.[role] ?? []).map((path) => ({ role, path })))
    const [first] = named
    if (first === undefined) return absentBlock(key, context, 'code')
    const empty: { role: CodeRole; path: string }[] = []
    const listed = new Map<string, CodeRole[]>()
    for (const { role, path } of named) {
      const files = (await codeFilesAt(path, context)) ?? []
      if (files.length === 0) empty.push({ role, path })
      for (const file of files) {
        const roles = listed.get(file) ?? []
        if (!roles.includes(role)) listed.set(file, [...roles, role])
      }
    }
    const roots = [
      ...new Set(named.map(({ path }) => path.replace(/\/?[^/]*\.\w+$|\/$/, '') || '.')),
    ]
    const files = await readAll(listed, roots, context)
    return { key, state: 'present', value: { files, empty, roots }, source: { path: first.path } }
  },
}

/**
 * Reads files and what they import. A file that is imported alone takes the roles of its importers; a
 * conftest is imported by the tests beside and below it.
 */
async function readAll(
  listed: ReadonlyMap<string, readonly CodeRole[]>,
  roots: readonly string[],
  context: FactContext,
): Promise<readonly SourceFile[]> {
  const files = new Map<string, SourceFile>()
  const isThere = presence(context)
  for (const [path, roles] of listed) files.set(path, await readSource(path, roles, true, context))
  const queue = [...files.values()].flatMap((file) => file.roles.map((role) => ({ file, role })))
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { file, role } = next
    for (const path of await importedFiles(file, roots, isThere)) {
      const known = files.get(path)
      if (known?.importers.includes(role) === true) continue
      const found = known ?? (await readSource(path, [role], false, context))
      if (found.parse.state === 'unread') continue
      const changed = withImporter(found, role)
      files.set(path, changed)
      queue.push({ file: changed, role })
    }
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

function withImporter(file: SourceFile, role: CodeRole): SourceFile {
  const importers = [...file.importers, role]
  if (file.isListed) return { ...file, importers }
  const roles = ROLES.filter((each) => importers.includes(each))
  return { ...file, importers, roles, role: roles[0] ?? role }
}

async function readSource(
  path: string,
  roles: readonly CodeRole[],
  isListed: boolean,
  context: FactContext,
): Promise<SourceFile> {
  const language = languageOf(path) ?? 'unknown'
  const shared = { path, role: roles[0] ?? 'serving', roles, isListed, importers: [], language }
  const unread = { ...shared, sha256: '', imports: [], module: undefined }
  const code = await readCode(path, context)
  if ('problem' in code) return { ...unread, parse: { state: 'unread', problem: code.problem } }
  const { sha256, text } = code
  if (language !== 'python') return { ...unread, sha256, parse: { state: 'unsupported' } }
  const { parse, module } = await readPython(text)
  return { ...shared, sha256, parse, imports: module.imports, module }
}

/** The files of the project that a file imports; files are looked for once each. */
async function importedFiles(
  file: SourceFile,
  roots: readonly string[],
  isThere: (path: string) => Promise<boolean>,
): Promise<readonly string[]> {
  const meant = file.imports.flatMap((each) => moduleCandidates(file.path, each, roots))
  const found = new Set<string>()
  for (const candidates of meant) {
    for (const path of candidates) {
      if (path.startsWith('..') || !(await isThere(path))) continue
      found.add(path)
      break
    }
  }
  if (!file.roles.includes('tests')) return [...found]
  for (const path of conftestsOf(file.path)) {
    if (await isThere(path)) found.add(path)
  }
  return [...found]
}

/** Whether a file is there; that a link leaves the repository is found when it is read. */
function presence(context: FactContext): (path: string) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>()
  const look = async (path: string) => {
    const found = await stat(projectPath(context, path)).catch(() => undefined)
    return found?.isFile() === true
  }
  return (path) => {
    const answer = known.get(path) ?? look(path)
    known.set(path, answer)
    return answer
  }
}
