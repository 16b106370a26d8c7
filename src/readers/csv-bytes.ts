import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { InputError } from '../core/errors.ts'

const LINE_FEED = 10

/**
 * Refuses bytes with a NUL, which no text has.
 *
 * @param line - The line that the bytes begin on.
 * @throws InputError with the line of the first NUL.
 */
export function requireNoNul(bytes: Uint8Array, path: string, line: number): void {
  const nul = bytes.indexOf(0)
  if (nul === -1) return
  throw new InputError('a NUL byte: this is not a text file', {
    location: { path, line: line + lineFeeds(bytes.subarray(0, nul)) },
  })
}

/**
 * Refuses bytes that are not UTF-8.
 *
 * @param bytes - Complete characters.
 * @param line - The line that the bytes begin on.
 * @throws InputError with the line of the damage.
 */
export function requireUtf8(bytes: Uint8Array, path: string, line: number): void {
  if (!isUtf8(bytes)) throw notUtf8(path, line + linesBeforeDamage(bytes, false))
}

/** Decodes blocks that are cut anywhere, and counts their lines. */
export interface Utf8Decoder {
  /** The line that the next block begins on. */
  readonly line: number
  decode(block: Uint8Array): string
  /** To be called after the last block. */
  end(): void
}

/** @returns A decoder that throws an InputError with the line for bytes that are not UTF-8. */
export function utf8Decoder(path: string, firstLine: number): Utf8Decoder {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let line = firstLine
  let isFirst = true
  return {
    get line() {
      return line
    },
    decode: (block) => {
      try {
        const text = decoder.decode(block, { stream: true })
        line += lineFeeds(block)
        isFirst = false
        return text
      } catch (error) {
        throw notUtf8(path, line + linesBeforeDamage(block, !isFirst), error)
      }
    },
    end: () => {
      try {
        decoder.decode()
      } catch (error) {
        throw notUtf8(path, line, error)
      }
    },
  }
}

function notUtf8(path: string, line: number, cause?: unknown): InputError {
  return new InputError('bytes that are not UTF-8', {
    location: { path, line },
    hint: 'Convert the file to UTF-8.',
    ...(cause === undefined ? {} : { cause }),
  })
}

/** @param mayContinue - Whether the bytes may begin within a character of the block before. */
function linesBeforeDamage(bytes: Uint8Array, mayContinue: boolean): number {
  let start = 0
  while (mayContinue && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++
  let lines = 0
  for (
    let end = bytes.indexOf(LINE_FEED, start);
    end !== -1;
    end = bytes.indexOf(LINE_FEED, start)
  ) {
    if (!isUtf8(bytes.subarray(start, end))) break
    lines++
    start = end + 1
  }
  return lines
}

function lineFeeds(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) if (byte === LINE_FEED) count++
  return count
}
