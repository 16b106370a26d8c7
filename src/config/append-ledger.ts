import { constants } from 'node:fs'
import { lstat, mkdir, open, realpath } from 'node:fs/promises'
import path from 'node:path'
import { ConfigurationError } from '../core/errors.ts'
import type { LedgerEntry } from '../core/ledger.ts'
import { exclusively } from './exclusively.ts'
import { digestOfLine, LEDGER_FILE, sealedLine } from './ledger-line.ts'

/** Windows has no such flag; there a link is found by `lstat` alone. */
const NO_LINK = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW

const NEWLINE = 0x0a

/**
 * Adds a run to the ledger of a project, after whatever other runs write at the same time.
 *
 * @param folder the project's folder, absolute
 * @throws ConfigurationError when the ledger lies behind a link that leaves the project, or is no file
 * @throws UsageError when no lock can be taken there
 * @throws Error of the system when it cannot be written
 */
export async function appendLedger(
  folder: string,
  entry: Omit<LedgerEntry, 'previous' | 'sha256'>,
): Promise<void> {
  const file = path.join(folder, LEDGER_FILE)
  await mkdir(path.dirname(file), { recursive: true })
  await requireOwnFile(folder, file)
  await exclusively(file, async ({ confirm }) => {
    const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | NO_LINK
    const handle = await open(file, flags, 0o644)
    try {
      const bytes = await handle.readFile()
      const isCut = bytes.length > 0 && bytes.at(-1) !== NEWLINE
      const line = sealedLine({ ...entry, previous: digestOfLast(bytes, isCut) })
      await confirm()
      // One write: whoever reads meanwhile sees the whole line or nothing of it.
      await handle.writeFile(`${isCut ? '\n' : ''}${line}\n`)
    } finally {
      await handle.close()
    }
  })
}

function digestOfLast(bytes: Buffer, isCut: boolean): string | null {
  if (bytes.length === 0) return null
  const end = isCut ? bytes.length : bytes.length - 1
  const start = end === 0 ? 0 : bytes.lastIndexOf(NEWLINE, end - 1) + 1
  return digestOfLine(bytes.subarray(start, end))
}

/** A project is often the work of others: what it says must not make us write elsewhere. */
async function requireOwnFile(folder: string, file: string): Promise<void> {
  const real = await realpath(path.dirname(file))
  const found = await lstat(file).catch(() => undefined)
  const isOwn = real === path.join(await realpath(folder), path.dirname(LEDGER_FILE))
  if (isOwn && (found === undefined || found.isFile())) return
  throw new ConfigurationError('it is no regular file of the project')
}
