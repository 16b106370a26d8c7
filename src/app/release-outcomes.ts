import { findCheck } from '../checks/registry.ts'
import type { Checklist, ChecklistItem } from '../config/checklist.ts'
import type { ReleaseOutcomes } from '../facts/release-outcomes.ts'
import type { PolicyResult } from '../policy/item-policy.ts'

/** Whether an item is decided by what the others came to. */
export function followsFromOthers({ check }: Pick<ChecklistItem, 'check'>): boolean {
  return findCheck(check)?.needs.includes('release.outcomes') === true
}

/**
 * What the required items of the phase before came to.
 *
 * @param asked the items of this run
 * @param policy what the policy made of those that follow from no others
 */
export function releaseOutcomesOf(
  checklist: Checklist,
  asked: readonly ChecklistItem[],
  { items, gateFindings }: PolicyResult,
): ReleaseOutcomes {
  const demanded = checklist.items.filter(
    (item) => item.required && item.phase === 'before' && !followsFromOthers(item),
  )
  const ids = new Set(demanded.map(({ id }) => id))
  const askedFor = new Set(asked.map(({ id }) => id))
  const failing = gateFindings.flatMap(({ severity, args }) =>
    severity === 'fail' && typeof args['item'] === 'string' ? [args['item']] : [],
  )
  return {
    items: items
      .filter(({ id }) => ids.has(id))
      .map(({ id, outcome, waiver }) => ({
        id,
        outcome,
        waiver: waiver && { owner: waiver.owner, expires: waiver.expires },
      })),
    notRun: [...ids].filter((id) => !askedFor.has(id)),
    deadWaivers: [...new Set(failing)].filter((id) => ids.has(id)),
  }
}
