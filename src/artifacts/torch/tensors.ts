import type { ArrayFacts, ObjectValue } from '../object-facts.ts'
import type { PyNode, PyObject } from '../pickle/node.ts'
import { namedType, spelled, storageOf } from './storage.ts'

/** The functions that make a tensor from a storage; others may follow their arguments later. */
const REBUILDS = /^_rebuild_(tensor|tensor_v2|tensor_v3|qtensor)$/

/**
 * The tensors of a pickle as arrays without values, and what does not fit about them.
 *
 * @param isBig - Whether storages have the big end first.
 */
export class Tensors {
  readonly #isBig: boolean
  /** Why a tensor cannot be what it claims, each once. */
  readonly problems = new Set<string>()

  constructor(isBig: boolean) {
    this.#isBig = isBig
  }

  /** The facts of a tensor or parameter; `undefined` for any other object. */
  facts(node: PyObject): ObjectValue | undefined {
    const { callable, args } = node
    if (callable.kind !== 'global' || callable.module !== 'torch._utils') return undefined
    if (/^_rebuild_parameter(_with_state)?$/.test(callable.name)) {
      const [data] = args
      return data?.kind === 'object' ? this.facts(data) : undefined
    }
    return REBUILDS.test(callable.name) ? this.#tensor(args) : undefined
  }

  #tensor([storage, offset, size, stride, , , named]: readonly PyNode[]): ArrayFacts | undefined {
    const found = storage?.kind === 'persistent' ? storageOf(storage.id) : undefined
    const shape = numbers(size)
    const steps = numbers(stride)
    if (found === undefined || shape === undefined || steps?.length !== shape.length) {
      this.problems.add('a tensor is not described as torch does')
      return undefined
    }
    const type = found.type ?? namedType(named)
    if (type === undefined) {
      this.problems.add('a tensor has a type that is not known')
      return undefined
    }
    const available = found.type === undefined ? found.elements / type.bytes : found.elements
    const start = offset?.kind === 'int' ? Number(offset.value) : NaN
    const last = shape.reduce((sum, length, axis) => sum + (length - 1) * (steps[axis] ?? 0), start)
    if (!(start >= 0 && (shape.includes(0) || last < available))) {
      this.problems.add('a tensor reaches beyond its storage')
    }
    return { kind: 'array', dtype: spelled(type, this.#isBig), shape, values: null, sha256: null }
  }
}

function numbers(node: PyNode | undefined): readonly number[] | undefined {
  if (node?.kind !== 'tuple' && node?.kind !== 'list') return undefined
  const values = node.items.map((item) => (item.kind === 'int' ? Number(item.value) : NaN))
  return values.every((value) => Number.isSafeInteger(value) && value >= 0) ? values : undefined
}
