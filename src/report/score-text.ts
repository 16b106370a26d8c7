import type { ScoreRecord } from '../core/result.ts'
import { numberText } from './number-text.ts'

/** The score in one sentence. */
export function scoreText({ total, totalReason, sections }: ScoreRecord): string {
  const sums = sections.map(({ id, points, of }) => `${id} ${numberText(points)} of ${String(of)}`)
  const least =
    total === null
      ? `ML Test Score: none, because ${totalReason ?? 'it is not known'}`
      : `ML Test Score: ${numberText(total)}, the least of its sections`
  return `${least} (${sums.join(', ')}).`
}

/** The tests of each section that score nothing, a sentence a section. */
export function unscoredTexts({ sections }: ScoreRecord): readonly string[] {
  return sections.flatMap(({ id, tests }) => {
    const open = tests.filter(({ points }) => points === 0)
    if (open.length === 0) return []
    return [`${id}, without points: ${open.map((test) => test.item ?? test.id).join(', ')}`]
  })
}
