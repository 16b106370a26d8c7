import * as z from 'zod'
import { block, isoDay, problemAt, refuseBlank, sha256, text } from './blocks.ts'

const attestation = block(
  'What a person vouches for.',
  {
    item: text('The id of the item.'),
    statement: text('What is vouched for.'),
    owner: text('Who vouches for it.'),
    date: isoDay('The day it was said, UTC.'),
    expires: isoDay('The last day on which it holds, UTC.'),
    evidence: text('A file beside the project or an address that supports it.').exactOptional(),
    reviewer: text('Who else has looked at it; another person than the owner.').exactOptional(),
    model_sha256: sha256('The digest of the model it was said about.').exactOptional(),
  },
  ({ date, expires, owner, statement }, context) => {
    refuseBlank(context, { owner, statement })
    if (expires < date) problemAt(context, ['expires'], '`expires` is before `date`')
  },
)

/** The schema of `.mlcheck/attestations.yaml`. */
export const attestationsSchema = block('What only people can vouch for.', {
  attestations: z.array(attestation).describe('The attestations.'),
})
