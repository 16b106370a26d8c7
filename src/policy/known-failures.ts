import type { Finding, GradedFinding } from '../core/finding.ts'
import type { Outcome } from '../core/outcome.ts'
import type { ItemResult, KnownRecord, Result } from '../core/result.ts'
import { dayOf, daysBetween } from '../core/days.ts'
import { subjectKeys } from './fingerprint.ts'
import type { DecidedItem } from './item-policy.ts'

/** Outcomes that a baseline can excuse, in ascending gravity. What could not be decided is never known. */
const EXCUSABLE: readonly Outcome[] = ['warn', 'fail']

export interface AgainstBaseline {
  readonly items: readonly DecidedItem[]
  /** What is known, and what the baseline knew and is gone. */
  readonly findings: readonly GradedFinding[]
}

/**
 * Marks each item whose failure stands in an earlier result as known: the same item, at most as grave,
 * and every finding about a subject that the earlier one names too. Places and measured values do not
 * matter; fewer findings than before are no news, one more is.
 *
 * @param today a UTC day, for the age of what is known
 * Complexity: linear in the findings of both results.
 */
export function markKnown(
  items: readonly DecidedItem[],
  baseline: Result,
  today: string,
): AgainstBaseline {
  const before = new Map(baseline.items.map((item) => [item.id, item]))
  const marked = items.map((item) => {
    const earlier = before.get(item.id)
    if (earlier === undefined || !isKnown(item, earlier)) return item
    const known: KnownRecord = { since: knownSince(earlier, baseline) }
    return { ...item, known }
  })
  return {
    items: marked,
    findings: [
      ...marked.flatMap(({ id, known }): GradedFinding[] => {
        if (known === undefined) return []
        const args = { item: id, since: known.since, days: daysBetween(known.since, today) }
        return [{ severity: 'notice', code: 'FAILURE_KNOWN', args }]
      }),
      ...items.flatMap(({ id, outcome }): GradedFinding[] => {
        const earlier = before.get(id)
        const isMended = outcome === 'pass' && earlier !== undefined && isRaised(earlier)
        return isMended ? [{ severity: 'notice', code: 'FAILURE_MENDED', args: { item: id } }] : []
      }),
    ],
  }
}

/** The UTC day on which a failure of a result was first seen: what it says itself, or its own day. */
export function knownSince({ known }: ItemResult, { parameters, run }: Result): string {
  const { now } = parameters
  return known?.since ?? dayOf(typeof now === 'string' ? now : run.startedAt)
}

function isKnown(item: DecidedItem, earlier: ItemResult): boolean {
  const gravity = EXCUSABLE.indexOf(item.outcome)
  // What was waived then had failed then.
  const then = EXCUSABLE.indexOf(earlier.waiver?.outcome ?? earlier.outcome)
  if (gravity === -1 || then < gravity) return false
  const named = subjectKeys(grave(earlier.findings))
  return [...subjectKeys(grave(item.findings))].every((key) => named.has(key))
}

function isRaised({ outcome, waiver }: ItemResult): boolean {
  return EXCUSABLE.includes(waiver?.outcome ?? outcome)
}

function grave<T extends Finding & { readonly severity?: string }>(findings: readonly T[]) {
  return findings.filter(({ severity }) => severity !== 'notice')
}
