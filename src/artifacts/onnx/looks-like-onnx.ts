/** The fields of ModelProto and how each is written: 0 a number, 2 bytes. */
const WIRE_TYPES: ReadonlyMap<number, number> = new Map([
  [1, 0],
  [2, 2],
  [3, 2],
  [4, 2],
  [5, 0],
  [6, 2],
  [7, 2],
  [8, 2],
  [14, 2],
  [20, 2],
  [25, 2],
])
const VERSION = 1
const GRAPH = 7

/**
 * Whether bytes begin as an ONNX model does: with the fields of one, of which the first is the version
 * of the format, up to a graph.
 *
 * Source: onnx.proto of ONNX 1.16, message ModelProto. Protocol buffers have no signature of their own.
 */
export function looksLikeOnnx(head: Uint8Array): boolean {
  let at = 0
  let isFirst = true
  while (at < head.length) {
    const tag = varint(head, at)
    if (tag === undefined) return false
    const field = Math.floor(tag.value / 8)
    const wire = tag.value % 8
    if (WIRE_TYPES.get(field) !== wire || (isFirst && field !== VERSION)) return false
    if (field === GRAPH) return true
    const value = varint(head, tag.end)
    if (value === undefined) return false
    at = wire === 2 ? value.end + value.value : value.end
    isFirst = false
  }
  return false
}

function varint(
  bytes: Uint8Array,
  start: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0
  for (let index = 0; index < 10; index += 1) {
    const byte = bytes[start + index]
    if (byte === undefined) return undefined
    value += (byte % 128) * 2 ** (7 * index)
    if (byte < 128) return { value, end: start + index + 1 }
  }
  return undefined
}
