/** Large model files as joblib lays them out, written without Python and kept between runs. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import path from 'node:path'

const ARRAY_BYTES = 4 * 1024 ** 2
const ALIGNMENT = 16

/**
 * A list of float64 arrays of 4 MiB each, uncompressed, in protocol 4: a forest, in the eyes of a reader.
 *
 * @param mebibytes of all arrays together
 * @returns the path of the file.
 * Source: the layout is that of joblib 1.2 and newer: a wrapper object, one byte that counts the padding,
 * the padding, the elements.
 */
export function makeJoblib(folder: string, mebibytes: number): string {
  const file = path.join(folder, `arrays-${String(mebibytes)}mib.joblib`)
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  const handle = openSync(`${file}.part`, 'w')
  let position = 0
  const write = (bytes: Uint8Array): void => {
    position += writeSync(handle, bytes)
  }
  write(Buffer.from('\x80\x04](', 'latin1'))
  const elements = new Float64Array(ARRAY_BYTES / 8).map((_, index) => Math.sqrt(index))
  for (let made = 0; made < mebibytes * 1024 ** 2; made += ARRAY_BYTES) {
    write(wrapper(elements.length))
    const padding = ALIGNMENT - ((position + 1) % ALIGNMENT)
    write(Uint8Array.from([padding, ...new Uint8Array(padding).fill(0xff)]))
    write(new Uint8Array(elements.buffer))
  }
  write(Buffer.from('e.', 'latin1'))
  closeSync(handle)
  renameSync(`${file}.part`, file)
  return file
}

/** The pickled `NumpyArrayWrapper` of a one-dimensional float64 array. */
function wrapper(elements: number): Uint8Array {
  return Buffer.concat([
    global('joblib.numpy_pickle', 'NumpyArrayWrapper'),
    op(')\x81}('),
    text('subclass'),
    global('numpy', 'ndarray'),
    text('shape'),
    op('J'),
    int32(elements),
    op('\x85'),
    text('order'),
    text('C'),
    text('dtype'),
    global('numpy', 'dtype'),
    text('f8'),
    op('\x89\x88\x87R(K\x03'),
    text('<'),
    op('NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb'),
    text('allow_mmap'),
    op('\x88'),
    text('numpy_array_alignment_bytes'),
    op('K\x10'),
    op('ub'),
  ])
}

function op(codes: string): Uint8Array {
  return Buffer.from(codes, 'latin1')
}

function text(value: string): Uint8Array {
  const bytes = Buffer.from(value)
  return Buffer.from([0x8c, bytes.length, ...bytes])
}

function global(module: string, name: string): Uint8Array {
  return Buffer.concat([text(module), text(name), op('\x93')])
}

function int32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}
