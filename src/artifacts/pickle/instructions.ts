import type { FindingArgs, FindingCode, GradedFinding } from '../../core/finding.ts'
import type { Producer } from '../artifact.ts'
import { isIndirectCall } from '../globals/calls.ts'
import type { PyGlobal, PyNode, PyObject } from './node.ts'
import {
  attributeOf,
  isArrayWrapper,
  isGetattr,
  mayGrow,
  pairs,
  specialKeyIn,
  twoLines,
  versionIn,
  wrapperMade,
  WORD,
} from './instruction-parts.ts'
import { OPCODES } from './opcodes.ts'
import {
  broken,
  decimalOf,
  latin1Of,
  quotedOf,
  rawUnicodeOf,
  textOf,
  unsignedOf,
} from './operands.ts'
import { ownValue } from './own-value.ts'
import { Stack } from './stack.ts'

const EMPTY = new Uint8Array()

/** How many different problems of one pickle are told; further ones say nothing new. */
const MOST_PROBLEMS = 20

/**
 * The state of one pickle while its instructions are followed. Nothing is imported or called: a call
 * becomes a node that says what would be called.
 */
export class Instructions {
  readonly problems: GradedFinding[] = []
  readonly producers = new Map<string, Producer>()
  readonly #stack: Stack
  readonly #memo = new Map<number, PyNode>()
  readonly #globals = new Map<string, PyGlobal>()
  readonly #persistent: ((id: PyNode) => PyNode | undefined) | undefined
  readonly #onBytes: (bytes: Uint8Array) => void
  #fetches = 0
  #wrappers = 0

  constructor(
    depth: number,
    persistent: ((id: PyNode) => PyNode | undefined) | undefined,
    onBytes: (bytes: Uint8Array) => void,
  ) {
    this.#stack = new Stack(depth)
    this.#persistent = persistent
    this.#onBytes = onBytes
  }

