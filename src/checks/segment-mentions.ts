import type { SegmentColumn } from '../facts/segment-rows.ts'

type Level = SegmentColumn['levels'][number]

/** A segment as a document would name it. */
export interface NamedSegment {
  readonly parts: readonly { readonly feature: string; readonly level: Level }[]
}

/**
 * Whether one passage names every feature of a segment with its value. Case, spaces, hyphens and
 * underscores do not matter; of a range the bounds that lie inside the data must stand there, any number
 * from the bound to the next value outside, to its printed digits.
 */
export function isNamed({ parts }: NamedSegment, passages: readonly string[]): boolean {
  return passages.some((passage) => parts.every((part) => holds(passage, part)))
}

function holds(passage: string, { feature, level }: NamedSegment['parts'][number]): boolean {
  // The name goes first, so that a number in it is not taken for a bound.
  const rest = without(passage, feature)
  if (rest === undefined) return false
  switch (level.kind) {
    case 'value':
      return hasValue(rest, level.name)
    case 'missing':
      return /\b(missing|absent|null|nan|unknown|n\/a|no value|without a value|empty)\b/i.test(rest)
    case 'range':
      return (
        (level.before === null || hasBound(rest, level.before, level.low)) &&
        (level.after === null || hasBound(rest, level.high, level.after))
      )
  }
}

/** A text as words: letters and digits, anything else between them as one space. */
function words(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}.+%-]+/gu, ' ')
  return ` ${plain
    .replaceAll(/(?<!\d)[.+-]|[.-](?!\d)/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()} `
}

function without(passage: string, name: string): string | undefined {
  const [text, sought] = [words(passage), words(name)]
  return text.includes(sought) ? text.replaceAll(sought, ' ') : undefined
}

/** The value as a word of its own; a number in any spelling. */
function hasValue(rest: string, value: string): boolean {
  const number = Number(value)
  if (value.trim() !== '' && Number.isFinite(number)) return hasBound(rest, number, number)
  return ` ${rest} `.includes(words(value))
}

const NUMBER = /(?<![\p{L}\d.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/giu

function hasBound(rest: string, low: number, high: number): boolean {
  // `3-5` is a range, not 3 and -5; `-5` after a space is a number below 0.
  const numbers = rest.replaceAll(/(\d)\s*[-–—]\s*(?=\d)/g, '$1 ').match(NUMBER) ?? []
  return numbers.some((printed) => {
    const value = Number(printed)
    const [, decimals = ''] = /\.(\d+)/.exec(printed) ?? []
    const rounding = 10 ** -decimals.length / 2
    const slack = Number.isInteger(low) && Number.isInteger(high) && decimals === '' ? 0 : rounding
    return value >= Math.min(low, high) - slack && value <= Math.max(low, high) + slack
  })
}
