import type { ColumnMetaData, FileMetaData, SchemaElement, TimeUnit } from 'hyparquet'
import type { StoredColumn, StoredType } from './stored-type.ts'
import { DOUBLE_DIGITS } from './stored-type.ts'

/** The meaning of a leaf, from either generation of Parquet's type annotations. */
export type Annotation =
  | { readonly kind: 'none' }
  | { readonly kind: 'string'; readonly name: 'STRING' | 'ENUM' | 'JSON' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'float16' }
  | { readonly kind: 'date' }
  | { readonly kind: 'null' }
  | { readonly kind: 'time'; readonly unit: TimeUnit }
  | { readonly kind: 'timestamp'; readonly unit: TimeUnit; readonly utc: boolean }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'integer'; readonly bits: number; readonly signed: boolean }
  /** Anything else: nested values, intervals, geometries. */
  | { readonly kind: 'other'; readonly name: string }

/** A column of the schema's first level. */
export interface ParquetColumn extends StoredColumn {
  readonly element: SchemaElement
  readonly annotation: Annotation
  /** Its place in the list of chunks of a row group; `undefined` for what is nested. */
  readonly leaf: number | undefined
}

/**
 * Lists the columns of a Parquet file.
 *
 * @param metadata - The footer.
 * @returns One column per field of the schema's first level, in the schema's order.
 * @throws RangeError when the schema ends early.
 */
export function parquetColumns(metadata: FileMetaData): readonly ParquetColumn[] {
  const [root, ...elements] = metadata.schema
  const columns: ParquetColumn[] = []
  let at = 0
  let leaf = 0
  /** Steps over an element and all below it. */
  const skip = (): void => {
    const element = elements[at++]
    if (element === undefined) throw new RangeError('the schema ends early')
    const children = element.num_children ?? 0
    if (children === 0) leaf++
    for (let child = 0; child < children; child++) skip()
  }
  for (let field = 0; field < (root?.num_children ?? 0); field++) {
    const element = elements[at]
    if (element === undefined) throw new RangeError('the schema ends early')
    const isFlat = (element.num_children ?? 0) === 0 && element.repetition_type !== 'REPEATED'
    columns.push(isFlat ? flatColumn(element, leaf, metadata) : nestedColumn(element))
    skip()
  }
  return columns
}

function nestedColumn(element: SchemaElement): ParquetColumn {
  const name = element.logical_type?.type ?? element.converted_type ?? 'STRUCT'
  const shown = element.repetition_type === 'REPEATED' ? 'REPEATED' : name
  return {
    name: element.name,
    physical: `parquet ${shown}`,
    stored: { kind: 'unsupported' },
    element,
    annotation: { kind: 'other', name: shown },
    leaf: undefined,
  }
}

function flatColumn(element: SchemaElement, leaf: number, metadata: FileMetaData): ParquetColumn {
  const annotation = annotationOf(element)
  const chunks = metadata.row_groups.map(({ columns }) => columns[leaf])
  const stored = storedType(element, annotation, () =>
    chunks.every((chunk) => chunk?.meta_data !== undefined && staysSafe(chunk.meta_data)),
  )
  const problem = stored.kind === 'unsupported' ? undefined : chunkProblem(chunks)
  const note = noteOf(annotation)
  return {
    name: element.name,
    physical: `parquet ${element.type ?? ''}${annotationText(annotation)}`,
    stored,
    element,
    annotation,
    leaf,
    ...(note === undefined ? {} : { note }),
    ...(problem === undefined ? {} : { unreadable: problem }),
  }
}

const CODECS: ReadonlySet<string> = new Set([
  'UNCOMPRESSED',
  'SNAPPY',
  'GZIP',
  'BROTLI',
  'ZSTD',
  'LZ4',
  'LZ4_RAW',
])

const ENCODINGS: ReadonlySet<string> = new Set([
  'PLAIN',
  'PLAIN_DICTIONARY',
  'RLE_DICTIONARY',
  'RLE',
  // Old writers list it for levels that are not there.
  'BIT_PACKED',
  'DELTA_BINARY_PACKED',
  'DELTA_LENGTH_BYTE_ARRAY',
  'DELTA_BYTE_ARRAY',
  'BYTE_STREAM_SPLIT',
])

type Chunk = FileMetaData['row_groups'][number]['columns'][number] | undefined

/** Why some chunk of a column cannot be decoded, as far as the footer tells. */
function chunkProblem(chunks: readonly Chunk[]): string | undefined {
  for (const chunk of chunks) {
    if (chunk === undefined) return 'it has no data in some row group'
    if (chunk.crypto_metadata !== undefined) return 'it is encrypted'
    if (chunk.file_path !== undefined) return 'its data are in another file'
    const data = chunk.meta_data
    if (data === undefined) return 'its metadata are missing'
    if (!CODECS.has(data.codec)) return `unsupported compression ${data.codec}`
    if (!data.encodings.every((encoding) => ENCODINGS.has(encoding))) {
      return `unsupported encoding among ${data.encodings.join(', ')}`
    }
  }
  return undefined
}

/** Whether statistics say that no integer of a chunk is beyond 2^53. */
function staysSafe({ statistics, num_values: count }: ColumnMetaData): boolean {
  if (statistics?.null_count === count) return true
  return [statistics?.min_value, statistics?.max_value].every(
    (bound) => typeof bound === 'bigint' && Number.isSafeInteger(Number(bound)),
  )
}

