import type { GradedFinding } from '../../core/finding.ts'
import type { InspectionLimits, Producer } from '../artifact.ts'
import type { ByteStream } from '../byte-stream.ts'
import type { PyGlobal, PyNode, PyObject } from './node.ts'

/** What reading one pickle gave; a problem ends the reading, and what was read until then stays. */
export interface PickleRun {
  /** `none` when the pickle did not end as it should. */
  readonly root: PyNode
  /** Referred to anywhere: also in the memo alone, and in pickles inside of this one. Each once. */
  readonly globals: readonly PyGlobal[]
  /** Empty when everything was understood. */
  readonly problems: readonly GradedFinding[]
  /** Libraries whose version an object states. */
  readonly producers: readonly Producer[]
  /** How many bytes were read. */
  readonly bytes: number
  /** Whether STOP was reached. */
  readonly complete: boolean
}

/** What a group of pickles may use together; it goes down while they are read. */
export interface Budget {
  readonly limits: InspectionLimits
  readonly now: () => number
  /** On the clock `now`, after which reading ends. */
  readonly deadline: number
  nodes: number
  /** Bytes of large arrays and strings that may still be kept; beyond it they are digested. */
  keptBytes: number
  /** The same for short ones, which are taken from it last. */
  keptSmallBytes: number
}

export interface PickleOptions {
  readonly budget: Budget
  /** How many pickles this one lies in. */
  readonly level?: number
  /** What a persistent id stands for; without it, and for `undefined`, the id is a problem. */
  readonly persistent?: (id: PyNode) => PyNode | undefined
  /**
   * Called after BUILD: reads bytes that follow outside of the pickle's own grammar.
   *
   * @returns What stands for the object; `undefined` when the object is an ordinary one.
   */
  readonly afterBuild?: (
    object: PyObject,
    stream: ByteStream,
    options: PickleOptions,
  ) => Promise<InlineArray | undefined>
}

/** What stood beside the pickle, and what the pickles in it referred to. */
export interface InlineArray {
  readonly node: PyNode
  readonly globals?: readonly PyGlobal[]
  readonly problems?: readonly GradedFinding[]
  /** `false` when it broke, and nothing behind it can be understood. */
  readonly isComplete?: boolean
}

/** Together, the arrays that are kept stay well below what an inspection may take. */
const KEPT_BYTES = 96 * 1024 * 1024
const KEPT_SMALL_BYTES = 32 * 1024 * 1024

/** A budget that starts now. */
export function startBudget(limits: InspectionLimits, now: () => number): Budget {
  return {
    limits,
    now,
    deadline: now() + limits.timeMs,
    nodes: limits.nodes,
    keptBytes: KEPT_BYTES,
    keptSmallBytes: KEPT_SMALL_BYTES,
  }
}

const EXHAUSTED: ReadonlySet<string> = new Set(['PICKLE_TOO_MANY_OBJECTS', 'INSPECTION_TIME_OUT'])

/** Problems of the reader, not of the bytes: what was not read may hold anything. */
export function exhaustions(run: PickleRun): readonly GradedFinding[] {
  return run.problems.filter(({ code }) => EXHAUSTED.has(code))
}
