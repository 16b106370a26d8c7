import type { Source } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'

/** Other splits have predictions; the one that decides has none. */
export function missingSplit(split: string, location: Source): GradedFinding {
  const code = 'PREDICTIONS_SPLIT_MISSING'
  return { severity: 'inconclusive', code, args: { split }, location }
}
