export type Compression = 'zlib' | 'gzip' | 'bz2' | 'xz' | 'lzma' | 'lz4'

/** The bytes that `detectCompression` looks at. */
export const DETECTED_BYTES = 16

const BZIP2_BLOCKS = ['314159265359', '177245385090']

/**
 * How a file is compressed, from its whole signature: the first two bytes alone would hide a plain pickle.
 *
 * @returns `undefined` for content that is not compressed.
 * Source: RFC 1950 and 1952, the bzip2, xz, LZMA and LZ4 frame formats.
 */
export function detectCompression(start: Uint8Array): Compression | undefined {
  const hex = Buffer.from(start).toString('hex')
  const [first = 0, second = 0] = start
  if (hex.startsWith('1f8b08')) return 'gzip'
  if (first === 0x78 && (first * 256 + second) % 31 === 0 && (second & 0x20) === 0) return 'zlib'
  if (/^425a683[1-9]/.test(hex) && BZIP2_BLOCKS.includes(hex.slice(8, 20))) return 'bz2'
  if (hex.startsWith('fd377a585a00')) return 'xz'
  if (hex.startsWith('04224d18')) return 'lz4'
  // The properties that every encoder writes; the size of the dictionary is at least 4 KiB.
  if (/^5d0000..../.test(hex) && start.length >= 14) return 'lzma'
  return undefined
}
