import { InputError } from '../../core/errors.ts'
import { elementCount } from '../element-count.ts'
import { withFileWindow, type FileWindow } from '../file-window.ts'
import { repeatedKey } from '../json/unique-keys.ts'

/** As the format allows; a longer header is refused before it is read. */
const HEADER_BYTES = 100_000_000

/** Bits of one number; types that are not listed are held to their offsets alone. */
const BITS: Readonly<Record<string, number>> = {
  BOOL: 8,
  U8: 8,
  I8: 8,
  F8_E4M3: 8,
  F8_E5M2: 8,
  U16: 16,
  I16: 16,
  F16: 16,
  BF16: 16,
  U32: 32,
  I32: 32,
  F32: 32,
  U64: 64,
  I64: 64,
  F64: 64,
}

/** One tensor of a file, as its header says. */
export interface SafeTensor {
  readonly name: string
  readonly dtype: string
  readonly shape: readonly number[]
  readonly elements: number
  /** Of its bytes, from where the numbers begin. */
  readonly begin: number
  readonly end: number
}

/** The header of a safetensors file. */
export interface SafetensorsHeader {
  /** In the order of the header. */
  readonly tensors: readonly SafeTensor[]
  readonly metadata: Readonly<Record<string, string>>
}

/**
 * Reads the header of a safetensors file, after checking that its tensors fill the file without gap,
 * overlap or missing end.
 *
 * @throws InputError when the file is not a whole safetensors file.
 * Source: https://huggingface.co/docs/safetensors, "Format".
 */
export function readSafetensors(path: string): Promise<SafetensorsHeader> {
  return withFileWindow(path, async (file) => {
    const { dataStart, ...header } = await readHeader(file)
    let next = 0
    for (const tensor of [...header.tensors].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
      const { begin, end, dtype, elements } = tensor
      const bits = BITS[dtype]
      const isWhole = bits === undefined || (end - begin) * 8 === elements * bits
      if (begin !== next || !isWhole) throw malformed(file, 'its tensors do not fit their offsets')
      next = end
    }
    const dataBytes = file.size - dataStart
    if (next !== dataBytes) {
      throw malformed(
        file,
        `its tensors take ${String(next)} bytes and it has ${String(dataBytes)}`,
      )
    }
    return header
  })
}

/**
 * How many numbers the tensors of a safetensors file hold.
 *
 * @throws InputError when the file is not a whole safetensors file.
 */
export async function countSafetensors(path: string): Promise<number> {
  const { tensors } = await readSafetensors(path)
  return tensors.reduce((sum, { elements }) => sum + elements, 0)
}

interface Header extends SafetensorsHeader {
  /** Where the numbers begin; offsets count from here. */
  readonly dataStart: number
}

async function readHeader(file: FileWindow): Promise<Header> {
  const prefix = await file.read(0, 8)
  const length = Number(new DataView(prefix.buffer, prefix.byteOffset, 8).getBigUint64(0, true))
  if (length > HEADER_BYTES) throw malformed(file, 'its header is too long')
  const header = parse(new TextDecoder().decode(await file.read(8, 8 + length)), file)
  const tensors = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => readTensor(name, entry, file))
  return { tensors, metadata: readMetadata(header, file), dataStart: 8 + length }
}

function parse(text: string, file: FileWindow): object {
  let header: unknown
  try {
    header = JSON.parse(text)
  } catch (error) {
    throw malformed(file, 'its header is not JSON', error)
  }
  if (typeof header !== 'object' || header === null) throw malformed(file, 'it has no header')
  const repeated = repeatedKey(text)
  if (repeated !== undefined) throw malformed(file, `its header has ${repeated} twice`)
  return header
}

function readMetadata(header: object, file: FileWindow): SafetensorsHeader['metadata'] {
  const metadata = '__metadata__' in header ? header.__metadata__ : {}
  const entries = Object.entries((metadata ?? {}) as Readonly<Record<string, unknown>>)
  if (entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) {
    return Object.fromEntries(entries)
  }
  throw malformed(file, 'its metadata are no texts')
}

function readTensor(name: string, entry: unknown, file: FileWindow): SafeTensor {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Readonly<Record<string, unknown>>
  if (typeof dtype !== 'string' || !isNumbers(shape) || !isNumbers(offsets)) {
    throw malformed(file, `the entry of ${name} is incomplete`)
  }
  const [begin = -1, end = -1] = offsets
  if (offsets.length !== 2 || begin > end) throw malformed(file, `the offsets of ${name} are wrong`)
  return { name, dtype, shape, elements: elementCount(shape, file.name), begin, end }
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number')
}

function malformed(file: FileWindow, reason: string, cause?: unknown): InputError {
  return new InputError(`${file.name} is not a whole safetensors file: ${reason}`, { cause })
}
