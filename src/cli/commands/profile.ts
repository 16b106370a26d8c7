import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import type { RunContext } from '../../app/context.ts'
import { UsageError } from '../../core/errors.ts'
import { bytesText, countOf } from '../../report/number-text.ts'
import { writeFileWhole } from '../io.ts'
import {
  addViewOptions,
  formatOption,
  ownFlags,
  type DataFormat,
  type ViewFlags,
} from '../options.ts'
import { refuseOverwriting } from '../place.ts'
import { print, viewOptions, withContext, type Session } from '../session.ts'

interface ProfileFlags extends ViewFlags {
  readonly output: string
  readonly config?: string
  readonly format?: DataFormat
  readonly force?: boolean
}

const STANDARD_OUTPUT = '-'

const EXAMPLES = `
Examples:
  mlcheck profile data/train.parquet -o baselines/train.json
  mlcheck drift baselines/train.json today.csv
  zcat train.csv.gz | mlcheck profile - --format csv -o train.json

The baseline holds distribution statistics and no rows; it is made to be reviewed and committed.`

export function addProfileCommand(program: Command, session: Session): void {
  const command = program
    .command('profile')
    .summary('record the distributions of a snapshot as a baseline')
    .description('Records the distribution statistics of a snapshot, without its rows.')
    .argument('<data>', 'a file, a quoted glob, a folder of part files, or - for standard input')
    .requiredOption('-o, --output <path>', 'the baseline to write; - for standard output')
    .option('--config <path>', 'settings file instead of the nearest mlcheck.yaml')
    .addOption(formatOption())
    .option('--force', 'replace a baseline that exists')
  addViewOptions(command, {
    quiet: 'print no summary and no progress',
    verbose: 'print the stack of an internal error',
  })
    .addHelpText('after', EXAMPLES)
    .action(async (data: string, flags: ProfileFlags) => {
      viewOptions(session, flags)
      const { output, force = false, ...request } = ownFlags(flags)
      const isStdout = output === STANDARD_OUTPUT
      const file = path.resolve(session.world.cwd, output)
      refuseOverwriting('the baseline', file, [data], session.world.cwd)
      if (!isStdout && !force && existsSync(file) && statSync(file).isFile()) {
        throw new UsageError(`${output} exists`, { hint: 'Give --force to replace it.' })
      }
      const read = new Set<string>()
      const work = async (context: RunContext) => {
        const { runProfile } = await session.apps.profile()
        return runProfile({ ...request, data }, context)
      }
      const { text, columns, rows } = await withContext(session, flags, work, read)
      refuseOverwriting('the baseline', file, [...read], session.world.cwd)
      if (isStdout) await print(session, text)
      else await writeFileWhole(file, text)
      if (!isStdout && flags.quiet !== true)
        await print(session, `${summary(output, columns, rows, text)}\n`)
      session.end(0)
    })
}

function summary(output: string, columns: number, rows: number, text: string): string {
  const parts = [countOf(columns, 'column'), countOf(rows, 'row')]
  return `${output}: ${parts.join(', ')}, ${bytesText(Buffer.byteLength(text))}`
}
