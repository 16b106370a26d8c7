import type { JsonValue, Location } from './evidence.ts'

/** `UPPER_SNAKE`, stable across releases: scripts and waivers refer to it. */
export type FindingCode = Uppercase<string>

/** Numbers and names for the sentence that `report/messages.ts` holds for the code. */
export type FindingArgs = Readonly<Record<string, JsonValue>>

/** What is wrong or worth knowing, as data. The words are added at the edge. */
export interface Finding {
  readonly code: FindingCode
  readonly args: FindingArgs
  readonly location?: Location
}

/** How grave a finding is where the place that makes it knows (a column's, a table's). */
export type Severity = 'notice' | 'warn' | 'fail' | 'inconclusive'

export interface GradedFinding extends Finding {
  readonly severity: Severity
}
