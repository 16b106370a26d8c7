import { member, readJsonFile } from '../artifacts/json/read-json.ts'
import { InputError } from '../core/errors.ts'

/** Texts with the number that stands for each: tokens, or the labels of classes. */
export interface Vocabulary {
  readonly entries: readonly (readonly [text: string, id: number])[]
}

/**
 * Reads a vocabulary: an object of texts with their numbers (`vocab.json`), of numbers with their texts
 * (`label_map.json`), a list of texts, or the `model.vocab` and `added_tokens` of a `tokenizer.json`.
 *
 * @param path - absolute.
 * @throws InputError when it is not JSON, has a key twice, or is none of these.
 */
export async function readVocabulary(path: string): Promise<Vocabulary> {
  const value = await readJsonFile(path)
  const ofTokenizer = member(member(value, 'model'), 'vocab')
  const entries = entriesOf(ofTokenizer ?? member(value, 'id2label') ?? value)
  if (entries === undefined) throw new InputError('it holds no texts with numbers')
  const added: unknown = member(value, 'added_tokens')
  const more = Array.isArray(added) ? (added as readonly unknown[]).map(addedToken) : []
  const known = new Set(entries.map(([text]) => text))
  return {
    entries: [
      ...entries,
      ...more.filter((each) => each !== undefined).filter(([text]) => !known.has(text)),
    ],
  }
}

type Entry = readonly [text: string, id: number]

function entriesOf(value: unknown): readonly Entry[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const pairs = Array.isArray(value)
    ? (value as readonly unknown[]).map((text, id) => entry(listed(text), id))
    : Object.entries(value).map(([key, each]: [string, unknown]) =>
        typeof each === 'number' ? entry(key, each) : entry(each, Number(key)),
      )
  const known = pairs.filter((pair) => pair !== undefined)
  return known.length === pairs.length && known.length > 0 ? known : undefined
}

/** A Unigram model lists each text with its score. */
function listed(value: unknown): unknown {
  return Array.isArray(value) ? (value as readonly unknown[])[0] : value
}

function addedToken(value: unknown): Entry | undefined {
  return entry(member(value, 'content'), member(value, 'id'))
}

function entry(text: unknown, id: unknown): Entry | undefined {
  if (typeof text !== 'string' || typeof id !== 'number' || !Number.isSafeInteger(id)) {
    return undefined
  }
  return [text, id]
}
