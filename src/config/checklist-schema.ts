import * as z from 'zod'
import { EVIDENCE_LEVELS } from '../core/evidence.ts'
import { SECTIONS } from '../core/result.ts'
import { block, days, problemAt, text } from './blocks.ts'
import { WAIVER_DAYS } from './checklist.ts'

const ID = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/

const waivable = z
  .union([
    z.boolean(),
    block('How long a failure may be accepted.', {
      max_days: z
        .int()
        .min(1)
        .describe(
          `The most days between creation and expiry of a waiver; ${String(WAIVER_DAYS)} if not given.`,
        )
        .exactOptional(),
      undecided: z
        .boolean()
        .describe('Whether it also accepts an item that could not be decided; false if not given.')
        .exactOptional(),
    }),
  ])
  .transform((value) =>
    typeof value === 'boolean'
      ? { allowed: value, maxDays: null, undecided: false }
      : {
          allowed: true,
          maxDays: value.maxDays ?? WAIVER_DAYS,
          undecided: value.undecided ?? false,
        },
  )
  .describe(
    'Whether a failure may be waived: true (for any time), false, or its limits; 90 days if not given.',
  )

const item = block(
  'One demand. An item that overrides one of the extended list needs only its id.',
  {
    id: z
      .string()
      .regex(ID, { error: 'expected an id such as data.scaling-saved: lower case, with a dot' })
      .describe('The stable name of the item, such as data.scaling-saved.'),
    title: text('What holds when the item passes.').exactOptional(),
    section: z
      .enum(SECTIONS)
      .describe(`The part of the report: ${SECTIONS.join(', ')}.`)
      .exactOptional(),
    phase: z
      .enum(['before', 'during', 'after'])
      .describe('When it is due, seen from the deployment.')
      .exactOptional(),
    severity: z
      .enum(['high', 'medium', 'low'])
      .describe('How grave a failure is; medium if not given.')
      .exactOptional(),
    required: z
      .boolean()
      .describe('Whether the release depends on it; true if not given.')
      .exactOptional(),
    check: text(
      'The id of the check that decides it (`mlcheck explain` lists them), or `attest` for what only a person can vouch for.',
    ).exactOptional(),
    with: z
      .record(z.string(), z.json())
      .describe('Parameters of the check, as `mlcheck explain` lists them.')
      .exactOptional(),
    min_evidence: z
      .enum(EVIDENCE_LEVELS)
      .describe(`The weakest evidence that counts: ${EVIDENCE_LEVELS.join(' < ')}.`)
      .exactOptional(),
    applies_when: text(
      'Blocks of the manifest that make the item apply, such as `preprocessing.scaler or preprocessing.encoder`; `!`, `and`, `or` and parentheses.',
    ).exactOptional(),
    needs_reviewer: z
      .boolean()
      .describe(
        'Whether an attestation or a waiver needs a reviewer who is another person than its owner.',
      )
      .exactOptional(),
    every: days('How often it is due, such as 7d.').exactOptional(),
    waivable: waivable.exactOptional(),
    refs: z
      .array(z.string())
      .describe('Where the demand comes from, such as mltestscore:data-7.')
      .exactOptional(),
    remediation: text('What to do when it does not pass.').exactOptional(),
  },
)

/** The schema of a checklist; what a new item must have is known only after the list is merged. */
export const checklistSchema = block(
  'A checklist: what must hold before, during and after a release.',
  {
    version: z.literal(1).describe('The version of this format: 1.'),
    extends: text(
      'The list to start from: `default`, `ml-test-score`, or the path of a file.',
    ).exactOptional(),
    score: z
      .literal('ml-test-score')
      .describe('Items are also scored by the references mltestscore:… that they name.')
      .exactOptional(),
    items: z
      .array(item)
      .describe('The items, in the order of the report; with `extends`, overrides and new ones.')
      .exactOptional(),
  },
  (list, context) => {
    if (list.extends === undefined && list.items === undefined) {
      problemAt(context, ['items'], 'missing: a list that extends no other needs items')
    }
  },
)

export type WrittenItem = NonNullable<z.output<typeof checklistSchema>['items']>[number]