  get globals(): PyGlobal[] {
    return [...this.#globals.values()]
  }

  /** Whether `getattr` is used for more than fetching what is listed as a global of its own. */
  get hasOpenFetch(): boolean {
    return this.#fetches > 0
  }

  /** Whether joblib's description of an array is used for more than making one where its array follows. */
  get hasOpenWrapper(): boolean {
    return this.#wrappers > 0
  }

  addGlobal({ module, name }: PyGlobal): PyGlobal {
    const key = `${module}\n${name}`
    const known = this.#globals.get(key)
    if (known !== undefined) return known
    const made: PyGlobal = { kind: 'global', module, name }
    this.#globals.set(key, made)
    return made
  }

  report(code: FindingCode, args: FindingArgs): void {
    const same = this.problems.some((problem) => problem.code === code)
    if (same && this.problems.length >= MOST_PROBLEMS) return
    this.problems.push({ severity: 'inconclusive', code, args })
  }

  push(node: PyNode): void {
    if (node.kind === 'global' && isGetattr(node)) this.#fetches += 1
    if (node.kind === 'global' && isArrayWrapper(node)) this.#wrappers += 1
    this.#stack.push(node)
  }

  top(offset: number): PyNode {
    return this.#stack.top(offset)
  }

  replaceTop(node: PyNode): void {
    this.#stack.replaceTop(node)
  }

  /** Bytes that the pickle holds may be a pickle themselves. */
  seeBytes(bytes: Uint8Array): void {
    this.#onBytes(bytes)
  }

  /** What STOP returns. */
  result(offset: number): PyNode {
    return this.#stack.pop(offset)
  }

  /**
   * Follows one instruction.
   *
   * @param operand - Its bytes, valid during the call only; for two lines they include the line feed between.
   * @throws Unreadable where Python would give up as well.
   */
  follow(code: number, operand: Uint8Array, offset: number): void {
    const stack = this.#stack
    const value = ownValue(code, operand, offset)
    if (value !== undefined) {
      stack.push(value)
      return
    }
    switch (code) {
      case OPCODES.PROTO:
        if ((operand[0] as number) > 5) {
          throw broken(`protocol ${String(operand[0])}, which does not exist`, offset)
        }
        return
      case OPCODES.FRAME:
        // Where it ends is nothing to rely on: some loaders ignore it.
        return
      case OPCODES.MARK:
        stack.mark(offset)
        return
      case OPCODES.POP:
        stack.drop(offset)
        return
      case OPCODES.POP_MARK:
        stack.popMark(offset)
        return
      case OPCODES.DUP:
        this.push(stack.top(offset))
        return
      case OPCODES.STRING:
        this.#text(quotedOf(latin1Of(operand), offset))
        return
      case OPCODES.BINSTRING:
      case OPCODES.SHORT_BINSTRING:
        this.#text(latin1Of(operand))
        return
      case OPCODES.UNICODE:
        this.#text(rawUnicodeOf(latin1Of(operand), offset))
        return
      case OPCODES.SHORT_BINUNICODE:
      case OPCODES.BINUNICODE:
      case OPCODES.BINUNICODE8:
        this.#text(textOf(operand, offset))
        return
      case OPCODES.SHORT_BINBYTES:
      case OPCODES.BINBYTES:
      case OPCODES.BINBYTES8:
      case OPCODES.BYTEARRAY8: {
        const value = operand.slice()
        this.#onBytes(value)
        stack.push({ kind: 'bytes', value })
        return
      }
      case OPCODES.NEXT_BUFFER:
        this.report('PICKLE_BUFFER_OUTSIDE', { offset })
        stack.push({ kind: 'bytes', value: EMPTY })
        return
      case OPCODES.READONLY_BUFFER:
        return
      case OPCODES.LIST:
        stack.push({ kind: 'list', items: stack.popMark(offset) })
        return
      case OPCODES.TUPLE:
        stack.push({ kind: 'tuple', items: stack.popMark(offset) })
        return
      case OPCODES.TUPLE1:
      case OPCODES.TUPLE2:
      case OPCODES.TUPLE3:
        stack.push({ kind: 'tuple', items: this.#popSome(code - OPCODES.TUPLE1 + 1, offset) })
        return
      case OPCODES.DICT:
        stack.push({ kind: 'dict', entries: pairs(stack.popMark(offset), offset) })
        return
      case OPCODES.FROZENSET:
        stack.push({ kind: 'set', items: stack.popMark(offset), frozen: true })
        return
      case OPCODES.APPEND: {
        const item = stack.pop(offset)
        this.#append([item], offset)
        return
      }
      case OPCODES.APPENDS:
      case OPCODES.ADDITEMS:
        this.#append(stack.popMark(offset), offset)
        return
      case OPCODES.SETITEM: {
        const value = stack.pop(offset)
        const key = stack.pop(offset)
        this.#set([[key, value]], offset)
        return
      }
      case OPCODES.SETITEMS:
        this.#set(pairs(stack.popMark(offset), offset), offset)
        return
      case OPCODES.PUT:
        this.#memo.set(Number(decimalOf(latin1Of(operand), offset)), stack.top(offset))
        return
      case OPCODES.BINPUT:
      case OPCODES.LONG_BINPUT:
        this.#memo.set(unsignedOf(operand), stack.top(offset))
        return
      case OPCODES.MEMOIZE:
        // Python numbers by how many entries there are, whatever their indices.
        this.#memo.set(this.#memo.size, stack.top(offset))
        return
      case OPCODES.GET:
        this.#recall(Number(decimalOf(latin1Of(operand), offset)), offset)
        return
      case OPCODES.BINGET:
      case OPCODES.LONG_BINGET:
        this.#recall(unsignedOf(operand), offset)
        return
      case OPCODES.GLOBAL: {
        const [module, name] = twoLines(operand, offset)
        this.#global(module, name)
        return
      }
      case OPCODES.STACK_GLOBAL:
        this.#stackGlobal(offset)
        return
      case OPCODES.EXT1:
      case OPCODES.EXT2:
      case OPCODES.EXT4:
        this.report('PICKLE_EXTENSION', { number: unsignedOf(operand), offset })
        stack.push({ kind: 'persistent', id: { kind: 'int', value: unsignedOf(operand) } })
        return
      case OPCODES.PERSID:
        this.#persist({ kind: 'text', value: latin1Of(operand) }, offset)
        return
      case OPCODES.BINPERSID:
        this.#persist(stack.pop(offset), offset)
        return
      case OPCODES.REDUCE: {
        const args = stack.pop(offset)
        this.#call('reduce', stack.pop(offset), args, undefined, offset)
        return
      }
      case OPCODES.NEWOBJ: {
        const args = stack.pop(offset)
        this.#call('newobj', stack.pop(offset), args, undefined, offset)
        return
      }
      case OPCODES.NEWOBJ_EX: {
        const kwargs = stack.pop(offset)
        const args = stack.pop(offset)
        this.#call('newobj', stack.pop(offset), args, kwargs, offset)
        return
      }
      case OPCODES.INST: {
        const [module, name] = twoLines(operand, offset)
        const callable = this.addGlobal({ kind: 'global', module, name })
        const items = stack.popMark(offset)
        if (isGetattr(callable)) this.#fetches += 1
        if (isArrayWrapper(callable)) this.#wrappers += 1
        this.#call('inst', callable, { kind: 'tuple', items }, undefined, offset)
        return
      }
      case OPCODES.OBJ: {
        const [callable, ...items] = stack.popMark(offset)
        if (callable === undefined) throw broken('an object without a class', offset)
        this.#call('inst', callable, { kind: 'tuple', items }, undefined, offset)
        return
      }
      case OPCODES.BUILD: {
        const state = stack.pop(offset)
        this.#build(stack.top(offset), state, offset)
        return
      }
      default:
        throw broken('an instruction that is not handled', offset)
    }
  }

  #popSome(count: number, offset: number): PyNode[] {
    const items: PyNode[] = []
    for (let index = 0; index < count; index += 1) items.unshift(this.#stack.pop(offset))
    return items
  }

  #text(value: string): void {
    // Old protocols carry bytes as text.
    if (value.length > 3 && !WORD.test(value)) this.#onBytes(Buffer.from(value, 'latin1'))
    this.#stack.push({ kind: 'text', value })
  }

  #recall(index: number, offset: number): void {
    const node = this.#memo.get(index)
    if (node === undefined) throw broken('a memo entry that was never made', offset)
    this.push(node)
  }

  #global(module: string, name: string): void {
    this.push(this.addGlobal({ kind: 'global', module, name }))
  }

