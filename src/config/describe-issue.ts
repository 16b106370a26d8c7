import type * as z from 'zod'
import { didYouMean } from './did-you-mean.ts'
import { quoted } from './printable.ts'

/** Between the sentences for several unknown keys, which arrive as one issue. */
export const SENTENCE_BREAK = '\n'

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a block of keys',
  record: 'a block of keys',
}

/** The sentence for something that does not fit a schema: what was expected and what was found. */
export function describeIssue(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return describeType(issue.expected, issue.input, issue.inst)
    case 'unrecognized_keys':
      return unknownKeys(issue.keys, allowedKeys(issue.inst))
    case 'invalid_value':
      return describeChoice(issue.values.map(String), issue.input, issue.inst)
    case 'too_small':
      return describeBound(
        issue.inclusive === false ? 'more than' : 'at least',
        issue.origin,
        issue.minimum,
        issue.input,
      )
    case 'too_big':
      return describeBound(
        issue.inclusive === false ? 'less than' : 'at most',
        issue.origin,
        issue.maximum,
        issue.input,
      )
    case 'invalid_key':
      return `this key is not allowed: ${issue.issues.map(({ message }) => message).join('; ')}`
    case 'invalid_union':
      return `expected another kind of value, found ${describeValue(issue.input)}`
    case 'invalid_format':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
      return `not accepted: ${describeValue(issue.input)}`
  }
}

export function expectedKind(kind: string): string {
  return EXPECTED[kind] ?? kind
}

function describeType(kind: string, input: unknown, schema: unknown): string {
  const expected = expectedKind(kind)
  if (input === undefined) {
    const description = descriptionOf(schema)
    return missing(description ?? `expected ${expected}`)
  }
  return `expected ${expected}, found ${describeValue(input)}${advice(kind, input)}`
}

/** `missing`, with what the key is for. */
export function missing(purpose: string): string {
  return `missing (${purpose.replace(/\.$/, '')})`
}

/** What to write instead, where it can be told: `; put it in quotes`. */
export function advice(kind: string, input: unknown): string {
  if (kind === 'string' && (typeof input === 'number' || typeof input === 'boolean')) {
    return '; put it in quotes'
  }
  if (typeof input !== 'string') return ''
  if (kind === 'array') {
    return /^[\w./-]+$/.test(input) ? `; write [${input}]` : '; write a list, such as [a, b]'
  }
  if (kind === 'boolean') return booleanAdvice(input.toLowerCase())
  if (kind === 'number' && /^\d+,\d+$/.test(input)) return `; write ${input.replace(',', '.')}`
  return ''
}

/** YAML 1.2 knows neither yes nor off, which other versions read as truth values. */
function booleanAdvice(word: string): string {
  if (word === 'true' || word === 'false') return `; write ${word} without quotes`
  if (['yes', 'on', 'y'].includes(word)) return '; write true'
  return ['no', 'off', 'n'].includes(word) ? '; write false' : ''
}

export function describeValue(input: unknown): string {
  if (input === undefined || input === null) return 'nothing'
  if (typeof input === 'string') return `the text ${quoted(input)}`
  if (typeof input === 'number') return `the number ${String(input)}`
  if (typeof input === 'boolean') return String(input)
  return Array.isArray(input) ? 'a list' : 'a block of keys'
}

function describeChoice(choices: readonly string[], input: unknown, schema: unknown): string {
  if (input === undefined) {
    return missing(descriptionOf(schema) ?? oneOf(choices))
  }
  const near = typeof input === 'string' ? suggestion(input, choices) : ''
  return `expected ${oneOf(choices)}, found ${describeValue(input)}${near}`
}

/** `one of a, b`; in quotes where a choice would be lost among the commas. */
export function oneOf(choices: readonly string[]): string {
  const areWords = choices.every((choice) => /\w/.test(choice))
  const list = (areWords ? choices : choices.map(quoted)).join(', ')
  return choices.length === 1 ? list : `one of ${list}`
}

/** A sentence for each; the known keys are listed once. */
function unknownKeys(keys: readonly string[], allowed: readonly string[]): string {
  return keys
    .map((key, index) => (index === 0 ? unknownKey(key, allowed) : unknownKeyAlone(key, allowed)))
    .join(SENTENCE_BREAK)
}

/** The sentence for a key or name that is not among the known ones. */
export function unknownKey(key: string, allowed: readonly string[]): string {
  return `${unknownKeyAlone(key, allowed)} (known keys: ${allowed.join(', ') || 'none'})`
}

function unknownKeyAlone(key: string, allowed: readonly string[]): string {
  return `unknown key ${quoted(key)}${suggestion(key, allowed)}`
}

/** `; did you mean "…"?` where some candidate is near. */
export function suggestion(name: string, candidates: Iterable<string>): string {
  const meant = didYouMean(name, candidates)
  return meant === undefined ? '' : `; did you mean ${quoted(meant)}?`
}

function describeBound(
  direction: string,
  origin: string,
  bound: number | bigint,
  input: unknown,
): string {
  const limit = String(bound)
  if (origin === 'string' && limit === '1') return 'expected text, found empty text'
  if (origin === 'string') return `expected ${direction} ${limit} characters`
  if (origin === 'array')
    return `expected ${direction} ${limit} list ${limit === '1' ? 'entry' : 'entries'}`
  return `expected ${direction} ${limit}, found ${describeValue(input)}`
}

function descriptionOf(schema: unknown): string | undefined {
  const description = (schema as { description?: unknown } | undefined)?.description
  return typeof description === 'string' ? description : undefined
}

function allowedKeys(schema: unknown): readonly string[] {
  const definition = (schema as z.core.$ZodType | undefined)?._zod.def as
    { shape?: object } | undefined
  return Object.keys(definition?.shape ?? {})
}
