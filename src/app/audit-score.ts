import { findCheck } from '../checks/registry.ts'
import { ATTEST, type Checklist } from '../config/checklist.ts'
import { isAtLeast } from '../core/evidence.ts'
import type { ScoreRecord } from '../core/result.ts'
import type { DecidedItem } from '../policy/item-policy.ts'
import { mlTestScore } from '../policy/ml-test-score.ts'

/** The score of a checklist that asks for one; `undefined` for any other. */
export function scoreOf(
  { score, items }: Checklist,
  decided: readonly DecidedItem[],
): ScoreRecord | undefined {
  if (score === null) return undefined
  const byId = new Map(items.map((item) => [item.id, item]))
  const asked = new Set(decided.map(({ id }) => id))
  return mlTestScore(
    decided.flatMap(({ id, outcome, level }) => {
      const item = byId.get(id)
      if (item === undefined) return []
      const isClaim = level === null || !isAtLeast(level, 'consistent')
      const isVouched = findCheck(item.check)?.attested === true && isClaim
      return [{ id, refs: item.refs, outcome, isManual: item.check === ATTEST || isVouched }]
    }),
    items
      .filter(
        ({ id, refs }) => !asked.has(id) && refs.some((ref) => ref.startsWith('mltestscore:')),
      )
      .map(({ id }) => id),
  )
}