  #stackGlobal(offset: number): void {
    const name = this.#stack.pop(offset)
    const module = this.#stack.pop(offset)
    if (name.kind === 'text' && module.kind === 'text') {
      this.#global(module.value, name.value)
      return
    }
    this.report('PICKLE_GLOBAL_COMPUTED', { offset })
    this.#stack.push({ kind: 'persistent', id: { kind: 'tuple', items: [module, name] } })
  }

  #persist(id: PyNode, offset: number): void {
    const node = this.#persistent?.(id)
    if (node === undefined) this.report('PICKLE_PERSISTENT_ID', { offset })
    this.#stack.push(node ?? { kind: 'persistent', id })
  }

  #append(items: readonly PyNode[], offset: number): void {
    const target = this.#stack.top(offset)
    if (target.kind === 'list' || target.kind === 'set' || mayGrow(target)) {
      for (const item of items) target.items.push(item)
    } else {
      this.#changesOther(target, offset)
    }
  }

  #set(entries: (readonly [PyNode, PyNode])[], offset: number): void {
    const target = this.#stack.top(offset)
    if (target.kind === 'dict' || target.kind === 'object') {
      for (const entry of entries) target.entries.push(entry)
    } else {
      this.#changesOther(target, offset)
    }
  }

  /** To fill or set up what the pickle did not make changes the program that loads it. */
  #changesOther(target: PyNode, offset: number): void {
    const what = target.kind === 'global' ? `${target.module}.${target.name}` : target.kind
    this.report('PICKLE_CHANGES_OTHER', { what, offset })
  }

  #call(
    made: PyObject['made'],
    callable: PyNode,
    args: PyNode,
    kwargs: PyNode | undefined,
    offset: number,
  ): void {
    const items = args.kind === 'tuple' ? args.items : [args]
    const isPlain = callable.kind === 'global' && args.kind === 'tuple'
    if (!isPlain || isIndirectCall(callable, items)) this.report('PICKLE_CALL_COMPUTED', { offset })
    if (wrapperMade(callable, items)) this.#wrappers -= 1
    const fetched = made === 'reduce' ? attributeOf(callable, items) : undefined
    if (fetched !== undefined) {
      this.#fetches -= 1
      this.push(this.addGlobal(fetched))
      return
    }
    this.#stack.push({
      kind: 'object',
      made,
      callable,
      args: items,
      kwargs,
      state: undefined,
      items: [],
      entries: [],
    })
  }

  #build(target: PyNode, state: PyNode, offset: number): void {
    if (target.kind !== 'object') {
      this.#changesOther(target, offset)
      return
    }
    if (target.state !== undefined) this.report('PICKLE_BUILT_TWICE', { offset })
    const special = specialKeyIn(state)
    if (special !== undefined) this.report('PICKLE_CHANGES_OTHER', { what: special, offset })
    target.state = state
    const version = state.kind === 'dict' ? versionIn(state.entries) : undefined
    if (version !== undefined) {
      this.producers.set(version, { library: 'scikit-learn', version })
    }
  }
}
