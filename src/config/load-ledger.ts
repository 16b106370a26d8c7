import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { dayOf } from '../core/days.ts'
import { InputError } from '../core/errors.ts'
import type { Ledger, LedgerEntry, LedgerProblem } from '../core/ledger.ts'
import { digestOfLine, isSealed, LEDGER_FILE, withoutReturn } from './ledger-line.ts'
import { exists } from './repository.ts'
import { decodeUtf8 } from './utf8.ts'

/** Some hundred thousand runs. */
const MAX_BYTES = 64 * 1024 * 1024

/**
 * Loads the runs of a project. A line counts when it is whole, is what its own digest says, and is the
 * one that the next line names; a line that does not count is listed with what is wrong.
 *
 * @param folder the project's folder
 * @param cwd what `folder` is relative to
 * @returns `undefined` when there is no ledger
 * @throws InputError when it is no file or is too large
 * Complexity: linear in the bytes of the file.
 */
export async function loadLedger(folder: string, cwd = '.'): Promise<Ledger | undefined> {
  const shown = path.posix.join(folder.replaceAll(path.sep, '/'), LEDGER_FILE)
  const file = path.resolve(cwd, folder, LEDGER_FILE)
  if (!(await exists(file))) return undefined
  const found = await stat(file).catch(() => undefined)
  const problem = found?.isFile() !== true ? 'not a file' : tooLarge(found.size)
  if (problem !== undefined) throw new InputError(problem, { location: { path: shown } })
  const bytes = await readFile(file)
  const lines = linesOf(bytes)
  const { ledgerEntrySchema } = await import('./ledger-schema.ts')
  const read = lines.map(({ text, isWhole }): LedgerEntry | LedgerProblem => {
    const value = isWhole ? parsed(text) : undefined
    const entry = ledgerEntrySchema.safeParse(value)
    if (!entry.success) return 'broken'
    return isSealed(text) ? entry.data : 'edited'
  })
  return {
    path: shown,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ...chained(
      read,
      lines.map(({ sha256 }) => sha256),
    ),
  }
}

function tooLarge(size: number): string | undefined {
  return size > MAX_BYTES ? 'the ledger has more than 64 MiB' : undefined
}

interface Line {
  readonly text: string
  readonly sha256: string
  /** Whether it is text and ends with a line break. */
  readonly isWhole: boolean
}

function linesOf(bytes: Buffer): readonly Line[] {
  const lines: Line[] = []
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf('\n', start)
    const part = withoutReturn(bytes.subarray(start, end === -1 ? bytes.length : end))
    const { text, invalidAt } = decodeUtf8(part)
    const isWhole = end !== -1 && invalidAt === undefined
    lines.push({ text, sha256: digestOfLine(part), isWhole })
    start = end === -1 ? bytes.length : end + 1
  }
  return lines
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A line is confirmed by the next one that can be read; the last has its own digest alone. */
function chained(
  read: readonly (LedgerEntry | LedgerProblem)[],
  digests: readonly string[],
): Pick<Ledger, 'entries' | 'problems'> {
  const entries: (LedgerEntry & { readonly line: number })[] = []
  const problems: { readonly line: number; readonly problem: LedgerProblem }[] = []
  let latest = ''
  for (const [index, entry] of read.entries()) {
    const line = index + 1
    const isBeheaded = index === 0 && typeof entry !== 'string' && entry.previous !== null
    const problem = isBeheaded
      ? 'unconfirmed'
      : problemOf(entry, read[index + 1], digests[index], latest)
    if (problem !== undefined) problems.push({ line, problem })
    else if (typeof entry !== 'string') {
      entries.push({ ...entry, line })
      latest = dayOf(entry.date)
    }
  }
  return { entries, problems }
}

function problemOf(
  entry: LedgerEntry | LedgerProblem,
  next: LedgerEntry | LedgerProblem | undefined,
  digest: string | undefined,
  latest: string,
): LedgerProblem | undefined {
  if (typeof entry === 'string') return entry
  if (typeof next === 'object' && next.previous !== digest) return 'unconfirmed'
  return dayOf(entry.date) < latest ? 'backdated' : undefined
}
