/**
 * How strongly a claim was established, weakest first: a person says so, a document says so,
 * two independent artefacts agree, the number was derived again from raw data, the thing was run.
 */
export const EVIDENCE_LEVELS = [
  'claimed',
  'documented',
  'consistent',
  'recomputed',
  'executed',
] as const

export type EvidenceLevel = (typeof EVIDENCE_LEVELS)[number]

/** Whether `level` is at least as strong as `minimum`. */
export function isAtLeast(level: EvidenceLevel, minimum: EvidenceLevel): boolean {
  return EVIDENCE_LEVELS.indexOf(level) >= EVIDENCE_LEVELS.indexOf(minimum)
}

/** A place in a file; lines and columns start at 1. */
export interface Location {
  readonly path: string
  readonly line?: number
  readonly column?: number
}

/** Where a fact came from; `sha256` binds it to the bytes that were read. */
export interface Source extends Location {
  readonly sha256?: string
}

/** A value that can stand in the result file unchanged. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/** One observation that supports or contradicts a claim. */
export interface Evidence {
  readonly level: EvidenceLevel
  readonly claim: string
  readonly observed: JsonValue
  readonly expected?: JsonValue
  readonly source?: Source
}
