import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { InputError } from '../core/errors.ts'

/** A file that is read in parts: what a header says may be far from the end of what it describes. */
export interface FileWindow {
  readonly name: string
  readonly size: number
  /**
   * The bytes from `start` up to `end`.
   *
   * @throws InputError when the file ends before `end`: a declared length is not to be trusted.
   */
  read(start: number, end: number): Promise<Uint8Array>
}

const BLOCK = 64 * 1024

/** Opens a file for reading in parts and closes it when `use` has ended. */
export async function withFileWindow<T>(
  path: string,
  use: (file: FileWindow) => Promise<T>,
): Promise<T> {
  const name = basename(path)
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (error) {
    throw new InputError(`${name} cannot be read`, { cause: error })
  }
  try {
    const { size } = await handle.stat()
    return await use(createWindow(handle, name, size))
  } finally {
    await handle.close()
  }
}

function createWindow(handle: FileHandle, name: string, size: number): FileWindow {
  let block: Uint8Array = new Uint8Array()
  let blockStart = 0
  const load = async (start: number, length: number): Promise<Uint8Array> => {
    const bytes = new Uint8Array(Math.min(length, size - start))
    let filled = 0
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled)
      if (bytesRead === 0) throw new InputError(`${name} became shorter while it was read`)
      filled += bytesRead
    }
    return bytes
  }
  const read = async (start: number, end: number): Promise<Uint8Array> => {
    if (!(start >= 0 && start <= end && end <= size)) {
      throw new InputError(`${name} is cut off: it ends before byte ${String(end)}`)
    }
    if (start < blockStart || end > blockStart + block.length) {
      block = await load(start, Math.max(BLOCK, end - start))
      blockStart = start
    }
    return block.subarray(start - blockStart, end - blockStart)
  }
  return { name, size, read }
}
