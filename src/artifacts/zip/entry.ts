import { getFileNameLowLevel, validateFileName, type Entry } from 'yauzl'
import type { GradedFinding } from '../../core/finding.ts'

/** A file in an archive, as the directory at the end of the archive declares it. */
export interface ZipEntry {
  readonly name: string
  /** Bytes after decompression, as declared; reading holds the entry to them. */
  readonly size: number
  readonly compressedSize: number
}

/** The name as the directory stores it: backslashes are kept, so that no two readers can disagree. */
export function entryName(entry: Entry): string {
  return getFileNameLowLevel(
    entry.generalPurposeBitFlag,
    entry.fileNameRaw,
    entry.extraFields,
    true,
  )
}

/**
 * What makes a directory ambiguous or dangerous to unpack: two readers of such an archive may see
 * different files, so nothing in it can be called safe.
 *
 * @param archiveBytes - The size of the archive; entries that share bytes exceed it together.
 * @returns One finding for each name and problem, in the order of the directory; empty when sound.
 * Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, section 4.4
 */
export function directoryProblems(
  entries: readonly Entry[],
  archiveBytes: number,
): readonly GradedFinding[] {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  const problems: GradedFinding[] = []
  for (const entry of entries) {
    const name = entryName(entry)
    // A reader on Windows, and one that ignores case, opens the same file for both.
    const place = name.replaceAll('\\', '/').toLowerCase()
    if (seen.has(place) && !repeated.has(place)) {
      repeated.add(place)
      problems.push(problem('ZIP_NAME_REPEATED', { name }))
    }
    seen.add(place)
    if (validateFileName(name) !== null || name.includes('\0')) {
      problems.push(problem('ZIP_NAME_UNSAFE', { name }))
    }
    if (entry.isEncrypted()) problems.push(problem('ZIP_ENTRY_ENCRYPTED', { name }))
  }
  // What stands before is read by loaders that begin at the beginning: a pickle, for one.
  const before = entries.reduce(
    (least, { relativeOffsetOfLocalHeader: offset }) => Math.min(least, offset),
    entries.length === 0 ? 0 : archiveBytes,
  )
  if (before > 0) problems.push(problem('ZIP_BYTES_BEFORE', { bytes: before }))
  const stored = entries.reduce((sum, { compressedSize }) => sum + compressedSize, 0)
  if (stored > archiveBytes)
    problems.push(problem('ZIP_ENTRIES_OVERLAP', { bytes: stored, archiveBytes }))
  return problems
}

function problem(code: Uppercase<string>, args: GradedFinding['args']): GradedFinding {
  return { severity: 'inconclusive', code, args }
}
