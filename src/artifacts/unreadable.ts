import type { FindingArgs, FindingCode, GradedFinding } from '../core/finding.ts'

/**
 * A part of a model file that could not be read within its limits. It ends the reading of that part and
 * becomes a reason of the inspection, whose verdict is then not `safe`.
 */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
  readonly finding: GradedFinding

  constructor(code: FindingCode, args: FindingArgs, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause })
    this.finding = { severity: 'inconclusive', code, args }
  }
}
