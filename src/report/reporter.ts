import type { Result } from '../core/result.ts'

export interface ReportOptions {
  readonly color: boolean
  /** Whether the reader can show more than ASCII. */
  readonly unicode: boolean
  /** Cells of a line. */
  readonly width: number
  readonly verbosity: 'quiet' | 'normal' | 'verbose'
  /** Items by the references of a framework, `ref:nist`, instead of by section; for people only. */
  readonly groupBy?: string
}

/**
 * Turns a result into the bytes of one format. Pure: the same result and options give the same
 * text. A reporter shows the verdict; it has no say in the exit code.
 */
export type Reporter = (result: Result, options: ReportOptions) => string
