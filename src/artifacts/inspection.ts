import { InputError } from '../core/errors.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { ArtifactKind, Inspection, Producer, Verdict } from './artifact.ts'
import type { ObjectFacts, ObjectValue } from './object-facts.ts'
import { Unreadable } from './unreadable.ts'

/** What a reader of one format found; what it leaves out is empty. */
export interface Found {
  readonly reasons?: readonly GradedFinding[]
  readonly globals?: Iterable<string>
  readonly producers?: readonly Producer[]
  readonly object?: ObjectFacts | null
}

/** An inspection with the verdict that its reasons give, and its globals sorted. */
export function conclude(kind: ArtifactKind, found: Found): Inspection {
  const { reasons = [], globals = [], producers = [], object = null } = found
  const sorted = [...new Set(globals)].sort()
  return { kind, verdict: verdictOf(reasons), reasons, globals: sorted, producers, object }
}

function verdictOf(reasons: readonly GradedFinding[]): Verdict {
  const severities = new Set(reasons.map(({ severity }) => severity))
  if (severities.has('fail')) return 'unsafe'
  return severities.has('inconclusive') ? 'inconclusive' : 'safe'
}

/**
 * What `read` finds; a file that is not whole is inconclusive, and says where it broke.
 *
 * @throws whatever `read` throws that is no `InputError` and no `Unreadable`.
 */
export async function inspected(
  kind: ArtifactKind,
  read: () => Promise<Found>,
): Promise<Inspection> {
  try {
    return conclude(kind, await read())
  } catch (error) {
    if (error instanceof Unreadable) return conclude(kind, { reasons: [error.finding] })
    if (!(error instanceof InputError)) throw error
    return conclude(kind, { reasons: [malformed(error.message)] })
  }
}

/** The reason of a file that its format does not allow. */
export function malformed(reason: string): GradedFinding {
  return { code: 'ARTIFACT_MALFORMED', severity: 'inconclusive', args: { reason } }
}

/** A group of named values that is no object of a library: a header, a signature, an input. */
export function record(
  name: string,
  parameters: Readonly<Record<string, ObjectValue>>,
): ObjectFacts {
  return {
    kind: 'object',
    class: name,
    fitted: null,
    features: null,
    featureCount: null,
    parameters,
    steps: [],
  }
}
