import type { Outcome } from '../core/outcome.ts'
import type { ScoreRecord, ScoreSection, ScoreTest } from '../core/result.ts'

/** The four sections of the ML Test Score (Breck et al. 2017), seven tests each. */
const SECTIONS = ['data', 'model', 'infra', 'monitor'] as const
const TESTS = 7

/** An item with what the score needs of it. */
export interface ScoredItem {
  readonly id: string
  readonly refs: readonly string[]
  readonly outcome: Outcome
  /** Whether people vouched for it, or would have to. */
  readonly isManual: boolean
}

/**
 * The score of a release as the paper counts it: one point for a test that a check decides, half a point
 * for one that a person vouches for, none for one that did not pass, is waived or is not in the list; the
 * score is the least of the sums of the sections.
 *
 * @param items those that were asked for
 * @param notAsked ids of scored items that were not: the total of a part is none
 */
export function mlTestScore(
  items: readonly ScoredItem[],
  notAsked: readonly string[],
): ScoreRecord {
  const sections = SECTIONS.map((id): ScoreSection => {
    const tests = Array.from({ length: TESTS }, (_, n) =>
      scoreTest(`${id}-${String(n + 1)}`, items),
    )
    return { id, points: tests.reduce((sum, { points }) => sum + points, 0), of: TESTS, tests }
  })
  const least = Math.min(...sections.map(({ points }) => points))
  return {
    profile: 'ml-test-score',
    ...(notAsked.length === 0
      ? { total: least }
      : { total: null, totalReason: `${String(notAsked.length)} of its items were not asked for` }),
    sections,
  }
}

/** Of several items for one test, the one that scores least counts. */
function scoreTest(id: string, items: readonly ScoredItem[]): ScoreTest {
  const scored = items
    .filter(({ refs }) => refs.includes(`mltestscore:${id}`))
    .map((item) => ({ item, points: pointsOf(item) }))
    .sort((a, b) => a.points - b.points)
  const [least] = scored
  if (least === undefined) return { id, points: 0, by: null, item: null, outcome: null }
  const { item, points } = least
  const by = item.isManual ? 'person' : 'check'
  return { id, points, by: points === 0 ? null : by, item: item.id, outcome: item.outcome }
}

/** A warning is a pass with a remark. */
function pointsOf({ outcome, isManual }: ScoredItem): number {
  if (outcome !== 'pass' && outcome !== 'warn') return 0
  return isManual ? 0.5 : 1
}
