import type { GradedFinding } from '../core/finding.ts'
import type { RequirementEntry } from './requirement.ts'
import type { VersionRules } from './version-rules.ts'

export type LockKind = 'requirements' | 'lock' | 'conda' | 'dockerfile'

/** A file as a format reads it. */
export interface LockSource {
  /** With forward slashes. */
  readonly path: string
  readonly text: string
  readonly versions: VersionRules
}

/** What a file says of the versions of Python it is meant for. */
export interface PythonRange {
  /** Specifiers of PEP 440; Poetry writes several alternatives with `||`. */
  readonly specifier: string
  readonly file: string
  readonly line: number
}

/** A demand that a lock file says it was made from. */
export interface RecordedDemand {
  readonly name: string
  readonly specifier: string
  readonly line: number
  /** `undefined` where the format does not tell. */
  readonly extras?: readonly string[]
}

/** What a lock file says it was made from. */
export type MadeFrom =
  | {
      readonly kind: 'demands'
      readonly demands: readonly RecordedDemand[]
      /** Packages of the project itself, which are not locked. */
      readonly own: readonly string[]
      /** The range of Python that the project alone demanded; that of several projects is their overlap. */
      readonly python?: PythonRange
    }
  | { readonly kind: 'digest'; readonly sha256: string; readonly line: number }

/** A command that installs what a file lists. */
export interface InstalledFile {
  /** Where the file lies in the build context, as far as COPY tells. */
  readonly name: string
  readonly line: number
  /** Nothing beyond the file, or nothing without a hash, can be installed. */
  readonly isClosed: boolean
}

/** What a lock file, an environment or a Dockerfile would install. */
export interface LockReading {
  /** What runs in production. */
  readonly entries: readonly RequirementEntry[]
  readonly findings: readonly GradedFinding[]
  /** Names of development groups alone. */
  readonly development: readonly string[]
  readonly requiresPython: PythonRange | undefined
  /** The versions of Python that are installed, as a tag or a pin states them. */
  readonly python: readonly {
    readonly version: string
    readonly file: string
    readonly line: number
  }[]
  readonly madeFrom: MadeFrom | undefined
  /** Requirement files that belong to this file, relative to it. */
  readonly includes: readonly { readonly name: string; readonly line: number }[]
  /** Requirement files that commands of this file install. */
  readonly installs: readonly InstalledFile[]
}

/** One format of `src/locks/registry.ts`. */
export interface LockFormat {
  readonly name: string
  readonly kind: LockKind
  /** Of the file's name without folders. */
  readonly fileName: RegExp
  /** Whether the text of a file with another name is of this format. */
  readonly looksLike: (text: string) => boolean
  /** @throws LockSyntaxError for what is malformed */
  readonly read: (source: LockSource) => Promise<LockReading>
}

/** A reading of which a format fills in what it knows. */
export const NOTHING_READ: LockReading = {
  entries: [],
  findings: [],
  development: [],
  requiresPython: undefined,
  python: [],
  madeFrom: undefined,
  includes: [],
  installs: [],
}
