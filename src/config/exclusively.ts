import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { UsageError } from '../core/errors.ts'
import { hasCode, reasonOf } from './write-reasons.ts'

/** Reading and writing a small file takes milliseconds; whoever holds it longer has died. */
const PATIENCE_MS = 10_000
const POLL_MS = 20

/** The right to change a file, as long as nobody has taken it over. */
export interface Hold {
  /** @throws UsageError when another one has taken over, so that nothing may be written any more. */
  readonly confirm: () => Promise<void>
}

/**
 * Does what changes a file while nobody else does who asks here: a lock file lies beside it meanwhile. One
 * that is left behind by a process that died is taken over once it has not changed for a while, seen from
 * here: the clocks of two machines need not agree.
 *
 * @param file absolute; links are followed, missing folders created
 * @param patience milliseconds
 * @throws UsageError when no lock file can be made there
 */
export async function exclusively<T>(
  file: string,
  work: (hold: Hold) => Promise<T>,
  patience = PATIENCE_MS,
): Promise<T> {
  const target = await realpath(file).catch(() => file)
  const lock = path.join(path.dirname(target), `.${path.basename(target)}.lock`)
  const token = randomUUID()
  try {
    await mkdir(path.dirname(lock), { recursive: true })
    await acquire(lock, token, patience)
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${reasonOf(error)}`, { cause: error })
  }
  try {
    return await work({
      confirm: async () => {
        if ((await holder(lock)) === token) return
        throw new UsageError(`cannot write ${file}: another process took over`, {
          hint: 'Run the command again.',
        })
      },
    })
  } finally {
    if ((await holder(lock)) === token) await rm(lock, { force: true })
  }
}

async function acquire(lock: string, token: string, patience: number): Promise<void> {
  let seen: string | undefined
  let since = performance.now()
  for (;;) {
    try {
      await writeFile(lock, token, { flag: 'wx' })
      return
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error
    }
    const found = await holder(lock)
    if (found !== seen) {
      seen = found
      since = performance.now()
    } else if (found !== undefined && performance.now() - since > patience) {
      await removeStale(lock, found)
    }
    await pause(POLL_MS)
  }
}

/** Moved away first: of two that find it stale, only one moves it, and a new one is put back. */
async function removeStale(lock: string, stale: string): Promise<void> {
  const aside = `${lock}.${randomUUID()}`
  try {
    await rename(lock, aside)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return
    throw error
  }
  try {
    if ((await holder(aside)) !== stale) await link(aside, lock)
  } catch (error) {
    // A third one was faster; the owner of the moved one finds out before writing.
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    await rm(aside, { force: true })
  }
}

async function holder(lock: string): Promise<string | undefined> {
  return readFile(lock, 'utf8').catch(() => undefined)
}
