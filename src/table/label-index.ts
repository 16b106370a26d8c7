import { cellText } from './cell-text.ts'

/** Gives every different text a code, in the order of their first appearance. */
export interface LabelIndex {
  readonly labels: readonly string[]
  /** The code of the UTF-8 text from `start` to `end`. */
  readonly codeOf: (bytes: Uint8Array, start: number, end: number) => number
}

const FIRST_SLOTS = 64
const FIRST_BYTES = 1024
const EMPTY = -1

/**
 * Makes an index that compares cells where they stand: only what was not seen before becomes a text,
 * which a Map would ask of each cell.
 *
 * Complexity: O(length) per call on average. Source: open addressing with linear probing; the hash is
 * Fowler, Noll and Vo's FNV-1a with steps of the finalizer of MurmurHash3.
 */
export function labelIndex(): LabelIndex {
  const labels: string[] = []
  let slots = new Int32Array(FIRST_SLOTS).fill(EMPTY)
  let hashes = new Int32Array(FIRST_SLOTS)
  /** The bytes of all labels; those of a code end where the next begin. */
  let store = new Uint8Array(FIRST_BYTES)
  let ends = new Float64Array(FIRST_SLOTS)
  let stored = 0

  const grow = (): void => {
    const size = slots.length * 2
    const mask = size - 1
    slots = new Int32Array(size).fill(EMPTY)
    for (let code = 0; code < labels.length; code++) {
      let slot = (hashes[code] as number) & mask
      while (slots[slot] !== EMPTY) slot = (slot + 1) & mask
      slots[slot] = code
    }
    const [lessHashes, lessEnds] = [hashes, ends]
    hashes = new Int32Array(size)
    hashes.set(lessHashes)
    ends = new Float64Array(size)
    ends.set(lessEnds)
  }
  const keep = (bytes: Uint8Array): void => {
    if (stored + bytes.length > store.length) {
      const larger = new Uint8Array(Math.max(store.length * 2, stored + bytes.length))
      larger.set(store.subarray(0, stored))
      store = larger
    }
    store.set(bytes, stored)
    stored += bytes.length
  }
  const isSame = (code: number, bytes: Uint8Array, start: number, end: number): boolean => {
    const first = code === 0 ? 0 : (ends[code - 1] as number)
    if ((ends[code] as number) - first !== end - start) return false
    for (let at = start, own = first; at < end; at++, own++) {
      if (store[own] !== bytes[at]) return false
    }
    return true
  }

  return {
    labels,
    codeOf: (bytes, start, end) => {
      const hash = hashOf(bytes, start, end)
      const mask = slots.length - 1
      let slot = hash & mask
      for (let code = slots[slot] as number; code !== EMPTY; code = slots[slot] as number) {
        if (hashes[code] === hash && isSame(code, bytes, start, end)) return code
        slot = (slot + 1) & mask
      }
      const code = labels.length
      keep(bytes.subarray(start, end))
      labels.push(cellText(bytes, start, end))
      hashes[code] = hash
      ends[code] = stored
      slots[slot] = code
      if (labels.length * 2 > slots.length) grow()
      return code
    },
  }
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c_9dc5
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x0100_0193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b)
  return hash ^ (hash >>> 13)
}
