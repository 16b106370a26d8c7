import { createHash } from 'node:crypto'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { posix } from 'node:path'
import { isInside } from '../config/repository.ts'
import { InputError } from '../core/errors.ts'
import { languageOf } from '../source/languages.ts'
import type { FactContext } from './context.ts'
import { projectPath } from './project-files.ts'

/** More files than this are no code that serves one model. */
const MOST_FILES = 5000
/** Larger files are generated data in the form of code. */
const MOST_BYTES = 2 * 1024 ** 2
const MOST_REPORT_BYTES = 64 * 1024 ** 2

/** Folders of tools, not of the project. */
const FOREIGN = new Set(['__pycache__', 'node_modules', 'site-packages', 'venv'])

/** The text of a source file, or why it was not read. */
export type CodeText =
  | { readonly text: string; readonly sha256: string }
  | { readonly problem: 'missing' | 'outside' | 'not-a-file' | 'too-large' | 'not-text' }

/**
 * The source files below a path of the manifest, sorted; what is named itself is source whatever its
 * name. Hidden folders and those of tools are passed over.
 *
 * @returns `undefined` when nothing is there.
 * @throws InputError for more files than a project of one model has.
 */
export async function codeFilesAt(
  path: string,
  context: FactContext,
): Promise<readonly string[] | undefined> {
  const found = await stat(projectPath(context, path)).catch(() => undefined)
  if (found === undefined) return undefined
  const plain = posix.normalize(path).replace(/\/$/, '')
  if (!found.isDirectory()) return [plain]
  const files: string[] = []
  await listBelow(plain, context, files, new Set())
  return files.sort()
}

async function listBelow(
  folder: string,
  context: FactContext,
  files: string[],
  seen: Set<string>,
): Promise<void> {
  const real = await realpath(projectPath(context, folder)).catch(() => undefined)
  // A link out of the repository is followed by nobody, and one to a folder above never ends.
  if (real === undefined || seen.has(real)) return
  if (!isInside(context.manifest.repositoryRoot, real)) return
  seen.add(real)
  for (const entry of await readdir(real, { withFileTypes: true })) {
    const { name } = entry
    const path = posix.join(folder, name)
    const isFolder = entry.isSymbolicLink()
      ? (await stat(projectPath(context, path)).catch(() => undefined))?.isDirectory() === true
      : entry.isDirectory()
    if (isFolder) {
      if (!name.startsWith('.') && !FOREIGN.has(name)) await listBelow(path, context, files, seen)
    } else if (languageOf(name) !== undefined) files.push(path)
    if (files.length > MOST_FILES) {
      throw new InputError(`${folder} holds more than ${String(MOST_FILES)} source files`, {
        location: { path: folder },
        hint: 'Name the folders of this model alone in code:.',
      })
    }
  }
}

/** Reads a source file of the project; links must stay in the repository. Never rejects. */
export function readCode(path: string, context: FactContext): Promise<CodeText> {
  return readText(path, context, MOST_BYTES)
}

/** Reads a report on the code, which may be larger; links must stay in the repository. Never rejects. */
export function readReportText(path: string, context: FactContext): Promise<CodeText> {
  return readText(path, context, MOST_REPORT_BYTES)
}

async function readText(path: string, context: FactContext, most: number): Promise<CodeText> {
  const file = await realpath(projectPath(context, path)).catch(() => undefined)
  if (file === undefined) return { problem: 'missing' }
  if (!isInside(context.manifest.repositoryRoot, file)) return { problem: 'outside' }
  const found = await stat(file).catch(() => undefined)
  if (found === undefined) return { problem: 'missing' }
  if (!found.isFile()) return { problem: 'not-a-file' }
  if (found.size > most) return { problem: 'too-large' }
  const bytes = await readFile(file).catch(() => undefined)
  if (bytes === undefined) return { problem: 'missing' }
  const text = decoded(bytes)
  if (text === undefined) return { problem: 'not-text' }
  return { text, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** Encodings whose usual name in Python is none of the web. */
const PYTHON_NAMES = new Map([
  ['latin-1', 'latin1'],
  ['latin_1', 'latin1'],
  ['utf_8', 'utf-8'],
  ['utf-8-sig', 'utf-8'],
])

/** Python's own rule: UTF-8, unless one of the first two lines declares another encoding. */
function decoded(bytes: Buffer): string | undefined {
  const [first = '', second = ''] = bytes.subarray(0, 1024).toString('latin1').split('\n')
  const declared = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/
  const encoding = (declared.exec(first) ?? declared.exec(second))?.[1]?.toLowerCase() ?? 'utf-8'
  try {
    return new TextDecoder(PYTHON_NAMES.get(encoding) ?? encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
