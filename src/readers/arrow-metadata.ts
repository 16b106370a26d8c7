import type { Table } from './flatbuffer.ts'
import {
  byteIn,
  elementsIn,
  fieldAt,
  integerIn,
  rootTable,
  shortIn,
  tableFrom,
  tableIn,
} from './flatbuffer.ts'

export type MessageKind = 'schema' | 'dictionary' | 'batch'

/** What the metadata of a message say, with every length in them checked. */
export interface MessageOutline {
  readonly kind: MessageKind
  readonly bodyLength: number
  readonly rows: number
  /** The rows of each field, children after their parents; of a schema none. */
  readonly fieldRows: readonly number[]
}

/** Where a footer says that a message lies. */
export interface Block {
  readonly kind: Exclude<MessageKind, 'schema'>
  readonly offset: number
}

const KINDS: Readonly<Record<number, MessageKind>> = { 1: 'schema', 2: 'dictionary', 3: 'batch' }
/** Version 4 is of 2017; what came before lays its structures out differently. */
const OLDEST_VERSION = 3
const BLOCK_BYTES = 24
const PAIR_BYTES = 16

/** The most that one byte can become: an RLE block of zstd makes 128 KiB of four bytes. */
const MOST_EXPANSION = 32_768
/** Rows of a batch without any data, which only columns of nulls can have. */
const MOST_EMPTY_ROWS = 2 ** 26

/**
 * Reads what the metadata of a message announce, so that nobody makes room for what cannot be there.
 *
 * @throws RangeError when lists are longer than the message, buffers lie outside of the body, or there
 * are more rows than the body can hold.
 * Complexity: O(bytes). Source: Message.fbs and Schema.fbs of the Arrow columnar format 1.5.
 */
export function outlineOf(metadata: Uint8Array): MessageOutline {
  const message = rootTable(metadata)
  const kind = KINDS[byteIn(message, 1)]
  const header = tableIn(message, 2)
  const bodyLength = integerIn(message, 3)
  requireVersion(shortIn(message, 0))
  elementsIn(message, 4, 4)
  if (kind === undefined || header === undefined) throw new RangeError('a message of no known kind')
  if (!isCount(bodyLength)) throw new RangeError('a message with an impossible length')
  if (kind === 'schema') {
    checkSchema(header)
    return { kind, bodyLength, rows: 0, fieldRows: [] }
  }
  const batch = kind === 'batch' ? header : tableIn(header, 1)
  if (batch === undefined) throw new RangeError('a dictionary without values')
  const rows = integerIn(batch, 0)
  const limit = bodyLength === 0 ? MOST_EMPTY_ROWS : bodyLength * 8 * expansionOf(batch)
  if (!isCount(rows) || rows > limit) throw new RangeError('more rows than the data can hold')
  checkBuffers(batch, bodyLength)
  return { kind, bodyLength, rows, fieldRows: fieldRows(batch, limit) }
}

/** Uncompressed bits hold at most one row each. */
function expansionOf(batch: Table): number {
  return fieldAt(batch, 3) === undefined ? 1 : MOST_EXPANSION
}

function fieldRows(batch: Table, limit: number): readonly number[] {
  const nodes = elementsIn(batch, 1, PAIR_BYTES)
  return Array.from({ length: nodes.length }, (_, index) => {
    const rows = Number(batch.view.getBigInt64(nodes.at(index), true))
    const nulls = Number(batch.view.getBigInt64(nodes.at(index) + 8, true))
    if (!isCount(rows) || rows > Math.max(limit, MOST_EMPTY_ROWS) || nulls > rows) {
      throw new RangeError('a column with an impossible number of rows')
    }
    return rows
  })
}

function checkBuffers(batch: Table, bodyLength: number): void {
  const buffers = elementsIn(batch, 2, PAIR_BYTES)
  for (let index = 0; index < buffers.length; index++) {
    const offset = Number(batch.view.getBigInt64(buffers.at(index), true))
    const length = Number(batch.view.getBigInt64(buffers.at(index) + 8, true))
    if (!isCount(offset) || !isCount(length) || offset + length > bodyLength) {
      throw new RangeError('a buffer lies outside of its message')
    }
  }
  const viewBuffers = elementsIn(batch, 4, 8)
  for (let index = 0; index < viewBuffers.length; index++) {
    const count = Number(batch.view.getBigInt64(viewBuffers.at(index), true))
    if (!isCount(count) || count > buffers.length) {
      throw new RangeError('a column of texts with more buffers than there are')
    }
  }
}

/** Follows every list that a schema holds; damaged references may lead in a circle. */
function checkSchema(schema: Table): void {
  let budget = schema.view.byteLength
  const checkField = (field: Table): void => {
    if (budget-- <= 0) throw new RangeError('a schema that contains itself')
    elementsIn(field, 6, 4)
    // Of a union, the list of its codes; other types have nothing but numbers and short texts there.
    const children = elementsIn(field, 5, 4)
    for (let index = 0; index < children.length; index++) {
      checkField(tableFrom(field.view, children.at(index)))
    }
  }
  elementsIn(schema, 2, 4)
  const fields = elementsIn(schema, 1, 4)
  for (let index = 0; index < fields.length; index++) {
    checkField(tableFrom(schema.view, fields.at(index)))
  }
}

/**
 * The messages that the footer of an IPC file lists, dictionaries first.
 *
 * @throws RangeError when a list is longer than the footer.
 */
export function footerBlocks(metadata: Uint8Array): readonly Block[] {
  const footer = rootTable(metadata)
  requireVersion(shortIn(footer, 0))
  const blocksOf = (slot: number, kind: Block['kind']): Block[] => {
    const blocks = elementsIn(footer, slot, BLOCK_BYTES)
    return Array.from({ length: blocks.length }, (_, index) => ({
      kind,
      offset: Number(footer.view.getBigInt64(blocks.at(index), true)),
    }))
  }
  return [...blocksOf(2, 'dictionary'), ...blocksOf(3, 'batch')]
}

function requireVersion(version: number): void {
  if (version < OLDEST_VERSION) {
    throw new RangeError(`metadata of version ${String(version + 1)} are not supported`)
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}
