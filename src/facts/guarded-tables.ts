import { open, realpath } from 'node:fs/promises'
import { InputError } from '../core/errors.ts'
import { isInside } from '../config/repository.ts'
import { expandLocation, type PartFile } from '../readers/locations.ts'
import { POINTER_BYTES, pointerKind, REMEDIES } from '../artifacts/pointers/pointer-files.ts'
import type { FactContext } from './context.ts'

/**
 * Opens tables as `context` does, once each of their files is known to lie in the repository, links
 * followed, and to hold the data itself.
 */
export function guardedTables(context: FactContext): FactContext['openSnapshot'] {
  return async (location) => {
    for (const part of filesOf(location, context)) await requireData(part, context)
    return context.openSnapshot(location)
  }
}

function filesOf(location: string, { manifest }: FactContext): readonly PartFile[] {
  try {
    return expandLocation(location, manifest.folder)
  } catch {
    // What cannot be listed is told by the reader, which knows the words for it.
    return []
  }
}

async function requireData({ file, shown }: PartFile, { manifest }: FactContext): Promise<void> {
  const real = await realpath(file).catch(() => undefined)
  if (real === undefined) return
  if (!isInside(manifest.repositoryRoot, real)) {
    throw new InputError(`${shown} is a link that leaves the repository of the manifest`, {
      location: { path: shown },
      hint: 'Move the data inside, or pass --allow-outside.',
    })
  }
  const pointer = pointerKind(await headOf(real))
  if (pointer !== undefined) {
    throw new InputError(`${shown} is a pointer of ${pointer} in the place of the data`, {
      location: { path: shown },
      hint: REMEDIES[pointer],
    })
  }
}

/** The beginning of a small file; empty for one that is too large to be a pointer or cannot be read. */
async function headOf(path: string): Promise<string> {
  const handle = await open(path, 'r').catch(() => undefined)
  if (handle === undefined) return ''
  try {
    const { size } = await handle.stat()
    return size < POINTER_BYTES ? (await handle.readFile()).toString('latin1') : ''
  } catch {
    return ''
  } finally {
    await handle.close()
  }
}
