import { Option, type Command } from 'commander'
import type { AuditRequest } from '../../app/audit.ts'
import { SECTIONS, type Phase, type Section } from '../../core/result.ts'
import {
  addGateOptions,
  addHistoryOptions,
  addReportOptions,
  addViewOptions,
  choiceOption,
  groupOption,
  ownFlags,
  type GateFlags,
  type HistoryFlags,
  type ReportFlags,
  type ViewFlags,
} from '../options.ts'
import { judge, type Session } from '../session.ts'
import { parseChoices, parseInstant } from '../values.ts'

const PHASES: readonly (Phase | 'all')[] = ['before', 'during', 'after', 'all']

interface AuditFlags extends ViewFlags, ReportFlags, GateFlags, HistoryFlags {
  readonly checklist?: string
  readonly manifest?: string
  readonly phase?: Phase | 'all'
  readonly section?: readonly Section[]
  readonly only?: readonly string[]
  readonly allowRun?: boolean
  readonly allowOutside?: boolean
  readonly now?: string
  readonly waivers: boolean
  readonly baseline?: string
}

const EXAMPLES = `
Examples:
  mlcheck audit
  mlcheck audit --allow-run
  mlcheck audit --phase after
  mlcheck audit --only data.input-schema model.size -v
  mlcheck audit --manifest models/credit/model.yaml --report markdown=summary.md
  mlcheck audit --baseline audit-main.json

Without --allow-run no command of yours is run, and an item that needs one is inconclusive.
Reports that mlcheck.yaml lists are written unless --report or --json is given.
Each run adds a line to .mlcheck/history.jsonl beside the manifest, for items of the phase after.
What an item checks: mlcheck explain ID. What the exit code means: mlcheck help exit-codes`

export function addAuditCommand(program: Command, session: Session): void {
  const command = program
    .command('audit')
    .summary('verify the checklist against the model manifest')
    .description('Is this model ready? Verifies every item of the checklist from evidence.')
    .option(
      '--checklist <path>',
      'the checklist; default: checklist.yaml if there is one, else the shipped one',
    )
    .option('--manifest <path>', 'the model manifest; default: model.yaml')
    .addOption(choiceOption('--phase <phase>', 'the items of this phase; default: before', PHASES))
    .addOption(
      new Option('--section <section...>', 'only the items of these sections')
        .choices(SECTIONS)
        .argParser(parseChoices(SECTIONS)),
    )
    .option('--only <id...>', 'only the items with these ids')
    .option('--allow-run', 'run the commands that the manifest names, where an item needs them')
    .option('--allow-outside', 'accept paths in the manifest that leave its repository')
    .option(
      '--now <date>',
      'when ages, expiries and cadences are judged, such as 2026-11-24; the clock if not given',
      parseInstant,
    )
    .option('--no-waivers', 'judge as if there were no waivers')
    .option('--baseline <result>', 'a stored result: only what fails beyond it fails the run')
  command.addOption(groupOption())
  addViewOptions(addReportOptions(addGateOptions(addHistoryOptions(command))))
  command.addHelpText('after', EXAMPLES).action(async (flags: AuditFlags) => {
    await judge(
      session,
      flags,
      [flags.manifest ?? 'model.yaml', flags.checklist ?? 'checklist.yaml', flags.baseline],
      async (context) => {
        const { runAudit } = await session.apps.audit()
        return runAudit(requestOf(flags), context)
      },
    )
  })
}

function requestOf(flags: AuditFlags): AuditRequest {
  const { section = [], only = [], ...settings } = ownFlags(flags)
  const { allowRun = false, allowOutside = false, reportOnly = false } = settings
  return { ...settings, sections: section, only, allowRun, allowOutside, reportOnly }
}
