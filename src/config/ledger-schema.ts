import * as z from 'zod'
import type { LedgerEntry } from '../core/ledger.ts'

const digest = z.string().regex(/^[0-9a-f]{64}$/)

const ledgerEntry = z
  .object({
    schemaVersion: z
      .string()
      .regex(/^1\.\d+$/)
      .describe('The version of this format.'),
    date: z.iso
      .datetime()
      .describe('When the run ended, by the clock and in UTC; --now does not change it.'),
    command: z.string().min(1).describe('What was run: audit, drift, …'),
    audit: z
      .object({
        phase: z.string().describe('before, during, after or all.'),
        sections: z.array(z.string()).describe('Of --section; none for all.'),
        only: z.array(z.string()).describe('Of --only; none for all.'),
        now: z.string().nullable().describe('Of --now; null for the clock.'),
      })
      .nullable()
      .describe('What an audit was asked for; null for other commands.'),
    tool: z.string().describe('The version of mlcheck.'),
    model: z
      .object({ version: z.string().nullable(), sha256: digest.nullable() })
      .nullable()
      .describe('The model of the manifest; null where no manifest was read.'),
    inputs: z.record(z.string(), z.array(digest)).describe('Digests of what was read, by role.'),
    verdict: z.object({
      outcome: z.enum(['pass', 'fail', 'inconclusive', 'nothing-checked']),
      exitCode: z.literal([0, 1, 2, 3, 4, 70, 130]),
    }),
    signedOff: z.string().min(1).nullable().describe('Who answers for the run, of --sign-off.'),
    previous: digest.nullable().describe('The digest of the line before; null in the first.'),
    sha256: digest.describe('The digest of this line without this key, which is the last.'),
  })
  .describe('One run, as a line of .mlcheck/history.jsonl.')

/** What the schema itself says, for the proof that it is `LedgerEntry` and neither less nor more. */
export type StoredLedgerEntry = z.output<typeof ledgerEntry>

/** The schema of one line of the ledger; later minor versions may have more keys. */
export const ledgerEntrySchema: z.ZodType<LedgerEntry> = ledgerEntry
