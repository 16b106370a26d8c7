import type { GradedFinding } from '../../core/finding.ts'
import { bytesStream } from '../byte-stream.ts'
import { runPickle } from './machine.ts'
import type { PyGlobal, PyNode } from './node.ts'
import type { PickleOptions } from './run.ts'

/** Nobody puts more pickles into one member of an archive. */
const MOST_PICKLES = 100

export interface PlainPickles {
  /** Of the first pickle, the one that a loader takes. */
  readonly root: PyNode
  /** Of all of them. */
  readonly globals: readonly PyGlobal[]
  readonly problems: readonly GradedFinding[]
  /** Whether bytes follow the first pickle: no writer leaves any. */
  readonly isFollowed: boolean
}

/**
 * Reads a pickle in memory as Python's own loader does, which knows nothing of the arrays that joblib puts
 * between instructions; and the pickles that follow it, for what they refer to.
 */
export async function readPlainPickles(
  bytes: Uint8Array,
  options: PickleOptions,
): Promise<PlainPickles> {
  const stream = bytesStream(bytes)
  const first = await runPickle(stream, options)
  const globals = [...first.globals]
  let last = first
  for (let count = 1; count < MOST_PICKLES && last.complete; count += 1) {
    if (!(await stream.waitFor(1))) break
    last = await runPickle(stream, options)
    for (const global of last.globals) globals.push(global)
  }
  const isFollowed = first.complete && first.bytes < bytes.length
  return { root: first.root, globals, problems: first.problems, isFollowed }
}
