/** What is used of the package: the decoder of one block, and the reader of bits that it takes. */
declare module 'unbzip2-stream/lib/bzip2.js' {
  import type { BitReader } from 'unbzip2-stream/lib/bit_iterator.js'

  interface Bzip2 {
    /** The size of blocks in units of 100 000 bytes. */
    header(bits: BitReader): number
    /** Gives the bytes of a block to `put`; returns the checksum so far, `null` behind the last block. */
    decompress(
      bits: BitReader,
      put: (byte: number) => void,
      space: Int32Array,
      spaceSize: number,
      checksum: number,
    ): number | null
  }
  const bzip2: Bzip2
  export default bzip2
}

declare module 'unbzip2-stream/lib/bit_iterator.js' {
  export interface BitReader {
    (count: number | null): number
    bytesRead: number
  }
  const bitIterator: (nextPiece: () => Uint8Array) => BitReader
  export default bitIterator
}
