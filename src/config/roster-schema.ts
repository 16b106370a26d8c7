import * as z from 'zod'
import { samePerson } from '../core/person.ts'
import { block, text } from './blocks.ts'

const person = block('A person who is called when something breaks.', {
  name: text('The name, as attestations give it in `owner`.'),
  contact: text('An address or number that reaches the person; `owner` may name it instead.'),
})

/** The schema of the list that `team.on_call` names. */
export const rosterSchema = z
  .array(person)
  .min(1, { error: 'expected at least one person' })
  .superRefine((people, context) => {
    for (const key of ['name', 'contact'] as const) {
      for (const [index, each] of people.entries()) {
        const first = people.findIndex((other) => samePerson(other[key], each[key]))
        if (first === index) continue
        const message = `the ${key} stands twice; first in entry ${String(first + 1)}`
        context.addIssue({ code: 'custom', path: [index, key], message })
      }
    }
  })
  .describe('Who is on call for the model, one entry a person.')