function annotationOf({
  logical_type: logical,
  converted_type: converted,
  precision,
  scale,
}: SchemaElement): Annotation {
  switch (logical?.type) {
    case undefined:
      return convertedAnnotation(converted, precision ?? 0, scale ?? 0)
    case 'STRING':
    case 'ENUM':
    case 'JSON':
      return { kind: 'string', name: logical.type }
    case 'UUID':
      return { kind: 'uuid' }
    case 'FLOAT16':
      return { kind: 'float16' }
    case 'DATE':
      return { kind: 'date' }
    case 'NULL':
      return { kind: 'null' }
    case 'TIME':
      return { kind: 'time', unit: logical.unit }
    case 'TIMESTAMP':
      return { kind: 'timestamp', unit: logical.unit, utc: logical.isAdjustedToUTC }
    case 'DECIMAL':
      return { kind: 'decimal', precision: logical.precision, scale: logical.scale }
    case 'INTEGER':
      return { kind: 'integer', bits: logical.bitWidth, signed: logical.isSigned }
    case 'MAP':
    case 'LIST':
    case 'INTERVAL':
    case 'BSON':
    case 'VARIANT':
    case 'GEOMETRY':
    case 'GEOGRAPHY':
      return { kind: 'other', name: logical.type }
  }
}

function convertedAnnotation(
  converted: SchemaElement['converted_type'],
  precision: number,
  scale: number,
): Annotation {
  switch (converted) {
    case undefined:
      return { kind: 'none' }
    case 'UTF8':
      return { kind: 'string', name: 'STRING' }
    case 'ENUM':
    case 'JSON':
      return { kind: 'string', name: converted }
    case 'DATE':
      return { kind: 'date' }
    case 'TIME_MILLIS':
      return { kind: 'time', unit: 'MILLIS' }
    case 'TIME_MICROS':
      return { kind: 'time', unit: 'MICROS' }
    case 'TIMESTAMP_MILLIS':
      return { kind: 'timestamp', unit: 'MILLIS', utc: true }
    case 'TIMESTAMP_MICROS':
      return { kind: 'timestamp', unit: 'MICROS', utc: true }
    case 'DECIMAL':
      return { kind: 'decimal', precision, scale }
    case 'UINT_8':
    case 'UINT_16':
    case 'UINT_32':
    case 'UINT_64':
      return { kind: 'integer', bits: Number(converted.slice(5)), signed: false }
    case 'INT_8':
    case 'INT_16':
    case 'INT_32':
    case 'INT_64':
      return { kind: 'integer', bits: Number(converted.slice(4)), signed: true }
    case 'MAP':
    case 'MAP_KEY_VALUE':
    case 'LIST':
    case 'BSON':
    case 'INTERVAL':
      return { kind: 'other', name: converted }
  }
}

function storedType(
  { type }: SchemaElement,
  annotation: Annotation,
  isSafe: () => boolean,
): StoredType {
  switch (annotation.kind) {
    case 'none':
      return plainType(type, isSafe)
    case 'integer':
      if (type === 'INT32') return { kind: 'integer', safe: true }
      return type === 'INT64' ? { kind: 'integer', safe: isSafe() } : { kind: 'unsupported' }
    case 'string':
    case 'uuid':
      return { kind: 'string' }
    case 'float16':
      return { kind: 'number', precision: { kind: 'float32' } }
    case 'date':
      return { kind: 'datetime', unit: 'day' }
    case 'timestamp':
      return { kind: 'datetime', unit: 'instant' }
    case 'time':
      return { kind: 'integer', safe: true }
    case 'decimal': {
      const { precision, scale } = annotation
      return precision <= DOUBLE_DIGITS
        ? { kind: 'number', precision: { kind: 'decimals', digits: Math.max(0, scale) } }
        : { kind: 'decimal', scale }
    }
    case 'null':
      return { kind: 'nothing' }
    case 'other':
      return { kind: 'unsupported' }
  }
}

function plainType(type: SchemaElement['type'], isSafe: () => boolean): StoredType {
  switch (type) {
    case 'BOOLEAN':
      return { kind: 'boolean' }
    case 'INT32':
      return { kind: 'integer', safe: true }
    case 'INT64':
      return { kind: 'integer', safe: isSafe() }
    case 'INT96':
      return { kind: 'datetime', unit: 'instant' }
    case 'FLOAT':
      return { kind: 'number', precision: { kind: 'float32' } }
    case 'DOUBLE':
      return { kind: 'number', precision: { kind: 'float64' } }
    case 'BYTE_ARRAY':
    case 'FIXED_LEN_BYTE_ARRAY':
    case undefined:
      return { kind: 'unsupported' }
  }
}

function annotationText(annotation: Annotation): string {
  switch (annotation.kind) {
    case 'none':
      return ''
    case 'string':
    case 'other':
      return ` ${annotation.name}`
    case 'time':
    case 'timestamp':
      return ` ${annotation.kind.toUpperCase()}(${annotation.unit})`
    case 'decimal':
      return ` DECIMAL(${String(annotation.precision)},${String(annotation.scale)})`
    case 'integer':
      return ` ${annotation.signed ? '' : 'U'}INT(${String(annotation.bits)})`
    case 'uuid':
    case 'float16':
    case 'date':
    case 'null':
      return ` ${annotation.kind.toUpperCase()}`
  }
}

function noteOf(annotation: Annotation): string | undefined {
  if (annotation.kind === 'time') return 'in whole milliseconds since midnight'
  const isLocal = annotation.kind === 'timestamp' && !annotation.utc
  return isLocal ? 'without a zone and read as UTC' : undefined
}
