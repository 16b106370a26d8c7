/** The type of an array's elements: how it is spelled, and how many bytes one takes. */
export interface Dtype {
  /** As numpy spells it: `<f8`, `|O`, `<M8[ns]`; a structure as the list of its fields. */
  readonly name: string
  readonly itemSize: number
  /** Whether elements are, or contain, references to objects instead of values. */
  readonly hasObjects: boolean
}

/** Byte order, kind, bytes (characters for `U`), unit of time. */
const SIMPLE = /^([<>|=]?)([?biufcmMOSUVa])(\d{0,10})(\[[^\]\s]{1,20}\])?$/

/** The bytes that a number may have. */
const SIZES: Readonly<Record<string, readonly number[]>> = {
  b: [1],
  i: [1, 2, 4, 8],
  u: [1, 2, 4, 8],
  f: [2, 4, 8, 12, 16],
  c: [8, 16, 24, 32],
  m: [8],
  M: [8],
}

/**
 * A type that is no structure, from its name.
 *
 * @param text - Such as `f8`, `<f8`, `|S3`, `>M8[us]`.
 * @param order - The byte order where it is told apart from the name.
 * @returns `undefined` for what is no such type: nothing can be said of its elements then.
 * Source: https://numpy.org/doc/stable/reference/arrays.interface.html
 */
export function simpleDtype(text: string, order?: string): Dtype | undefined {
  const match = SIMPLE.exec(text)
  if (match === null) return undefined
  const [, ownOrder = '', letter = '', digits = '', unit = ''] = match
  const kind = letter === '?' ? 'b' : letter === 'a' ? 'S' : letter
  if (kind === 'O') return { name: '|O', itemSize: 8, hasObjects: true }
  const count = letter === '?' ? 1 : Number(digits)
  const sizes = SIZES[kind]
  if (sizes !== undefined && !sizes.includes(count)) return undefined
  if (unit !== '' && kind !== 'm' && kind !== 'M') return undefined
  const sign = count === 1 || kind === 'S' || kind === 'V' ? '|' : orderSign(order ?? ownOrder)
  const itemSize = kind === 'U' ? 4 * count : count
  // A text of one character has an order all the same.
  const shown = kind === 'U' ? orderSign(order ?? ownOrder) : sign
  return { name: `${shown}${kind}${String(count)}${unit}`, itemSize, hasObjects: false }
}

function orderSign(order: string): '<' | '>' {
  return order === '>' ? '>' : '<'
}
