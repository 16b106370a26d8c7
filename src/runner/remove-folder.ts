import { chmod, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Removes a folder that a command could write to. A command may leave folders that nobody may write or
 * list, so the permissions are given back first where that is needed; what cannot be removed stays, since
 * an audit does not fail over a temporary file.
 */
export async function removeFolder(folder: string): Promise<void> {
  try {
    await removeAll(folder)
  } catch {
    await allowAll(folder)
    await removeAll(folder).catch(() => undefined)
  }
}

function removeAll(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 3 })
}

async function allowAll(folder: string): Promise<void> {
  await chmod(folder, 0o700).catch(() => undefined)
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    // A link is left alone: what it names is not ours.
    if (entry.isDirectory()) await allowAll(join(folder, entry.name))
  }
}
