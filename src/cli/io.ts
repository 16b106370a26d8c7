import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, chmod, mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { hasCode, reasonOf } from '../config/write-reasons.ts'
import { UsageError } from '../core/errors.ts'
import type { OutputStream } from './world.ts'

/**
 * Writes and waits until the stream has taken everything. A reader that went away (`| head`) is
 * no error: what it wanted, it has.
 *
 * @throws UsageError when the output cannot be written, such as to a full disk.
 */
export async function write(stream: OutputStream, text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.write(text, (error) => {
      if (error === null || error === undefined || isClosedPipe(error)) resolve()
      else reject(new UsageError(`cannot write: ${reasonOf(error)}`, { cause: error }))
    })
  })
}

/** Whether an error says that the reader of a pipe has gone. */
function isClosedPipe(error: unknown): boolean {
  return hasCode(error, 'EPIPE') || hasCode(error, 'ERR_STREAM_DESTROYED')
}

/**
 * Writes a file so that nobody ever sees half of it: to a temporary file beside it, then renamed.
 * Missing folders are created. Devices and pipes are written directly.
 *
 * @throws UsageError when the file cannot be written.
 */
export async function writeFileWhole(file: string, text: string): Promise<void> {
  try {
    const target = await realpath(file).catch(() => file)
    const existing = await stat(target).catch(() => undefined)
    if (existing !== undefined && !existing.isFile()) {
      await writeFile(target, text)
      return
    }
    await mkdir(path.dirname(target), { recursive: true })
    // Renaming would replace a file that somebody has made read-only.
    if (existing !== undefined) await access(target, constants.W_OK)
    // In a container every process may have the number of one that died here.
    const temporary = path.join(
      path.dirname(target),
      `.${path.basename(target)}.${randomUUID()}.tmp`,
    )
    try {
      await writeFile(temporary, text, { flag: 'wx' })
      if (existing !== undefined) await chmod(temporary, existing.mode)
      await rename(temporary, target)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${reasonOf(error)}`, { cause: error })
  }
}
