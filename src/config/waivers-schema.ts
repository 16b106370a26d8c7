import * as z from 'zod'
import { block, isoDay, problemAt, refuseBlank, sha256, text } from './blocks.ts'

const waiver = block(
  'A failure that somebody accepts for a time.',
  {
    item: text('The id of the item.'),
    reason: text('Why the failure is accepted.'),
    owner: text('Who accepts it.'),
    created: isoDay('The day it was accepted, UTC.'),
    expires: isoDay('The last day on which it is accepted, UTC.'),
    reviewer: text('Who else has looked at it; another person than the owner.').exactOptional(),
    model_sha256: sha256('The digest of the model it was accepted for.').exactOptional(),
  },
  ({ created, expires, reason, owner }, context) => {
    refuseBlank(context, { reason, owner })
    if (expires < created) problemAt(context, ['expires'], '`expires` is before `created`')
  },
)

/** The schema of `.mlcheck/waivers.yaml`. */
export const waiversSchema = block('Failures that are accepted for a time.', {
  waivers: z.array(waiver).describe('The waivers.'),
})
