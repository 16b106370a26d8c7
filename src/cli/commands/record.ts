import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Command } from 'commander'
import type { RunContext } from '../../app/context.ts'
import type { PreparedRecord } from '../../app/record.ts'
import { InterruptedError } from '../../core/errors.ts'
import { exclusively } from '../../config/exclusively.ts'
import { writeFileWhole } from '../io.ts'
import { addViewOptions, ownFlags, type ViewFlags } from '../options.ts'
import { print, viewOptions, withContext, type Session } from '../session.ts'
import { parseDay, parseText } from '../values.ts'

interface RecordFlags extends ViewFlags {
  readonly owner: string
  readonly reviewer?: string
  readonly checklist?: string
  readonly manifest?: string
  readonly allowOutside?: boolean
  readonly now?: string
  readonly dryRun?: boolean
}

interface AttestFlags extends RecordFlags {
  readonly statement: string
  readonly evidence?: string
  readonly expires?: string
}

interface WaiveFlags extends RecordFlags {
  readonly reason: string
  readonly expires: string
}

const ATTEST_EXAMPLES = `
Examples:
  mlcheck attest before.team-trained --owner ana --statement "Drill held" --evidence drill.md
  mlcheck attest before.team-trained --owner ana --statement "Drill held" --dry-run

The attestation is added to .mlcheck/attestations.yaml beside the manifest, bound to the digest of
the model. Without --expires it holds for the cadence of the item, or a year.`

const WAIVE_EXAMPLES = `
Examples:
  mlcheck waive model.latency --owner bo --reason "Hardware comes" --expires 2026-12-10

The waiver is added to .mlcheck/waivers.yaml beside the manifest, bound to the digest of the
model. The item is still judged; a waiver that has expired, or that nothing needs any more, is
reported by every audit.`

export function addAttestCommand(program: Command, session: Session): void {
  const command = program
    .command('attest')
    .summary('record what only a person can vouch for')
    .description('Records what a person vouches for: an item that no check can decide.')
    .argument('<item>', 'the id of an item that is attested')
    .requiredOption('--owner <name>', 'who vouches for it', parseText)
    .requiredOption('--statement <text>', 'what is vouched for', parseText)
    .option('--evidence <file>', 'a document of the repository, or an address', parseText)
    .option('--expires <day>', 'the last day on which it holds, such as 2027-11-10', parseDay)
  addRecordOptions(command)
    .addHelpText('after', ATTEST_EXAMPLES)
    .action(async (item: string, flags: AttestFlags) => {
      await record(session, flags, async (context) => {
        const { prepareAttestation } = await session.apps.record()
        return prepareAttestation({ ...requestOf(flags), item }, context)
      })
    })
}

export function addWaiveCommand(program: Command, session: Session): void {
  const command = program
    .command('waive')
    .summary('accept a failure for a time')
    .description('Records that somebody accepts the failure of an item, until a day.')
    .argument('<item>', 'the id of the item')
    .requiredOption('--owner <name>', 'who accepts it', parseText)
    .requiredOption('--reason <text>', 'why it is accepted', parseText)
    .requiredOption('--expires <day>', 'the last day, such as 2026-12-10', parseDay)
  addRecordOptions(command)
    .addHelpText('after', WAIVE_EXAMPLES)
    .action(async (item: string, flags: WaiveFlags) => {
      await record(session, flags, async (context) => {
        const { prepareWaiver } = await session.apps.record()
        return prepareWaiver({ ...requestOf(flags), item }, context)
      })
    })
}

function requestOf<T extends RecordFlags>(flags: T) {
  return { ...ownFlags(flags), allowOutside: flags.allowOutside ?? false }
}

function addRecordOptions(command: Command): Command {
  return addViewOptions(
    command
      .option('--reviewer <name>', 'who else has looked at it; another person', parseText)
      .option('--checklist <path>', 'the checklist; default as for audit')
      .option('--manifest <path>', 'the model manifest; default: model.yaml')
      .option('--allow-outside', 'accept paths in the manifest that leave its repository')
      .option('--now <day>', 'today, such as 2026-11-24; the clock if not given', parseDay)
      .option('--dry-run', 'print the entry and write nothing'),
    { quiet: 'print nothing', verbose: 'print the stack of an internal error' },
  )
}

async function record(
  session: Session,
  flags: RecordFlags,
  prepare: (context: RunContext) => Promise<PreparedRecord>,
): Promise<void> {
  viewOptions(session, flags)
  const { record: entry, file, extendAgain } = await withContext(session, flags, prepare)
  const lines = Object.entries(entry).map(([key, value]) => `  ${key}: ${value}\n`)
  if (flags.dryRun === true) {
    await print(session, `would be added to ${file.shownAs}:\n${lines.join('')}`)
  } else {
    await nextTurn()
    if (session.world.signal.aborted) throw new InterruptedError()
    await exclusively(file.path, async ({ confirm }) => {
      const { text } = await extendAgain()
      await confirm()
      await writeFileWhole(file.path, text)
    })
    if (flags.quiet !== true) {
      const next = 'Commit the file; mlcheck audit shows its effect.'
      await print(session, `${file.shownAs}: added\n${lines.join('')}${next}\n`)
    }
  }
  session.end(0)
}
