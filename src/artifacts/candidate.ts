import { lstat, readdir, readlink, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { InputError } from '../core/errors.ts'
import type { InspectionLimits } from './artifact.ts'
import { withFileWindow } from './file-window.ts'
import { Unreadable } from './unreadable.ts'
import { openZip } from './zip/open-zip.ts'

/** What a format is recognised by. */
export interface Candidate {
  readonly name: string
  readonly isFolder: boolean
  readonly size: number
  /** The first bytes of a file. */
  readonly head: Uint8Array
  /** The same bytes as text, one character a byte. */
  readonly headText: string
  /** The names in a zip archive or folder; empty for other files. */
  readonly entries: readonly string[]
  /** Where a link without a target points. */
  readonly danglingTo: string | undefined
}

const HEAD_BYTES = 64 * 1024

/**
 * Looks at a file or folder as far as recognising its format needs.
 *
 * @param path - absolute.
 * @throws InputError when nothing is there, it cannot be read, or it is neither a file nor a folder.
 */
export async function lookAt(path: string, limits: InspectionLimits): Promise<Candidate> {
  const name = basename(path)
  const nothing = {
    name,
    isFolder: false,
    size: 0,
    head: new Uint8Array(),
    headText: '',
    entries: [],
    danglingTo: undefined,
  }
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) {
    const link = await lstat(path).catch(() => undefined)
    if (link?.isSymbolicLink() !== true) throw new InputError(`${name} does not exist`)
    return { ...nothing, danglingTo: await readlink(path) }
  }
  if (found.isDirectory()) {
    const entries = await readdir(path).catch((error: unknown) => {
      throw new InputError(`${name} cannot be read`, { cause: error })
    })
    return { ...nothing, isFolder: true, entries: entries.sort() }
  }
  if (!found.isFile()) throw new InputError(`${name} is neither a file nor a folder`)
  const head = await withFileWindow(path, async (file) =>
    (await file.read(0, Math.min(HEAD_BYTES, file.size))).slice(),
  )
  const headText = Buffer.from(head).toString('latin1')
  const entries = /^PK[\x03\x05]/.test(headText) ? await namesIn(path, limits) : []
  return { ...nothing, size: found.size, head, headText, entries }
}

/** None for an archive that is damaged: no format owns it. */
async function namesIn(path: string, limits: InspectionLimits): Promise<readonly string[]> {
  try {
    const archive = await openZip(path, limits)
    archive.close()
    return archive.entries.map(({ name }) => name)
  } catch (error) {
    if (error instanceof Unreadable) return []
    throw error
  }
}
