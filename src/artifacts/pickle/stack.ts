import type { PyNode } from './node.ts'
import { broken } from './operands.ts'

/** The stack of the pickle machine; nothing below the last mark can be taken. */
export class Stack {
  readonly #nodes: PyNode[] = []
  readonly #marks: number[] = []
  readonly #depth: number

  /** @param depth - Marks inside marks that are accepted. */
  constructor(depth: number) {
    this.#depth = depth
  }

  get #fence(): number {
    return this.#marks.at(-1) ?? 0
  }

  push(node: PyNode): void {
    this.#nodes.push(node)
  }

  pop(offset: number): PyNode {
    if (this.#nodes.length <= this.#fence) throw broken('more is taken than was put', offset)
    return this.#nodes.pop() as PyNode
  }

  top(offset: number): PyNode {
    if (this.#nodes.length <= this.#fence) throw broken('more is taken than was put', offset)
    return this.#nodes.at(-1) as PyNode
  }

  replaceTop(node: PyNode): void {
    this.#nodes[this.#nodes.length - 1] = node
  }

  mark(offset: number): void {
    if (this.#marks.length >= this.#depth) throw broken('objects nested too deeply', offset)
    this.#marks.push(this.#nodes.length)
  }

  /** Everything above the last mark, which goes as well. */
  popMark(offset: number): PyNode[] {
    const mark = this.#marks.pop()
    if (mark === undefined) throw broken('a mark that was never set', offset)
    return this.#nodes.splice(mark)
  }

  /** POP takes a mark where nothing lies above it. */
  drop(offset: number): void {
    if (this.#nodes.length > this.#fence) this.#nodes.pop()
    else if (this.#marks.pop() === undefined) throw broken('more is taken than was put', offset)
  }
}
