import { isUtf8 } from 'node:buffer'

const REPLACEMENT = '\uFFFD'
const BYTES_OF_REPLACEMENT = Buffer.from(REPLACEMENT)
const BYTE_ORDER_MARK = Buffer.from('\uFEFF')

export interface Decoded {
  /** Without a byte order mark; what is not UTF-8 is shown as U+FFFD. */
  readonly text: string
  /** Where in the text the first bytes that are not UTF-8 stand, if there are any. */
  readonly invalidAt?: number
}

/** Text from bytes, and whether they are text. O(n). */
export function decodeUtf8(bytes: Buffer): Decoded {
  const text = new TextDecoder('utf-8').decode(bytes)
  return isUtf8(bytes) ? { text } : { text, invalidAt: firstReplaced(bytes, text) }
}

/** The first U+FFFD of the text that is not one in the bytes; there is one, as they are not UTF-8. */
function firstReplaced(bytes: Buffer, text: string): number {
  let at = text.indexOf(REPLACEMENT)
  let offset = startsWith(bytes, 0, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0
  offset += Buffer.byteLength(text.slice(0, at))
  while (startsWith(bytes, offset, BYTES_OF_REPLACEMENT)) {
    const next = text.indexOf(REPLACEMENT, at + 1)
    offset += Buffer.byteLength(text.slice(at, next))
    at = next
  }
  return at
}

function startsWith(bytes: Buffer, offset: number, expected: Buffer): boolean {
  return bytes.subarray(offset, offset + expected.length).equals(expected)
}
