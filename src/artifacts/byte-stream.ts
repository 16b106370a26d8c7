import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { InputError } from '../core/errors.ts'

/** Pieces of bytes in their order; a piece is valid until the next one is asked for. */
export type BytePieces = AsyncIterable<Uint8Array>

const PIECE = 1024 * 1024

/**
 * Bytes that are read forward once. What is asked for is held only after it was really there, so a
 * declared length costs nothing until its bytes come.
 */
export class ByteStream {
  readonly #pieces: AsyncIterator<Uint8Array>
  #held: Uint8Array = new Uint8Array()
  #at = 0
  #before = 0
  #ended = false

  constructor(pieces: BytePieces) {
    this.#pieces = pieces[Symbol.asyncIterator]()
  }

  /** How many bytes were taken. */
  get position(): number {
    return this.#before + this.#at
  }

  /** Whether the next `count` bytes can be taken without waiting. */
  holds(count: number): boolean {
    return this.#held.length - this.#at >= count
  }

  /** Waits for the next `count` bytes; `false` when the stream ends before. */
  async waitFor(count: number): Promise<boolean> {
    if (this.holds(count)) return true
    const parts = [this.#held.slice(this.#at)]
    let length = this.#held.length - this.#at
    while (length < count && !this.#ended) {
      const next = await this.#pieces.next()
      if (next.done === true) {
        this.#ended = true
        break
      }
      length += next.value.length
      // The last piece is used in place; the ones before it would be overwritten.
      if (parts[0]?.length === 0 && length >= count) return this.#hold(next.value, count)
      parts.push(next.value.slice())
    }
    return this.#hold(parts.length === 1 ? (parts[0] as Uint8Array) : joined(parts, length), count)
  }

  #hold(bytes: Uint8Array, count: number): boolean {
    this.#before += this.#at
    this.#held = bytes
    this.#at = 0
    return bytes.length >= count
  }

  /** The next byte, which must be held. */
  byte(): number {
    return this.#held[this.#at++] as number
  }

  /** The next byte, left where it is; it must be held. */
  peek(): number {
    return this.#held[this.#at] as number
  }

  /** The next `count` bytes, which must be held; they are valid until the stream waits again. */
  take(count: number): Uint8Array {
    const start = this.#at
    this.#at += count
    return this.#held.subarray(start, this.#at)
  }

  /** How many held bytes stand before the next `byte`; -1 when none of the held ones is it. */
  distanceTo(byte: number, from = 0): number {
    const index = this.#held.indexOf(byte, this.#at + from)
    return index === -1 ? -1 : index - this.#at
  }

  get heldCount(): number {
    return this.#held.length - this.#at
  }

  /** Hands the next `count` bytes to `use` in pieces; `false` when the stream ends before. */
  async pass(count: number, use: (piece: Uint8Array) => void): Promise<boolean> {
    for (let left = count; left > 0;) {
      if (!this.holds(1) && !(await this.waitFor(1))) return false
      const piece = this.take(Math.min(left, this.heldCount))
      use(piece)
      left -= piece.length
    }
    return true
  }

  /** Gives up what was not read: a source that is open is closed. */
  async close(): Promise<void> {
    await this.#pieces.return?.()
  }
}

/** A stream over bytes that are in memory. */
export function bytesStream(bytes: Uint8Array): ByteStream {
  return new ByteStream(once(bytes))
}

// eslint-disable-next-line @typescript-eslint/require-await -- the seam is asynchronous
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/**
 * The bytes of a file from `start` on, in one buffer that is used again.
 *
 * @throws InputError when the file cannot be read.
 */
export async function* filePieces(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw new InputError(`${basename(path)} cannot be read`, { cause: error })
  })
  try {
    const buffer = new Uint8Array(PIECE)
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, PIECE, null)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
