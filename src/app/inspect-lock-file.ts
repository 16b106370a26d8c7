import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { GradedFinding } from '../core/finding.ts'
import type { InspectedEntry } from '../core/inspected-file.ts'
import { isInside } from '../config/repository.ts'
import { decodeUtf8 } from '../config/utf8.ts'
import { inspectLock } from '../locks/inspect-lock.ts'
import { REQUIREMENTS_BYTES } from '../locks/refusals.ts'
import type { RequirementEntry } from '../locks/requirement.ts'
import type { LoadFile } from '../locks/requirements.ts'

/** What a requirement file, lock file or Dockerfile says. */
export interface InspectedLock {
  readonly kind: string
  readonly verdict: 'safe' | 'unsafe' | 'inconclusive'
  readonly reasons: readonly GradedFinding[]
  readonly entries: readonly InspectedEntry[]
}

/**
 * Inspects a file of dependencies; files that it includes are read from its own folder and below.
 *
 * @param file - absolute.
 * @returns `undefined` for a file that is none, is no text, or has more than 5 MB.
 */
export async function inspectLockFile(file: string): Promise<InspectedLock | undefined> {
  const found = await stat(file).catch(() => undefined)
  if (found?.isFile() !== true || found.size > REQUIREMENTS_BYTES) return undefined
  const { text, invalidAt } = decodeUtf8(await readFile(file))
  if (invalidAt !== undefined) return undefined
  const name = path.basename(file)
  const lock = await inspectLock(name, text, loader(path.dirname(file)))
  if (lock === undefined) return undefined
  const { kind, verdict, entries, findings } = lock
  return {
    kind,
    verdict,
    reasons: [...entries.flatMap((entry) => problemOf(entry, name)), ...findings],
    entries: entries.map(({ name: of, line, specifier, pinned, code }) => {
      return { name: of, line, specifier, pinned, code }
    }),
  }
}

function problemOf(
  { name, file, line, specifier, pinned, code }: RequirementEntry,
  inspected: string,
): readonly GradedFinding[] {
  if (pinned === 'yes' || pinned === 'hashed') return []
  const severity = pinned === 'no' ? 'fail' : 'warn'
  const location = file === inspected ? {} : { location: { path: file, line } }
  return [{ severity, code, args: { name, specifier, file, line }, ...location }]
}

function loader(folder: string): LoadFile {
  return async (name) => {
    const place = path.resolve(folder, name)
    if (!isInside(folder, place)) return 'outside'
    const found = await stat(place).catch(() => undefined)
    if (found === undefined) return 'missing'
    if (!found.isFile()) return 'not-a-file'
    return found.size > REQUIREMENTS_BYTES ? 'too-large' : readFile(place)
  }
}
