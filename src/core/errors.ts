import type { Location } from './evidence.ts'

/**
 * Errors that a person can act on. Anything else that is thrown is a defect of ours.
 * The kind is turned into an exit code in `policy/exit-code.ts` alone.
 */
export type ErrorKind = 'usage' | 'configuration' | 'input' | 'nothing-checked' | 'interrupted'

export interface ErrorDetails {
  readonly location?: Location
  /** The offending line of the file and a caret, ready to print. */
  readonly frame?: string
  /** What to do about it. */
  readonly hint?: string
  readonly cause?: unknown
}

export class MlcheckError extends Error {
  override readonly name: string = 'MlcheckError'
  readonly kind: ErrorKind
  readonly location: Location | undefined
  readonly frame: string | undefined
  readonly hint: string | undefined

  constructor(kind: ErrorKind, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.kind = kind
    this.location = details.location
    this.frame = details.frame
    this.hint = details.hint
  }
}

/** A flag, an argument or a combination of them that cannot be obeyed. */
export class UsageError extends MlcheckError {
  override readonly name = 'UsageError'
  constructor(message: string, details?: ErrorDetails) {
    super('usage', message, details)
  }
}

/** A checklist, manifest, settings, waiver or attestation file that is not valid. */
export class ConfigurationError extends MlcheckError {
  override readonly name = 'ConfigurationError'
  constructor(message: string, details?: ErrorDetails) {
    super('configuration', message, details)
  }
}

/** A data or result file that cannot be read as a whole. */
export class InputError extends MlcheckError {
  override readonly name = 'InputError'
  constructor(message: string, details?: ErrorDetails) {
    super('input', message, details)
  }
}

/** There was nothing to check: an empty table, no common columns, no item that matches. */
export class NothingCheckedError extends MlcheckError {
  override readonly name = 'NothingCheckedError'
  constructor(message: string, details?: ErrorDetails) {
    super('nothing-checked', message, details)
  }
}

/** The run was stopped from outside, with Ctrl-C or SIGTERM. */
export class InterruptedError extends MlcheckError {
  override readonly name = 'InterruptedError'
  constructor() {
    super('interrupted', 'interrupted')
  }
}

/** `path:line:column` with what is known. */
export function formatLocation(location: Location): string {
  let text = location.path
  if (location.line !== undefined) text += `:${String(location.line)}`
  if (location.line !== undefined && location.column !== undefined) {
    text += `:${String(location.column)}`
  }
  return text
}
