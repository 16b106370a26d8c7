import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib'
import { DEFAULT_INSPECTION_LIMITS } from '../../../src/artifacts/artifact.ts'
import { detectCompression, type Compression } from '../../../src/artifacts/compression/detect.ts'
import { contentPieces } from '../../../src/artifacts/compression/open-content.ts'
import { packLz4, packXz } from './packed.ts'
import { unzip, zip, type Members } from './zip.ts'

/** Content that can be changed; `wrap` makes the lengths and checksums around it fit. */
export interface Layer {
  readonly name: string
  readonly bytes: Buffer
  wrap(bytes: Buffer): Buffer
}

/** What nobody can pack here, bzip2 and LZMA, is changed from outside only. */
const PACK: Partial<Record<Compression, (bytes: Buffer) => Buffer>> = {
  zlib: deflateSync,
  gzip: gzipSync,
  xz: packXz,
  lz4: packLz4,
}
/** No honest fixture unpacks to more. */
const UNPACKED_BYTES = 1024 * 1024

/**
 * The file as it is, and the contents that are packed in it.
 *
 * @param path - where the bytes are.
 * @returns Only the file for one that is too damaged to be unpacked by ordinary means.
 */
export async function layersOf(path: string, bytes: Buffer): Promise<readonly Layer[]> {
  const whole: Layer = { name: 'the file', bytes, wrap: (changed) => changed }
  const compression = detectCompression(bytes.subarray(0, 16))
  if (compression === undefined) return [whole, ...membersOf(bytes)]
  const wrap = PACK[compression]
  const content = wrap && (await unpacked(path, bytes, compression))
  return content ? [whole, { name: compression, bytes: content, wrap }] : [whole]
}

async function unpacked(
  path: string,
  bytes: Buffer,
  compression: Compression,
): Promise<Buffer | undefined> {
  try {
    if (compression === 'zlib') return inflateSync(bytes)
    if (compression === 'gzip') return gunzipSync(bytes)
    const pieces: Uint8Array[] = []
    let length = 0
    for await (const piece of contentPieces(
      path,
      bytes.length,
      compression,
      DEFAULT_INSPECTION_LIMITS,
    )) {
      pieces.push(piece.slice())
      length += piece.length
      if (length > UNPACKED_BYTES) return undefined
    }
    return Buffer.concat(pieces)
  } catch {
    return undefined
  }
}

function membersOf(bytes: Buffer): readonly Layer[] {
  let members: Members
  try {
    members = unzip(bytes)
  } catch {
    return []
  }
  return [...members].map(([name, content]) => ({
    name,
    bytes: content,
    wrap: (changed) => zip(new Map([...members, [name, changed]])),
  }))
}
