import type { Location } from '../core/evidence.ts'
import type { FindingCode, GradedFinding } from '../core/finding.ts'

/**
 * How exactly a requirement names what will be installed: `hashed` to the byte, `yes` to the version,
 * `warn` to something pip cannot verify, `no` not at all.
 */
export type PinState = 'yes' | 'hashed' | 'no' | 'warn'

export type RequirementKind = 'index' | 'archive' | 'vcs' | 'local' | 'invalid'

/** One requirement as written, before it is judged. */
export interface Requirement {
  readonly kind: RequirementKind
  readonly name: string
  readonly extras: readonly string[]
  /** The version specifiers of an `index` requirement, the target of any other. */
  readonly specifier: string
  readonly marker: string | undefined
  readonly editable: boolean
  /** `algorithm:digest` of each `--hash` option. */
  readonly hashes: readonly string[]
}

/** A requirement with the place it was read from. */
export interface PlacedRequirement {
  readonly requirement: Requirement
  readonly file: string
  readonly line: number
}

/** What was collected from all files before it is judged as a whole. */
export interface Reading {
  readonly requirements: PlacedRequirement[]
  readonly constraints: PlacedRequirement[]
  /** What the files were compiled from, where their comments name it and it is there. */
  readonly direct: PlacedRequirement[]
  readonly findings: GradedFinding[]
  readonly files: string[]
  /** File-wide switches that were seen, with where. */
  readonly switches: Map<string, Location>
}

/** A requirement that pip would install, with what the pin rules make of it. */
export interface RequirementEntry {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly specifier: string
  readonly marker: string | undefined
  readonly hashes: readonly string[]
  readonly pinned: PinState
  readonly code: FindingCode
}

/** Everything a set of requirement files says, and what is wrong with it. */
export interface RequirementSet {
  readonly entries: readonly RequirementEntry[]
  readonly findings: readonly GradedFinding[]
  /** Every file that was read, in the order of reading. */
  readonly files: readonly string[]
  /** `required`: pip verifies every download; `disabled`: hashes are written and not enforced. */
  readonly hashMode: 'off' | 'required' | 'disabled'
}

/** The name under which PyPI knows a project (PEP 503): case and runs of `-_.` do not matter. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}
