import type { ByteStream } from '../byte-stream.ts'
import { ordersDiffer } from '../numpy/element-order.ts'
import { Unreadable } from '../unreadable.ts'
import { classMade } from './instruction-parts.ts'
import { passBytes } from './large-bytes.ts'
import { dtypeOfNode, shapeOfNode } from './numpy-dtype.ts'
import { arrayOfBytes } from './numpy-values.ts'
import type { PyNode, PyObject } from './node.ts'
import type { InlineArray, PickleOptions, PickleRun } from './run.ts'

/** The layout before joblib 0.10, in which arrays are files of their own beside the pickle. */
const OLD_WRAPPERS: ReadonlySet<string> = new Set(['NDArrayWrapper', 'ZNDArrayWrapper'])

/** The lengths of padding that joblib writes; none of them is an instruction of a pickle. */
const LONGEST_PADDING = 16

type ReadPickle = (stream: ByteStream, options: PickleOptions) => Promise<PickleRun>

/** What was seen of arrays that joblib wrote between the instructions of its pickle. */
export interface JoblibArrays {
  readonly count: number
  /** Whether the elements of an array begin with what another loader could take for instructions. */
  readonly hasAmbiguousElements: boolean
  /** Whether there are pickles of objects, whose memo is the outer one to another loader. */
  readonly hasObjects: boolean
}

/**
 * Reads the arrays that joblib writes behind the wrapper that describes them: padding, then the elements,
 * or a pickle of its own for an array of objects.
 *
 * @param runPickle - Reads the pickle of an array of objects.
 * @returns A hook for the machine, and what it has met so far.
 * Source: `NumpyArrayWrapper.read_array` in joblib's numpy_pickle.py.
 */
export function joblibArrays(runPickle: ReadPickle): {
  readonly afterBuild: NonNullable<PickleOptions['afterBuild']>
  readonly seen: () => JoblibArrays
} {
  let count = 0
  let hasAmbiguousElements = false
  let hasObjects = false
  const afterBuild = async (
    object: PyObject,
    stream: ByteStream,
    options: PickleOptions,
  ): Promise<InlineArray | undefined> => {
    const type = classOf(object)
    if (type === undefined) return undefined
    if (OLD_WRAPPERS.has(type)) throw new Unreadable('JOBLIB_LAYOUT_OLD', { class: type })
    if (type !== 'NumpyArrayWrapper') return undefined
    count += 1
    const parts = describe(object)
    if (parts === undefined) {
      // Nothing is known of where the array ends, so Python's own loader may go on with it.
      hasAmbiguousElements = true
      throw new Unreadable('JOBLIB_ARRAY_UNKNOWN', { offset: stream.position })
    }
    await wait(stream, 1)
    const first = stream.peek()
    hasObjects ||= parts.isObject
    hasAmbiguousElements ||= !parts.isObject && (first < 1 || first > LONGEST_PADDING)
    if (parts.isObject)
      return objects(await runPickle(stream, { budget: options.budget, level: options.level ?? 0 }))
    if (parts.isPadded) await skipPadding(stream)
    return { node: await elements(parts, stream, options) }
  }
  return { afterBuild, seen: () => ({ count, hasAmbiguousElements, hasObjects }) }
}

/** The name of joblib's class that an object is made of, however it is made. */
function classOf({ callable, args }: PyObject): string | undefined {
  const type = classMade(callable, args)
  if (type?.kind !== 'global' || !type.module.startsWith('joblib.')) return undefined
  return type.name
}

interface Described {
  readonly dtype: NonNullable<ReturnType<typeof dtypeOfNode>>
  readonly shape: readonly number[]
  readonly isFortran: boolean
  readonly isPadded: boolean
  readonly isObject: boolean
}

function describe({ state }: PyObject): Described | undefined {
  if (state?.kind !== 'dict') return undefined
  const fields = new Map<string, PyNode>()
  for (const [key, value] of state.entries) {
    // A name that is computed may be one of those that are known.
    if (key.kind !== 'text') return undefined
    fields.set(key.value, value)
  }
  const dtype = dtypeOfNode(fields.get('dtype'))
  const shape = shapeOfNode(fields.get('shape'))
  const order = fields.get('order')
  if (dtype === undefined || shape === undefined || order?.kind !== 'text') return undefined
  const alignment = fields.get('numpy_array_alignment_bytes') ?? { kind: 'none' }
  if (alignment.kind !== 'none' && alignment.kind !== 'int') return undefined
  return {
    dtype,
    shape,
    isFortran: order.value === 'F',
    isPadded: alignment.kind !== 'none',
    isObject: dtype.hasObjects,
  }
}

async function wait(stream: ByteStream, count: number): Promise<void> {
  if (!stream.holds(count) && !(await stream.waitFor(count))) {
    throw new Unreadable('PICKLE_CUT_OFF', { offset: stream.position + stream.heldCount })
  }
}

/** The loader obeys any length, also ones that joblib does not write. */
async function skipPadding(stream: ByteStream): Promise<void> {
  const length = stream.byte()
  if (length === 0) return
  await wait(stream, length)
  stream.take(length)
}

async function elements(
  { dtype, shape, isFortran }: Described,
  stream: ByteStream,
  { budget }: PickleOptions,
): Promise<PyNode> {
  const count = shape.reduce((product, size) => product * size, 1)
  const length = count * dtype.itemSize
  const mayKeep = count <= budget.limits.listedElements
  const passed = Number.isSafeInteger(length)
    ? await passBytes(stream, length, budget, mayKeep)
    : undefined
  if (passed === undefined) throw new Unreadable('PICKLE_CUT_OFF', { offset: stream.position })
  if (passed.bytes !== undefined) {
    return arrayOfBytes(dtype, shape, passed.bytes, isFortran, passed.sha256)
  }
  // The digest is of the elements in C order, which is not how they came.
  const sha256 = isFortran && ordersDiffer(shape) ? undefined : passed.sha256
  return { kind: 'array', dtype: dtype.name, shape, objects: undefined, bytes: undefined, sha256 }
}

/** The pickle of an array of objects has a memo of its own, and is read by Python's plain loader. */
function objects(run: PickleRun): InlineArray {
  return { node: run.root, globals: run.globals, problems: run.problems, isComplete: run.complete }
}
