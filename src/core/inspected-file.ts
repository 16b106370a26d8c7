import type { JsonValue } from './evidence.ts'
import type { Severity } from './finding.ts'
import type { Result } from './result.ts'

/** Why a verdict is as it is, in words. */
export interface InspectionReason {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  /** What the reader can do. */
  readonly remedy: string
}

/** An object in a model file, as JSON can hold it. */
export interface InspectedObject {
  readonly class: string
  readonly fitted: boolean | null
  readonly features: readonly string[] | null
  readonly featureCount: number | null
  /** Where a number cannot stand in JSON it is `null`, and `<name>Reason` says why. */
  readonly parameters: Readonly<Record<string, JsonValue>>
  readonly steps: readonly InspectedStep[]
}

export interface InspectedStep {
  readonly name: string
  readonly role: 'sequence' | 'branch' | 'part'
  readonly columns: readonly (string | number)[] | null
  readonly object: InspectedObject | 'drop' | 'passthrough'
}

/** One requirement of a requirement file, lock file or Dockerfile. */
export interface InspectedEntry {
  readonly name: string
  readonly line: number
  readonly specifier: string
  readonly pinned: 'yes' | 'hashed' | 'no' | 'warn'
  readonly code: string
}

/** What `mlcheck inspect` says of one file. */
export interface InspectedFile {
  /** As the user named it. */
  readonly path: string
  /** `null` for a link to nothing. */
  readonly sha256: string | null
  readonly bytes: number
  readonly kind: string
  readonly verdict: 'safe' | 'unsafe' | 'inconclusive'
  /** The gravest first. */
  readonly reasons: readonly InspectionReason[]
  readonly globals: readonly string[]
  readonly producer: { readonly library: string; readonly version: string | null } | null
  readonly object: InspectedObject | null
  /** Of files of dependencies alone. */
  readonly entries?: readonly InspectedEntry[]
}

/** The result of `mlcheck inspect`. */
export interface InspectionResult {
  readonly schemaVersion: string
  readonly tool: Result['tool']
  readonly command: 'inspect'
  readonly files: readonly InspectedFile[]
  readonly verdict: Result['verdict']
}
