import type { ObjectFacts, ObjectValue } from '../object-facts.ts'
import type { PyNode } from '../pickle/node.ts'

/** Turns nodes into facts within one budget; the parts of an estimator's description share it. */
export interface Conversion {
  value(node: PyNode): ObjectValue
  /** `null` for what is no object of a class. */
  object(node: PyNode): ObjectFacts | null
}
