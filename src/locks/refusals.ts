import type { Location } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'

/** Why a file was not read: there is none, it must not be read, it is a folder or a pipe, it is too large. */
export type LoadRefusal = 'missing' | 'outside' | 'not-a-file' | 'too-large'

/** A requirement or lock file of a large project has some hundred kilobytes. */
export const REQUIREMENTS_BYTES = 5 * 1024 * 1024

const CODES: Readonly<
  Record<LoadRefusal, readonly [GradedFinding['severity'], GradedFinding['code']]>
> = {
  missing: ['fail', 'REQUIREMENTS_FILE_MISSING'],
  'not-a-file': ['fail', 'REQUIREMENTS_NOT_A_FILE'],
  outside: ['inconclusive', 'REQUIREMENTS_INCLUDE_OUTSIDE'],
  'too-large': ['inconclusive', 'REQUIREMENTS_TOO_LARGE'],
}

/** The finding for a file that was not read. */
export function refusalFinding(
  path: string,
  refusal: LoadRefusal,
  location: Location = { path },
): GradedFinding {
  const [severity, code] = CODES[refusal]
  const args = refusal === 'too-large' ? { file: path, limit: REQUIREMENTS_BYTES } : { file: path }
  return { severity, code, args, location }
}
