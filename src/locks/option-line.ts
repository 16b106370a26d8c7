/** One option of a requirement line, by its long name without dashes. */
export interface RequirementOption {
  readonly name: string
  readonly value: string
}

export type OptionsResult =
  { readonly options: readonly RequirementOption[] } | { readonly invalid: string }

/** The options pip accepts in a requirement file; `true` where a value follows. */
const LONG: Readonly<Record<string, boolean>> = {
  'index-url': true,
  'pypi-url': true,
  'extra-index-url': true,
  'no-index': false,
  constraint: true,
  requirement: true,
  editable: true,
  'find-links': true,
  'no-binary': true,
  'only-binary': true,
  'prefer-binary': false,
  'require-hashes': false,
  'no-require-hashes': false,
  pre: false,
  'trusted-host': true,
  'use-feature': true,
  'global-option': true,
  hash: true,
  'config-setting': true,
  'config-settings': true,
}
const SHORT: Readonly<Record<string, string>> = {
  i: 'index-url',
  c: 'constraint',
  r: 'requirement',
  e: 'editable',
  f: 'find-links',
  C: 'config-settings',
}

/** Splits a logical line where its options begin: the first blank-separated word with a dash. */
export function splitOptions(text: string): { readonly target: string; readonly options: string } {
  const words = text.split(' ')
  const at = words.findIndex((word) => word.startsWith('-'))
  if (at === -1) return { target: text.trim(), options: '' }
  return { target: words.slice(0, at).join(' ').trim(), options: words.slice(at).join(' ') }
}

/** Reads options as pip's option parser does: `--name value`, `--name=value`, `-r value`, `-rvalue`. */
export function parseOptions(text: string): OptionsResult {
  const words = shellWords(text)
  if (words === undefined) return { invalid: 'a quotation mark is not closed' }
  const options: RequirementOption[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const head = optionHead(word)
    if (typeof head === 'string') return { invalid: head }
    let value = head.value
    if (LONG[head.name] === true && value === undefined) {
      at += 1
      value = words[at]
      if (value === undefined) return { invalid: `${word} needs a value` }
    }
    options.push({ name: head.name, value: value ?? '' })
  }
  return { options }
}

function optionHead(word: string): { name: string; value: string | undefined } | string {
  if (word.startsWith('--')) {
    const [given = '', ...rest] = word.slice(2).split('=')
    const name = Object.hasOwn(LONG, given)
      ? given
      : onlyOne(Object.keys(LONG).filter((known) => known.startsWith(given)))
    if (name === undefined) return `${word} is not an option of requirement files`
    return { name, value: rest.length > 0 ? rest.join('=') : undefined }
  }
  const name = SHORT[word[1] ?? '']
  if (!word.startsWith('-') || name === undefined) {
    return `${word} is not an option of requirement files`
  }
  return { name, value: word.length > 2 ? word.slice(2) : undefined }
}

function onlyOne(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined
}

/** Words under the quoting rules of a POSIX shell, or `undefined` when a quote is left open. */
function shellWords(text: string): readonly string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (quote !== '') {
      if (character === quote) quote = ''
      else if (character === '\\' && quote === '"') word = (word ?? '') + (text[++at] ?? '')
      else word = (word ?? '') + character
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (character === '\\') {
      word = (word ?? '') + (text[++at] ?? '')
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else {
      word = (word ?? '') + character
    }
  }
  if (quote !== '') return undefined
  return word === undefined ? words : [...words, word]
}
