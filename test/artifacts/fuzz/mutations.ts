import type { Random } from '../../../src/stats/random.ts'

/** A change of bytes; the bytes that are given stay as they are. */
export interface Mutation {
  readonly name: string
  apply(bytes: Buffer, random: Random): Buffer
}

/** A place in the bytes; 0 when there are none. */
function placeIn(bytes: Buffer, random: Random): number {
  return random.integer(Math.max(1, bytes.length))
}

/** A range of at most `longest` bytes. */
function rangeIn(bytes: Buffer, random: Random, longest: number): readonly [number, number] {
  const start = placeIn(bytes, random)
  return [start, Math.min(bytes.length, start + 1 + random.integer(longest))]
}

function pick<T>(values: readonly T[], random: Random): T {
  return values[random.integer(values.length)] as T
}

const HUGE = [
  0n,
  1n,
  0xffn,
  0xffffn,
  0x7fff_ffffn,
  0xffff_ffffn,
  2n ** 40n,
  2n ** 53n,
  2n ** 63n - 1n,
]
const WIDTHS = [1, 2, 4, 8]
const NUMBERS = [
  '0',
  '-1',
  '65536',
  '4294967295',
  '9007199254740993',
  '99999999999999999999',
  '1e308',
]

export const CUT: Mutation = {
  name: 'cut off',
  apply: (bytes, random) => bytes.subarray(0, placeIn(bytes, random)),
}

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'flipped bits',
    apply(bytes, random) {
      const changed = Buffer.from(bytes)
      for (let left = 1 + random.integer(4); left > 0 && changed.length > 0; left -= 1) {
        const index = placeIn(bytes, random)
        changed[index] = (changed[index] ?? 0) ^ (1 << random.integer(8))
      }
      return changed
    },
  },
  {
    name: 'another byte',
    apply(bytes, random) {
      const changed = Buffer.from(bytes)
      if (changed.length > 0) changed[placeIn(bytes, random)] = random.integer(256)
      return changed
    },
  },
  CUT,
  {
    name: 'inserted bytes',
    apply(bytes, random) {
      const at = placeIn(bytes, random)
      const inserted = Buffer.from(
        Array.from({ length: 1 + random.integer(16) }, () => random.integer(256)),
      )
      return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at)])
    },
  },
  {
    name: 'bytes left out',
    apply(bytes, random) {
      const [start, end] = rangeIn(bytes, random, 16)
      return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
    },
  },
  {
    name: 'a range twice',
    apply(bytes, random) {
      const [start, end] = rangeIn(bytes, random, 64)
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)])
    },
  },
  {
    name: 'a range many times',
    apply(bytes, random) {
      const [start, end] = rangeIn(bytes, random, 8)
      const repeated = Array.from({ length: 4000 }, () => bytes.subarray(start, end))
      return Buffer.concat([bytes.subarray(0, end), ...repeated, bytes.subarray(end)])
    },
  },
  {
    name: 'another length',
    apply(bytes, random) {
      const width = pick(WIDTHS, random)
      if (bytes.length < width) return bytes
      const changed = Buffer.from(bytes)
      const field = Buffer.alloc(8)
      field.writeBigUInt64LE(pick(HUGE, random))
      const digits = field.subarray(0, width)
      if (random.integer(2) === 1) digits.reverse()
      digits.copy(changed, random.integer(changed.length - width + 1))
      return changed
    },
  },
  {
    name: 'another number in text',
    apply(bytes, random) {
      const numbers = [...bytes.toString('latin1').matchAll(/\d+/g)]
      if (numbers.length === 0) return bytes
      const { 0: old, index } = pick(numbers, random)
      const end = index + old.length
      const number = random.integer(2) === 0 ? '9'.repeat(old.length) : pick(NUMBERS, random)
      return Buffer.concat([bytes.subarray(0, index), Buffer.from(number), bytes.subarray(end)])
    },
  },
  {
    name: 'blocks exchanged',
    apply(bytes, random) {
      const places = [placeIn(bytes, random), placeIn(bytes, random), placeIn(bytes, random)]
      const [first = 0, second = 0, third = 0] = places.sort((a, b) => a - b)
      return Buffer.concat([
        bytes.subarray(0, first),
        bytes.subarray(second, third),
        bytes.subarray(first, second),
        bytes.subarray(third),
      ])
    },
  },
]
