import { Option, type Command } from 'commander'
import { GROUPINGS } from '../report/references.ts'
import { REPORT_FORMATS } from '../report/registry.ts'
import { COLOR_CHOICES, type ColorChoice } from './terminal.ts'
import { collect, parseChoice, parseInteger, parseText } from './values.ts'

const FORMAT_CHOICES = ['csv', 'parquet', 'arrow'] as const
export type DataFormat = (typeof FORMAT_CHOICES)[number]

/** The flags that decide how a report looks. */
export interface ViewFlags {
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly color: ColorChoice
  readonly groupBy?: string
}

/** The flags that decide where reports go. */
export interface ReportFlags {
  readonly report?: readonly string[]
  readonly json?: boolean
}

/** The flags that decide when the gate closes. */
export interface GateFlags {
  readonly failOn?: 'warn' | 'fail'
  readonly reportOnly?: boolean
  readonly seed?: number
  readonly config?: string
}

/** An option that takes one of a few words; help and completion list them. */
export function choiceOption(
  flags: string,
  description: string,
  choices: readonly string[],
): Option {
  return new Option(flags, description).choices(choices).argParser(parseChoice(choices))
}

/**
 * `--color`, `--quiet`, `--verbose`.
 *
 * @param texts what is left of the output with `--quiet`, and what comes with `--verbose`.
 */
export function addViewOptions(
  command: Command,
  texts = {
    quiet: 'only what failed or is not verified, and the verdict; no progress',
    verbose: 'everything unfolded, and the stack of an internal error',
  },
): Command {
  return command
    .addOption(
      choiceOption('--color <when>', 'colour of the report', COLOR_CHOICES).default('auto'),
    )
    .option('-q, --quiet', texts.quiet)
    .option('-v, --verbose', texts.verbose)
}

/** `--group-by`. */
export function groupOption(): Option {
  return choiceOption(
    '--group-by <ref>',
    'the items of text and Markdown by the references of a framework',
    GROUPINGS,
  )
}

/** `--report`, `--json`. */
export function addReportOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--report <format[=path]>',
        'write a report, to PATH or to standard output; repeatable',
      )
        .choices(REPORT_FORMATS.map(({ id }) => id))
        .argParser(collect),
    )
    .option('--json', 'the same as --report json')
}

/** `--config`, `--fail-on`, `--report-only`, `--seed`. */
export function addGateOptions(command: Command): Command {
  return command
    .option('--config <path>', 'settings file instead of the nearest mlcheck.yaml')
    .addOption(
      choiceOption('--fail-on <level>', 'the least that ends with exit code 1', ['warn', 'fail']),
    )
    .option('--report-only', 'end with exit code 0 instead of 1, 3 or 4')
    .option(
      '--seed <n>',
      'seed of resampling and shuffling',
      parseInteger({ min: 0, max: 2 ** 32 - 1 }),
    )
}

/** The flags about the ledger of a project. */
export interface HistoryFlags {
  readonly history: boolean
  readonly signOff?: string
}

/** `--sign-off`, `--no-history`. */
export function addHistoryOptions(command: Command): Command {
  return command
    .option('--sign-off <name>', 'who answers for this run, in .mlcheck/history.jsonl', parseText)
    .option('--no-history', 'do not record this run in .mlcheck/history.jsonl')
}

/** `--format` of data files. */
export function formatOption(): Option {
  return choiceOption(
    '--format <format>',
    'format of the data, instead of the one that its content shows',
    FORMAT_CHOICES,
  )
}

/** The report entries of the command line, or `undefined` when it names none. */
export function reportEntries({ report, json }: ReportFlags): readonly string[] | undefined {
  const entries = [...(json === true ? ['json'] : []), ...(report ?? [])]
  return entries.length === 0 ? undefined : entries
}

const SHARED_FLAGS: readonly string[] = ['quiet', 'verbose', 'color', 'groupBy', 'report', 'json']

/** The flags that a command hands to its work: all but those about reports. */
export function ownFlags<T extends ViewFlags>(
  flags: T,
): Omit<T, keyof ViewFlags | keyof ReportFlags> {
  return Object.fromEntries(
    Object.entries(flags).filter(([name]) => !SHARED_FLAGS.includes(name)),
  ) as Omit<T, keyof ViewFlags | keyof ReportFlags>
}
