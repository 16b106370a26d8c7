import { InputError } from '../core/errors.ts'
import { elementCount } from './element-count.ts'
import { withFileWindow, type FileWindow } from './file-window.ts'

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

/**
 * How many numbers the tensors of a safetensors file hold, after checking that they fill the file
 * without gap, overlap or missing end.
 *
 * @throws InputError when the file is not a whole safetensors file.
 * Source: https://huggingface.co/docs/safetensors, "Format".
 */
export function countSafetensors(path: string): Promise<number> {
  return withFileWindow(path, async (file) => {
    const { tensors, dataStart } = await readHeader(file)
    let next = 0
    let parameters = 0
    for (const { begin, end, dtype, elements } of [...tensors].sort((a, b) => a.begin - b.begin)) {
      const bits = BITS[dtype]
      const isWhole = bits === undefined || (end - begin) * 8 === elements * bits
      if (begin !== next || !isWhole) throw malformed(file, 'its tensors do not fit their offsets')
      next = end
      parameters += elements
    }
    const dataBytes = file.size - dataStart
    if (next !== dataBytes) {
      throw malformed(
        file,
        `its tensors take ${String(next)} bytes and it has ${String(dataBytes)}`,
      )
    }
    return parameters
  })
}

interface Tensor {
  readonly dtype: string
  readonly elements: number
  readonly begin: number
  readonly end: number
}

interface Header {
  readonly tensors: readonly Tensor[]
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
  return { tensors, dataStart: 8 + length }
}

function parse(text: string, file: FileWindow): object {
  let header: unknown
  try {
    header = JSON.parse(text)
  } catch (error) {
    throw malformed(file, 'its header is not JSON', error)
  }
  if (typeof header !== 'object' || header === null) throw malformed(file, 'it has no header')
  return header
}

function readTensor(name: string, entry: unknown, file: FileWindow): Tensor {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Readonly<Record<string, unknown>>
  if (typeof dtype !== 'string' || !isNumbers(shape) || !isNumbers(offsets)) {
    throw malformed(file, `the entry of ${name} is incomplete`)
  }
  const [begin = -1, end = -1] = offsets
  if (offsets.length !== 2 || begin > end) throw malformed(file, `the offsets of ${name} are wrong`)
  return { dtype, elements: elementCount(shape, file.name), begin, end }
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number')
}

function malformed(file: FileWindow, reason: string, cause?: unknown): InputError {
  return new InputError(`${file.name} is not a whole safetensors file: ${reason}`, { cause })
}
