import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  stringify,
  type Document,
  type ParsedNode,
  type YAMLSeq,
} from 'yaml'
import { ConfigurationError } from '../core/errors.ts'

/** One attestation or waiver as it is written: keys in snake_case, in the order of the file. */
export type WrittenRecord = Readonly<Record<string, string>>

/**
 * The text of a file of records with one more at the end of its list. Everything that stands there keeps
 * its bytes: comments, order, spacing. An empty text becomes a file with one record.
 *
 * @param text of a file that was loaded before, so that it is known to be valid
 * @param key `attestations` or `waivers`
 * @throws ConfigurationError when the list is an alias of another, which cannot be extended alone, or
 *   when an entry could not be added without changing another one.
 */
export function appendRecord(text: string, key: string, record: WrittenRecord): string {
  const document = parseDocument(text, { keepSourceTokens: true })
  const expected = JSON.stringify([...recordsOf(text, key), record])
  const extended = candidates(text, document, key, flow(record)).find(
    (candidate) => JSON.stringify(recordsOf(candidate, key)) === expected,
  )
  if (extended !== undefined) return extended
  throw new ConfigurationError(`nothing can be added to the list \`${key}\` as it is written`, {
    hint: 'Write each entry in a line of its own, then run the command again.',
  })
}

/** The entries of the list; none where the text is no document that has them. */
function recordsOf(text: string, key: string): readonly unknown[] {
  const document = parseDocument(text)
  if (document.errors.length > 0) return []
  // How much aliases repeat was bounded when the file was loaded.
  const value = document.toJS({ maxAliasCount: -1 }) as Readonly<Record<string, unknown>> | null
  const list = value?.[key]
  return Array.isArray(list) ? list : []
}

/** Texts with the entry added, the best looking first; a blank line may belong to the entry before it. */
function candidates(
  text: string,
  document: Document.Parsed,
  key: string,
  line: string,
): readonly string[] {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const { contents } = document
  if (contents === null || isEmptyScalar(contents)) {
    // Behind the line of a `---`, if there is one, and before a `...`.
    const at = contents === null ? text.length : lineEnd(text, Math.max(0, startOf(contents) - 1))
    const added = `${key}:${newline}  - ${line}${newline}`
    return [`${ended(text.slice(0, at), newline)}${added}${text.slice(at)}`]
  }
  const pair = isMap(contents)
    ? contents.items.find(({ key: each }) => isScalar(each) && each.value === key)
    : undefined
  const list = pair?.value
  if (!isSeq(list) || isAlias(list)) {
    throw new ConfigurationError(
      `the list \`${key}\` is not written out, so nothing can be added`,
      {
        hint: 'Write the list as a list, then run the command again.',
      },
    )
  }
  if (list.flow === true) return [insertIntoFlow(text, list, line)]
  const last = list.items.at(-1)
  if (last === undefined) throw new TypeError('a block list without an item cannot be written')
  const indent = ' '.repeat(columnOf(text, startOf(list)))
  const places = [
    lineEnd(text, lastOffset(text, startOf(last), endOf(last))),
    lineEnd(text, Math.max(0, endOf(last) - 1)),
  ]
  return places.map((at) => {
    return `${ended(text.slice(0, at), newline)}${indent}- ${line}${newline}${text.slice(at)}`
  })
}

/** What stands behind a `---` and nothing else: a text that is not there. */
function isEmptyScalar(node: unknown): boolean {
  return isScalar(node) && node.value === null && node.source === ''
}

/** A record in one line: `{item: model.size, owner: ana@example.org}`. */
function flow(record: WrittenRecord): string {
  const options = { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false } as const
  return stringify(record, options).trimEnd()
}

/** Behind the last entry, not before the bracket: between them may stand a comment, which would swallow it. */
function insertIntoFlow(text: string, list: YAMLSeq, line: string): string {
  const last = list.items.at(-1)
  const at = last === undefined ? startOf(list) + 1 : endOf(last)
  return `${text.slice(0, at)}${last === undefined ? '' : ', '}${line}${text.slice(at)}`
}

function startOf(node: unknown): number {
  return (node as ParsedNode).range[0]
}

function endOf(node: unknown): number {
  return (node as ParsedNode).range[1]
}

/** The last character of a node that is not white space: a block may claim the blank lines after it. */
function lastOffset(text: string, start: number, end: number): number {
  return start + Math.max(0, text.slice(start, end).trimEnd().length - 1)
}

/** Behind the line break of the line of an offset, or the end of the text. */
function lineEnd(text: string, offset: number): number {
  const found = text.indexOf('\n', offset)
  return found === -1 ? text.length : found + 1
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}

function ended(text: string, newline: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}${newline}`
}
