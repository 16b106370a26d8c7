const MAGIC = 0xfd2f_b528
/** The reference decoder's own limit unless it is told otherwise. */
const LARGEST_WINDOW = 2 ** 27
/** An RLE block makes 128 KiB of four bytes; nothing makes more. */
const MOST_EXPANSION = 32_768

/**
 * Refuses a frame that announces more than it can hold, before a decoder makes room for it.
 *
 * @throws RangeError for such a frame and for what is none.
 * Complexity: O(1). Source: RFC 8878, section 3.1.1.1.
 */
export function checkZstdFrame(frame: Uint8Array): void {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError('this is not a zstd frame')
  const flags = view.getUint8(4)
  const isSingleSegment = (flags & 0x20) !== 0
  if (!isSingleSegment && windowOf(view.getUint8(5)) > LARGEST_WINDOW) {
    throw new RangeError('a zstd frame asks for more than 128 MiB at once')
  }
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] as number
  const sizeAt = (isSingleSegment ? 5 : 6) + dictionaryBytes
  if (contentSize(view, sizeAt, flags >> 6, isSingleSegment) > frame.length * MOST_EXPANSION) {
    throw new RangeError('a zstd frame announces more than it can hold')
  }
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}

/** Zero where the frame does not say. */
function contentSize(view: DataView, at: number, kind: number, isSingle: boolean): number {
  switch (kind) {
    case 0:
      return isSingle ? view.getUint8(at) : 0
    case 1:
      return view.getUint16(at, true) + 256
    case 2:
      return view.getUint32(at, true)
    default:
      return Number(view.getBigUint64(at, true))
  }
}
