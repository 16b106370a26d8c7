import type { Command } from 'commander'
import { UsageError } from '../../core/errors.ts'
import { explainJson, explainList, explainText, type ExplainRecord } from '../../report/explain.ts'
import { capabilitiesOf } from '../terminal.ts'
import { print, type Session } from '../session.ts'
import { unknownName } from '../unknown-name.ts'

interface ExplainFlags {
  readonly all?: boolean
  readonly json?: boolean
}

const EXAMPLES = `
Examples:
  mlcheck explain data.input-schema
  mlcheck explain PSI
  mlcheck explain data.            (everything whose id starts so)
  mlcheck explain exit-3
  mlcheck explain --all --json`

const MAX_WIDTH = 100

export function addExplainCommand(program: Command, session: Session): void {
  program
    .command('explain')
    .summary('what a check, statistic, finding, rule or exit code means')
    .description(
      'Explains ids that reports print: checks, statistics, findings, rules, exit codes.',
    )
    .argument(
      '[id...]',
      'ids, abbreviations, or the beginning of an id; without one, all are listed',
    )
    .option('--all', 'explain everything')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (ids: readonly string[], flags: ExplainFlags) => {
      if (ids.length > 0 && flags.all === true) {
        throw new UsageError('--all and ids exclude each other')
      }
      const { ABBREVIATIONS, explainRecords } = await import('../explain-sources.ts')
      const records = explainRecords()
      const found =
        ids.length === 0 ? records : ids.flatMap((id) => lookUp(id, records, ABBREVIATIONS))
      const isListed = flags.all !== true && found.length > Math.max(1, ids.length)
      await print(session, view(found, isListed || ids.length === 0, flags, session))
      session.end(0)
    })
}

function view(
  records: readonly ExplainRecord[],
  isListed: boolean,
  flags: ExplainFlags,
  { world }: Session,
): string {
  if (flags.json === true) return explainJson(records)
  const width = Math.min(MAX_WIDTH, capabilitiesOf(world.stdout, world, 'never').width)
  if (isListed && flags.all !== true) return explainList(records, width)
  return records.map((record) => explainText(record, width)).join('\n')
}

/** The record with an id; else all whose id starts with it; letter case and `_` for `-` do not matter. */
function lookUp(
  id: string,
  records: readonly ExplainRecord[],
  abbreviations: Readonly<Record<string, string>>,
): readonly ExplainRecord[] {
  const wanted = fold(id)
  const full = Object.hasOwn(abbreviations, wanted) ? abbreviations[wanted] : wanted
  const exact = records.find((record) => fold(record.id) === full)
  if (exact !== undefined) return [exact]
  const starting = records.filter((record) => fold(record.id).startsWith(wanted))
  if (wanted !== '' && starting.length > 0) return starting
  const ids = records.map((record) => record.id)
  throw unknownName(
    'explanation of',
    id,
    [...ids, ...Object.keys(abbreviations)],
    'mlcheck explain lists all ids.',
  )
}

function fold(id: string): string {
  return id.toLowerCase().replaceAll('_', '-')
}
