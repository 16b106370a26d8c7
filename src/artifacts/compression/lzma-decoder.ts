const BITS_OF_MODEL = 11
const START = 1024
const TOP = 0x1000000
const STATES = 12
const POSITIONS = 16
const LITERAL_MODELS = 0x300
const END_MARKER = 0xffffffff
const SHORTEST_MATCH = 2

export interface LzmaDecoder {
  /** Decodes up to `count` symbols; `true` when the content is complete. */
  run(count: number): boolean
  /** What was decoded since the last call; valid until the next run. */
  pieces(): readonly Uint8Array[]
}

interface LengthModels {
  readonly choice: Uint16Array
  readonly low: readonly Uint16Array[]
  readonly middle: readonly Uint16Array[]
  readonly high: Uint16Array
}

const models = (count: number): Uint16Array => new Uint16Array(count).fill(START)

const lengthModels = (): LengthModels => ({
  choice: models(2),
  low: Array.from({ length: POSITIONS }, () => models(8)),
  middle: Array.from({ length: POSITIONS }, () => models(8)),
  high: models(256),
})

/**
 * A decoder of raw LZMA.
 *
 * @param properties - The byte with the literal and position bits.
 * @param dictionarySize - How far back a match may refer.
 * @param size - Of the content; without it, an end marker ends it.
 * @param nextByte - Throws when the input has ended.
 * @throws RangeError for what the format does not allow, also from `run`.
 * Source: the LZMA specification of the LZMA SDK.
 */
