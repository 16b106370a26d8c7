import { crc32 } from 'node:zlib'

/** More than any fixture holds goes into further blocks. */
const BLOCK = 0x1_0000

function blocksOf(bytes: Buffer): readonly Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / BLOCK) }, (_, index) =>
    bytes.subarray(index * BLOCK, (index + 1) * BLOCK),
  )
}

function little(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function aligned(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
}

function withChecksum(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, little(crc32(bytes))])
}

/**
 * An xz file with the bytes in it as they are.
 *
 * Source: https://tukaani.org/xz/xz-file-format.txt, version 1.2.1, and the chunks of LZMA2.
 */
export function packXz(bytes: Buffer): Buffer {
  const flags = Buffer.from([0, 1])
  const chunks = blocksOf(bytes).map((block, index) => {
    const header = Buffer.from([index === 0 ? 1 : 2, 0, 0])
    header.writeUInt16BE(block.length - 1, 1)
    return Buffer.concat([header, block])
  })
  const blockHeader = withChecksum(Buffer.from([2, 0, 0x21, 1, 0x16, 0, 0, 0]))
  const content = Buffer.concat([...chunks, Buffer.of(0)])
  const unpadded = blockHeader.length + content.length + 4
  const sizes = Buffer.from([0, 1, ...sevenBits(unpadded), ...sevenBits(bytes.length)])
  const index = withChecksum(aligned(sizes))
  const footer = Buffer.concat([little(index.length / 4 - 1), flags])
  return Buffer.concat([
    Buffer.from('fd377a585a00', 'hex'),
    withChecksum(flags),
    blockHeader,
    aligned(content),
    little(crc32(bytes)),
    index,
    little(crc32(footer)),
    footer,
    Buffer.from('YZ'),
  ])
}

function sevenBits(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...sevenBits(value >>> 7)]
}

/**
 * An LZ4 frame with the bytes in it as they are; the checksum of its header is left out.
 *
 * Source: the LZ4 frame format 1.6.4.
 */
export function packLz4(bytes: Buffer): Buffer {
  const blocks = blocksOf(bytes).flatMap((block) => [
    little((block.length | 0x8000_0000) >>> 0),
    block,
  ])
  return Buffer.concat([Buffer.from('04224d18604000', 'hex'), ...blocks, little(0)])
}
