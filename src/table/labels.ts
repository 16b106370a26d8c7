import type { LogicalType } from './types.ts'

/** At most this many different labels always make a category. */
const FEW = 50
/** … or this share of the values, … */
const FEW_SHARE = 0.05
/** … or each label this often on average. */
const REPEATS = 2
/** Identifiers are short and have no spaces. */
const LONGEST_IDENTIFIER = 64

const TRUE_WORDS: ReadonlySet<string> = new Set(['true', 'yes'])
const FALSE_WORDS: ReadonlySet<string> = new Set(['false', 'no'])

/**
 * What a column of texts is: booleans by their words, a category when values repeat, identifiers when
 * they are short and hardly repeat, text otherwise.
 *
 * @param labels - The different values.
 * @param valid - Rows with a value.
 * Complexity: O(labels).
 */
export function labelType(
  labels: readonly string[],
  valid: number,
): { readonly type: LogicalType; readonly evidence: string } {
  const distinct = labels.length
  const counted = `${String(distinct)} different values in ${String(valid)} rows`
  if (distinct > 0 && labels.every(isBooleanWord)) {
    return { type: 'boolean', evidence: `only ${labels.toSorted(byCodeUnits).join(', ')}` }
  }
  if (distinct <= Math.max(FEW, FEW_SHARE * valid) || isRepeating(distinct, valid)) {
    return { type: 'category', evidence: counted }
  }
  const isShort = labels.every((label) => label.length <= LONGEST_IDENTIFIER && !/\s/.test(label))
  return isShort
    ? { type: 'identifier', evidence: `${counted}, short and without spaces` }
    : { type: 'text', evidence: counted }
}

/** Whether each of so many different values stands in several rows on average. */
export function isRepeating(distinct: number, valid: number): boolean {
  return valid >= REPEATS * distinct
}

/** `true` or `false` for the words of a boolean in any case, `undefined` for anything else. */
export function canonicalBoolean(label: string): 'true' | 'false' | undefined {
  const word = label.toLowerCase()
  if (TRUE_WORDS.has(word)) return 'true'
  return FALSE_WORDS.has(word) ? 'false' : undefined
}

/** Whether a label is a word of a boolean, in any case. */
export function isBooleanWord(label: string): boolean {
  return canonicalBoolean(label) !== undefined
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
