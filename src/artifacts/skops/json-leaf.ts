import { narrow } from '../narrow.ts'
import type { PyNode } from '../pickle/node.ts'

const WORDS: Readonly<Record<string, PyNode>> = {
  null: { kind: 'none' },
  true: { kind: 'bool', value: true },
  false: { kind: 'bool', value: false },
  NaN: { kind: 'float', value: NaN },
  Infinity: { kind: 'float', value: Infinity },
  '-Infinity': { kind: 'float', value: -Infinity },
}

/**
 * The value of a leaf, as the `json` module of Python reads it: whole numbers of any size are no floats,
 * and NaN and infinities are allowed.
 *
 * @returns `undefined` for anything but one plain value.
 */
export function jsonLeaf(text: string): PyNode | undefined {
  if (Object.hasOwn(WORDS, text)) return WORDS[text]
  if (/^-?\d{1,4000}$/.test(text)) return { kind: 'int', value: narrow(BigInt(text)) }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value === 'string') return { kind: 'text', value }
  return typeof value === 'number' ? { kind: 'float', value } : undefined
}
