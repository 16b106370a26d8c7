import type { Location } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'

/** What the manifest says of the model and what was read. */
export interface ModelBinding {
  readonly path: string
  /** `model.sha256`; `undefined` where the manifest does not state it. */
  readonly declared: string | undefined
  /** `null` when the model could not be read. */
  readonly actual: string | null
  readonly location: Location
}

/**
 * Whether the run is about the model that the manifest names. Every item speaks of this model, so
 * another one closes the gate whichever items were asked for, and no waiver of an item accepts it.
 */
export function modelBinding({
  path,
  declared,
  actual,
  location,
}: ModelBinding): readonly GradedFinding[] {
  if (declared === undefined) return []
  if (actual === null)
    return [{ code: 'MODEL_NOT_BOUND', severity: 'inconclusive', args: {}, location }]
  if (actual.toLowerCase() === declared.toLowerCase()) return []
  return [
    { code: 'MODEL_DIGEST_DIFFERS', severity: 'fail', args: { path, declared, actual }, location },
  ]
}
