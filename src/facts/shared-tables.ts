import { stat } from 'node:fs/promises'
import { expandLocation } from '../readers/locations.ts'
import type { Snapshot } from '../table/types.ts'
import { heldTable } from './held-table.ts'
import type { FactContext } from './context.ts'

/** A table of more cells is opened and decoded again by each fact that asks for it. */
const LARGEST_HELD = 4e6
/** Cells of all tables that are held; one takes about eight bytes. */
const MOST_HELD = 16e6

/**
 * Opens tables as `context` does, and small ones once for all facts that ask for them. One that has changed
 * on disk since is opened again.
 */
export function sharedTables(context: FactContext): FactContext['openSnapshot'] {
  const held = new Map<string, { readonly state: string; readonly snapshot: Snapshot }>()
  let room = MOST_HELD
  return async (location) => {
    const state = await stateOf(location, context.manifest.folder)
    const known = held.get(location)
    if (known !== undefined && known.state === state) return known.snapshot
    const opened = await context.openSnapshot(location)
    const cells = opened.rowCount * opened.fields.length
    if (state === undefined || cells === 0 || cells > Math.min(room, LARGEST_HELD)) return opened
    room -= cells
    const snapshot = heldTable(opened)
    held.set(location, { state, snapshot })
    return snapshot
  }
}

/** What tells an unchanged file from another one; `undefined` for what cannot be looked at. */
async function stateOf(location: string, folder: string): Promise<string | undefined> {
  try {
    const files = expandLocation(location, folder)
    const states = files.map(async ({ file }) => {
      const { dev, ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true })
      return [file, dev, ino, size, mtimeNs, ctimeNs].join(':')
    })
    return (await Promise.all(states)).join('\n')
  } catch {
    // What is wrong with it is told by the reader, which knows the words for it.
    return undefined
  }
}
