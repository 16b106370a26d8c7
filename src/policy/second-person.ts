import { hasName, samePerson } from '../core/person.ts'
import type { AttestationTerms, ItemTerms, WaiverTerms } from './terms.ts'

/**
 * What is wrong with the reviewer of a record: `missing` where the item asks for one and nobody is named,
 * `owner` where the owner reviews themselves, which counts for nothing whether it was asked for or not.
 */
export function reviewProblem(
  item: Pick<ItemTerms, 'needsReviewer'>,
  { owner, reviewer }: Pick<WaiverTerms | AttestationTerms, 'owner' | 'reviewer'>,
): 'missing' | 'owner' | undefined {
  if (reviewer === undefined || !hasName(reviewer)) {
    return item.needsReviewer ? 'missing' : undefined
  }
  return samePerson(owner, reviewer) ? 'owner' : undefined
}
