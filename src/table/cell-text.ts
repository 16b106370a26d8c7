const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

/** The text of a cell: UTF-8 bytes from `start` to `end`, which were found to be valid. */
export function cellText(bytes: Uint8Array, start: number, end: number): string {
  return utf8.decode(bytes.subarray(start, end))
}

/** The UTF-8 bytes of a text. */
export function cellBytes(text: string): Uint8Array {
  return encoder.encode(text)
}
