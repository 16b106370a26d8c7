import { findCheck } from '../checks/registry.ts'
import type { Checklist, ChecklistItem } from '../config/checklist.ts'
import { ATTEST } from '../config/checklist.ts'
import { evaluateCondition, formatCondition } from '../config/condition.ts'
import { didYouMean } from '../config/did-you-mean.ts'
import type { Manifest } from '../config/manifest.ts'
import { InterruptedError, UsageError } from '../core/errors.ts'
import type { Judgement } from '../core/judgement.ts'
import type { ParamValues } from '../core/params.ts'
import type { Phase } from '../core/result.ts'
import type { FactStore } from '../facts/fact-store.ts'
import type { JudgedItem } from '../policy/item-policy.ts'
import { crashJudgement, unmetCondition } from '../policy/judgements.ts'
import type { RunContext } from './context.ts'

/**
 * The phase that an audit verifies: the one that is named; else the gate before the release, or any where
 * the items are named.
 */
export function phaseOf({
  phase,
  only,
}: {
  readonly phase?: Phase | 'all'
  readonly only: readonly string[]
}): Phase | 'all' {
  return phase ?? (only.length > 0 ? 'all' : 'before')
}

/** Which items of a checklist are asked for. */
export interface Selection {
  readonly phase: Phase | 'all'
  readonly sections: readonly string[]
  readonly only: readonly string[]
}

/** The items of the asked phase, sections and ids. A name that selects nothing is a slip, not an empty list. */
export function selectItems(
  checklist: Checklist,
  { phase, sections, only }: Selection,
): readonly ChecklistItem[] {
  requireKnown(
    'item',
    only,
    checklist.items.map(({ id }) => id),
  )
  requireKnown(
    'section',
    sections,
    checklist.items.map(({ section }) => section),
  )
  return checklist.items.filter(
    (item) =>
      (phase === 'all' || item.phase === phase) &&
      (sections.length === 0 || sections.includes(item.section)) &&
      (only.length === 0 || only.includes(item.id)),
  )
}

function requireKnown(what: string, asked: readonly string[], known: readonly string[]): void {
  for (const name of asked) {
    if (known.includes(name)) continue
    const meant = didYouMean(name, known)
    throw new UsageError(`the checklist has no ${what} "${name}"`, {
      hint:
        meant === undefined
          ? `It has ${[...new Set(known)].join(', ')}.`
          : `Did you mean "${meant}"?`,
    })
  }
}

/** Of an item that no check decides, where the checklist gives no advice. */
const ATTEST_REMEDIATION =
  'Let somebody who can vouch for it look, and record it with mlcheck attest for review.'

/** Judges each item by its check; one that throws leaves its own item undecided. */
export async function judgeAll(
  items: readonly ChecklistItem[],
  facts: FactStore,
  manifest: Manifest,
  context: RunContext,
): Promise<JudgedItem[]> {
  const judged: JudgedItem[] = []
  for (const [done, item] of items.entries()) {
    if (context.signal.aborted) throw new InterruptedError()
    context.progress({ stage: item.id, done, total: items.length })
    const check = findCheck(item.check)
    const remediation = item.remediation ?? check?.remediation ?? ATTEST_REMEDIATION
    judged.push({
      item,
      judgement: await judge(item, facts, manifest),
      remediation,
      isAttested: item.check === ATTEST || check?.attested === true,
    })
  }
  return judged
}

async function judge(
  item: ChecklistItem,
  facts: FactStore,
  manifest: Manifest,
): Promise<Judgement | null> {
  const { appliesWhen } = item
  if (appliesWhen !== null && !evaluateCondition(appliesWhen, manifest.written)) {
    return unmetCondition(formatCondition(appliesWhen), item.locate(['applies_when']))
  }
  if (item.check === ATTEST) return null
  try {
    const check = findCheck(item.check)
    if (check === undefined) throw new Error(`no check "${item.check}"`)
    // The checklist was validated against the check's own declaration of its parameters.
    const params = item.params as ParamValues<typeof check.params>
    return check.judge(await facts.select(check.needs), params)
  } catch (error) {
    if (error instanceof InterruptedError) throw error
    return crashJudgement(error)
  }
}