export function createLzmaDecoder(
  properties: number,
  dictionarySize: number,
  size: number | undefined,
  nextByte: () => number,
): LzmaDecoder {
  if (properties >= 9 * 5 * 5) throw new RangeError('unknown properties')
  const literalContext = properties % 9
  const literalPosition = Math.floor(properties / 9) % 5
  const positionMask = (1 << Math.floor(properties / 45)) - 1

  const isMatch = models(STATES * POSITIONS)
  const isRepeat = models(STATES)
  const isRepeat0 = models(STATES)
  const isRepeat1 = models(STATES)
  const isRepeat2 = models(STATES)
  const isRepeat0Long = models(STATES * POSITIONS)
  const slots = Array.from({ length: 4 }, () => models(64))
  const special = models(115)
  const aligned = models(16)
  const matchLength = lengthModels()
  const repeatLength = lengthModels()
  const literals = models(LITERAL_MODELS << (literalContext + literalPosition))

  const space = new Uint8Array(dictionarySize)
  let at = 0
  let given = 0
  let total = 0
  let ready: Uint8Array[] = []
  let state = 0
  let repeats: readonly [number, number, number, number] = [0, 0, 0, 0]

  let range = END_MARKER
  let code = 0
  if (nextByte() !== 0) throw new RangeError('it does not start as it should')
  for (let index = 0; index < 4; index += 1) code = ((code << 8) | nextByte()) >>> 0

  const normalise = (): void => {
    if (range >= TOP) return
    range = (range << 8) >>> 0
    code = ((code << 8) | nextByte()) >>> 0
  }
  const bit = (table: Uint16Array, index: number): number => {
    const model = table[index] as number
    const bound = (range >>> BITS_OF_MODEL) * model
    if (code < bound) {
      range = bound
      table[index] = model + ((2048 - model) >> 5)
      normalise()
      return 0
    }
    range = (range - bound) >>> 0
    code = (code - bound) >>> 0
    table[index] = model - (model >> 5)
    normalise()
    return 1
  }
  const tree = (table: Uint16Array, bits: number): number => {
    let node = 1
    for (let count = 0; count < bits; count += 1) node = (node << 1) | bit(table, node)
    return node - (1 << bits)
  }
  const reverseTree = (table: Uint16Array, offset: number, bits: number): number => {
    let node = 1
    let value = 0
    for (let count = 0; count < bits; count += 1) {
      const next = bit(table, offset + node)
      node = (node << 1) | next
      value |= next << count
    }
    return value
  }
  const direct = (bits: number): number => {
    let value = 0
    for (let count = 0; count < bits; count += 1) {
      range >>>= 1
      const isSet = code >= range
      if (isSet) code = (code - range) >>> 0
      value = value * 2 + (isSet ? 1 : 0)
      normalise()
    }
    return value
  }
  const length = (table: LengthModels, position: number): number => {
    if (bit(table.choice, 0) === 0) return tree(table.low[position] as Uint16Array, 3)
    if (bit(table.choice, 1) === 0) return 8 + tree(table.middle[position] as Uint16Array, 3)
    return 16 + tree(table.high, 8)
  }
  const distance = (matched: number): number => {
    const slot = tree(slots[Math.min(matched, 3)] as Uint16Array, 6)
    if (slot < 4) return slot
    const bits = (slot >> 1) - 1
    const base = (2 | (slot & 1)) * 2 ** bits
    if (slot < 14) return base + reverseTree(special, base - slot - 1, bits)
    return base + direct(bits - 4) * 16 + reverseTree(aligned, 0, 4)
  }
  const back = (steps: number): number =>
    space[at >= steps + 1 ? at - steps - 1 : at + dictionarySize - steps - 1] as number
  const put = (byte: number): void => {
    space[at] = byte
    at += 1
    total += 1
    if (at < dictionarySize) return
    // What is overwritten next must be given first.
    ready.push(space.slice(given))
    at = 0
    given = 0
  }
  const literal = (): void => {
    const before = total === 0 ? 0 : back(0)
    const low = total & ((1 << literalPosition) - 1)
    const index = (low << literalContext) + (before >> (8 - literalContext))
    const offset = LITERAL_MODELS * index
    let symbol = 1
    if (state >= 7) {
      let matched = back(repeats[0])
      while (symbol < 0x100) {
        const expected = (matched >> 7) & 1
        matched <<= 1
        const found = bit(literals, offset + ((1 + expected) << 8) + symbol)
        symbol = (symbol << 1) | found
        if (found !== expected) break
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | bit(literals, offset + symbol)
    put(symbol & 0xff)
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6
  }
  const copy = (steps: number, count: number): void => {
    if (steps >= total || steps >= dictionarySize) {
      throw new RangeError('it refers to what is not there')
    }
    const rest = size === undefined ? count : Math.min(count, size - total)
    for (let index = 0; index < rest; index += 1) put(back(steps))
    if (rest < count) throw new RangeError('it holds more than it says')
  }
  /** A match that repeats one of the last distances; `true` when it was a single byte. */
  const repeated = (position: number): boolean => {
    const [first, second, third, fourth] = repeats
    if (bit(isRepeat0, state) === 0) {
      if (bit(isRepeat0Long, state * POSITIONS + position) === 0) {
        state = state < 7 ? 9 : 11
        copy(first, 1)
        return true
      }
    } else if (bit(isRepeat1, state) === 0) {
      repeats = [second, first, third, fourth]
    } else if (bit(isRepeat2, state) === 0) {
      repeats = [third, first, second, fourth]
    } else {
      repeats = [fourth, first, second, third]
    }
    return false
  }
  /** `true` behind the last symbol. */
  const symbol = (): boolean => {
    if (total === size) return true
    const position = total & positionMask
    if (bit(isMatch, state * POSITIONS + position) === 0) {
      literal()
      return false
    }
    if (bit(isRepeat, state) === 1) {
      if (total === 0) throw new RangeError('it refers to what is not there')
      if (repeated(position)) return false
      const count = length(repeatLength, position)
      state = state < 7 ? 8 : 11
      copy(repeats[0], count + SHORTEST_MATCH)
      return false
    }
    const count = length(matchLength, position)
    state = state < 7 ? 7 : 10
    const steps = distance(count)
    if (steps === END_MARKER) {
      if (size !== undefined && total !== size) throw new RangeError('it holds less than it says')
      return true
    }
    repeats = [steps, repeats[0], repeats[1], repeats[2]]
    copy(steps, count + SHORTEST_MATCH)
    return false
  }

  return {
    run(count) {
      ready = []
      for (let index = 0; index < count; index += 1) if (symbol()) return true
      return false
    },
    pieces() {
      const found = at > given ? [...ready, space.slice(given, at)] : ready
      given = at
      ready = []
      return found
    },
  }
}
