import { basename } from 'node:path'
import { crc32 } from 'node:zlib'
import { fromBufferPromise, openPromise, type Entry, type ZipFile } from 'yauzl'
import { InputError } from '../../core/errors.ts'
import type { GradedFinding } from '../../core/finding.ts'
import type { InspectionLimits } from '../artifact.ts'
import { Unreadable } from '../unreadable.ts'
import { directoryProblems, entryName, type ZipEntry } from './entry.ts'

/** The files in an archive; their contents are read one at a time, when asked for. */
export interface ZipArchive {
  /** In the order of the directory; folders are left out. */
  readonly entries: readonly ZipEntry[]
  /** Why two readers may see this archive differently; reasons of every inspection of it. */
  readonly problems: readonly GradedFinding[]
  has(name: string): boolean
  /**
   * The contents of a file. Of a repeated name the last one is given, as Python does.
   *
   * @throws Unreadable when it is not there, has more than `maxBytes`, or does not have the length,
   *   checksum or name that the directory declares.
   */
  read(name: string, maxBytes: number): Promise<Uint8Array>
  /**
   * The contents in parts, for files too large to hold. The checksum is compared after the last part.
   *
   * @throws Unreadable while it is read, as `read` does.
   */
  stream(name: string): AsyncIterable<Uint8Array>
  close(): void
}

/** More than any model has: a directory of this length takes some 200 MB. */
const MAX_ENTRIES = 500_000

/** Names are decoded by us: one unsafe name must be a finding, not the end of the listing. */
const OPTIONS = { lazyEntries: true, autoClose: false, decodeStrings: false }

/**
 * Opens a zip archive for reading its files lazily. The caller closes it.
 *
 * @throws InputError when there is no file that can be opened; Unreadable when it is no whole zip
 *   archive, or has more entries than a model has.
 */
export function openZip(path: string, limits: InspectionLimits): Promise<ZipArchive> {
  return opened(() => openPromise(path, OPTIONS), basename(path), limits)
}

/**
 * Opens an archive that lies in another one, as `openZip` does.
 *
 * @param file - How findings name it.
 * @throws Unreadable when it is no whole zip archive, or has more entries than a model has.
 */
export function openZipBytes(
  bytes: Uint8Array,
  file: string,
  limits: InspectionLimits,
): Promise<ZipArchive> {
  const { buffer, byteOffset, length } = bytes
  return opened(
    () => fromBufferPromise(Buffer.from(buffer, byteOffset, length), OPTIONS),
    file,
    limits,
  )
}

async function opened(
  open: () => Promise<ZipFile>,
  file: string,
  limits: InspectionLimits,
): Promise<ZipArchive> {
  let zip: ZipFile
  try {
    zip = await open()
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) {
      throw new InputError(`${file} cannot be read`, { cause: error })
    }
    throw new Unreadable('ZIP_UNREADABLE', { file, problem: reasonOf(error) }, error)
  }
  try {
    return createArchive(zip, await listEntries(zip, file), limits)
  } catch (error) {
    zip.close()
    throw error
  }
}

async function listEntries(zip: ZipFile, file: string): Promise<readonly Entry[]> {
  if (zip.entryCount > MAX_ENTRIES) {
    const args = { file, count: zip.entryCount, limit: MAX_ENTRIES }
    throw new Unreadable('ZIP_TOO_MANY_ENTRIES', args)
  }
  const entries: Entry[] = []
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry)
  } catch (error) {
    throw new Unreadable('ZIP_UNREADABLE', { file, problem: reasonOf(error) }, error)
  }
  return entries
}

function createArchive(
  zip: ZipFile,
  listed: readonly Entry[],
  limits: InspectionLimits,
): ZipArchive {
  const files = new Map(listed.map((entry) => [entryName(entry), entry]))
  const entries = listed
    .map((entry) => ({
      name: entryName(entry),
      size: entry.uncompressedSize,
      compressedSize: entry.compressedSize,
    }))
    .filter(({ name }) => !name.endsWith('/'))
  let decompressed = 0

  async function* stream(name: string): AsyncGenerator<Uint8Array> {
    const entry = files.get(name)
    if (entry === undefined) throw new Unreadable('ZIP_ENTRY_MISSING', { name })
    decompressed += entry.uncompressedSize
    holdToLimits(entry, name, decompressed, limits)
    let checksum = 0
    for await (const chunk of await openEntry(zip, entry, name)) {
      const bytes = chunk as Uint8Array
      checksum = crc32(bytes, checksum)
      yield bytes
    }
    if (checksum !== entry.crc32) {
      throw new Unreadable('ZIP_ENTRY_DAMAGED', { name, problem: 'its checksum differs' })
    }
  }

  async function read(name: string, maxBytes: number): Promise<Uint8Array> {
    const size = files.get(name)?.uncompressedSize ?? 0
    if (size > maxBytes) {
      throw new Unreadable('ZIP_ENTRY_OVER_LIMIT', { name, bytes: size, limit: maxBytes })
    }
    const parts: Uint8Array[] = []
    for await (const part of whole(stream(name), name)) parts.push(part)
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
  }

  return {
    entries,
    problems: directoryProblems(listed, zip.fileSize),
    has: (name) => files.has(name),
    read,
    stream: (name) => whole(stream(name), name),
    close: () => zip.close(),
  }
}

function holdToLimits(
  { uncompressedSize, compressedSize }: Entry,
  name: string,
  decompressed: number,
  limits: InspectionLimits,
): void {
  const { decompressedBytes, compressionRatio } = limits
  if (decompressed > decompressedBytes) {
    const args = { name, bytes: decompressed, limit: decompressedBytes }
    throw new Unreadable('ZIP_ENTRY_OVER_LIMIT', args)
  }
  if (uncompressedSize > Math.max(1, compressedSize) * compressionRatio) {
    const limit = compressedSize * compressionRatio
    throw new Unreadable('ZIP_ENTRY_OVER_LIMIT', { name, bytes: uncompressedSize, limit })
  }
}

/** The name stands before the contents a second time; Python refuses a file whose two names differ. */
async function openEntry(
  zip: ZipFile,
  entry: Entry,
  name: string,
): Promise<AsyncIterable<unknown>> {
  const header = await zip.readLocalFileHeaderPromise(entry)
  if (!header.fileName.equals(entry.fileNameRaw)) {
    throw new Unreadable('ZIP_ENTRY_DAMAGED', { name, problem: 'it has another name inside' })
  }
  return zip.openReadStreamPromise(entry)
}

async function* whole(parts: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* parts
  } catch (error) {
    if (error instanceof Unreadable) throw error
    throw new Unreadable('ZIP_ENTRY_DAMAGED', { name, problem: reasonOf(error) }, error)
  }
}

/** The first sentence: the library goes on with guesses. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('. ')[0] ?? text
}
