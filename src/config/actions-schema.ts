import * as z from 'zod'
import { block, isoDay, text } from './blocks.ts'

const action = block('Something that is to be done.', {
  action: text('What is to be done.'),
  owner: text('Who does it.'),
  due: isoDay('The day by which it is done, UTC.'),
  done: isoDay('The day on which it was done, UTC; without it the action is open.').exactOptional(),
})

/** The schema of the list that an attestation of after.continuous-improvement names as its evidence. */
export const actionsSchema = z
  .array(action)
  .min(1, { error: 'expected at least one action' })
  .describe('What is to be improved: by whom and until when.')
