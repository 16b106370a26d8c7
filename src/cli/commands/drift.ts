import { Option, type Command } from 'commander'
import type { DriftRequest } from '../../app/drift.ts'
import { DRIFT_RULES } from '../../config/settings.ts'
import {
  addGateOptions,
  addHistoryOptions,
  addReportOptions,
  addViewOptions,
  choiceOption,
  formatOption,
  ownFlags,
  type DataFormat,
  type GateFlags,
  type HistoryFlags,
  type ReportFlags,
  type ViewFlags,
} from '../options.ts'
import { judge, type Session } from '../session.ts'
import { parseChoices, parseInteger, parseNames, parseNumber } from '../values.ts'

interface DriftFlags extends ViewFlags, ReportFlags, GateFlags, HistoryFlags {
  readonly rule?: string
  readonly alsoRule?: readonly string[]
  readonly columns?: readonly string[]
  readonly groupKey?: string
  readonly timeColumn?: string
  readonly calibrate?: number
  readonly acceptSensitivity?: number
  readonly alpha?: number
  readonly format?: DataFormat
  readonly manifest?: string
}

const EXAMPLES = `
Examples:
  mlcheck drift train.csv today.csv
  mlcheck drift train.parquet "days/2026-11-*.parquet" --group-key customer_id
  mlcheck drift baseline.json today.csv --report junit=drift.xml --report json=drift.json
  mlcheck drift train.csv today.csv --also-rule textbook --fail-on warn
  zcat today.csv.gz | mlcheck drift train.csv - --format csv

Either side is a file (CSV, CSV.gz, Parquet, Arrow), a quoted glob, a folder of part files, or - for
CSV from standard input. The reference may also be a baseline that mlcheck profile has written.
Settings come from mlcheck.yaml; a flag goes before them. Reports that mlcheck.yaml lists are
written unless --report or --json is given.
In a project, each run adds a line to .mlcheck/history.jsonl beside its model.yaml.
What the rules do: mlcheck explain two-key. What the exit code means: mlcheck help exit-codes`

export function addDriftCommand(program: Command, session: Session): void {
  const command = program
    .command('drift')
    .summary('compare two data snapshots')
    .description('Has the data moved? Compares two snapshots column by column and gives a verdict.')
    .argument('<reference>', 'the data that the model was trained on, or a baseline of it')
    .argument('<current>', 'the data that the model sees now')
    .addOption(choiceOption('--rule <rule>', 'the rule that decides', DRIFT_RULES))
    .addOption(
      new Option('--also-rule <rule>', 'report what this rule would have said; repeatable')
        .choices(DRIFT_RULES)
        .argParser(parseChoices(DRIFT_RULES)),
    )
    .option('--columns <names>', 'compare only these columns, separated by commas', parseNames)
    .option(
      '--group-key <column>',
      'rows with the same value here belong together, such as those of a customer',
    )
    .option(
      '--time-column <column>',
      'the time of a row, where neighbouring rows resemble each other',
    )
    .option(
      '--calibrate <n>',
      'how often the reference is split to count false alarms; 0 for never',
      parseInteger({ min: 0, max: 100_000 }),
    )
    .option(
      '--accept-sensitivity <effect>',
      'let a column pass although a change of this share of its rows could go unseen',
      parseNumber({ min: 0, max: 1, isOpen: true }),
    )
    .option(
      '--alpha <p>',
      'significance level over all columns together',
      parseNumber({ min: 0, max: 1, isOpen: true }),
    )
    .addOption(formatOption())
    .option('--manifest <path>', 'the model.yaml that declares roles, ranges and values of columns')
  addViewOptions(addReportOptions(addGateOptions(addHistoryOptions(command))))
  command
    .addHelpText('after', EXAMPLES)
    .action(async (reference: string, current: string, flags: DriftFlags) => {
      await judge(session, flags, [reference, current, flags.manifest], async (context) => {
        const { runDrift } = await session.apps.drift()
        return runDrift(requestOf(reference, current, flags), context)
      })
    })
}

function requestOf(reference: string, current: string, flags: DriftFlags): DriftRequest {
  const { alsoRule = [], reportOnly = false, ...settings } = ownFlags(flags)
  return { ...settings, reference, current, alsoRules: alsoRule, reportOnly }
}
