import { cp, mkdir, mkdtemp, readdir } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { UsageError } from '../core/errors.ts'
import type { ExitCode, Result } from '../core/result.ts'
import { runAudit } from './audit.ts'
import type { RunContext } from './context.ts'
import { runDrift } from './drift.ts'

export interface DemoRequest {
  /** Where the example goes; a new temporary folder if not given. */
  readonly directory?: string
  /** Whether a folder that holds files may be written into. */
  readonly force: boolean
}

/** The demonstration also prints between its runs. */
export interface DemoContext extends RunContext {
  print(text: string): void
  render(result: Result): Promise<string>
}

interface Step {
  readonly command: string
  readonly about: string
  readonly expected: ExitCode
  run(context: RunContext): Promise<Result>
}

/** The day on which the people of the example vouched for it. */
const DAY = '2026-11-24'

const REFERENCE = 'data/reference.csv'

const STEPS: readonly Step[] = [
  {
    command: `mlcheck audit --allow-run --now ${DAY}`,
    about:
      'Is this model ready? Each item is verified from the files that model.yaml names: metrics are computed again ' +
      'from the predictions, the predictor is run several times and compared with itself. What people vouch for ' +
      'expires; the day is given so that the example never does.',
    expected: 0,
    run: (context) =>
      runAudit(
        {
          sections: [],
          only: [],
          allowRun: true,
          allowOutside: false,
          waivers: true,
          reportOnly: false,
          now: DAY,
        },
        context,
      ),
  },
  {
    command: `mlcheck drift ${REFERENCE} production/unchanged.csv`,
    about: 'Has the data moved? These are other flights of the same fortnight, so it has not.',
    expected: 0,
    run: (context) => compare('production/unchanged.csv', context),
  },
  {
    command: `mlcheck drift ${REFERENCE} production/drifted.csv`,
    about:
      'These flights left in July. Nothing was injected: the weather changed with the season, the schedule did not.',
    expected: 1,
    run: (context) => compare('production/drifted.csv', context),
  },
]

function compare(current: string, context: RunContext): Promise<Result> {
  return runDrift({ reference: REFERENCE, current, alsoRules: [], reportOnly: false }, context)
}

/**
 * Copies the example and runs the audit and both comparisons on it.
 *
 * @returns 0 when every command ended as the walk-through says.
 * @throws Error when one did not: the shipped example is then broken, or the machine keeps it from running.
 */
export async function runDemo(
  { directory, force }: DemoRequest,
  context: DemoContext,
): Promise<ExitCode> {
  const folder = await prepareFolder(directory, force, context.cwd)
  await cp(path.join(context.packageRoot, 'fixtures', 'example'), folder, { recursive: true })
  context.print(
    `The example is in ${folder}\nA small model that says whether a flight from New York will be late.\n`,
  )
  const ended: (readonly [Step, Result])[] = []
  for (const step of STEPS) {
    const result = await step.run({ ...context, cwd: folder })
    context.print(`\n$ ${step.command}\n${step.about}\n\n${await context.render(result)}`)
    ended.push([step, result])
  }
  context.print(`\n${closing(ended, folder)}`)
  const other = ended.find(([step, { verdict }]) => verdict.exitCode !== step.expected)
  if (other !== undefined) {
    const [{ command, expected }, { verdict }] = other
    throw new Error(
      `${command} ended with ${String(verdict.exitCode)} instead of ${String(expected)}: ${verdict.reason}`,
    )
  }
  return 0
}

async function prepareFolder(
  directory: string | undefined,
  force: boolean,
  cwd: string,
): Promise<string> {
  if (directory === undefined) return mkdtemp(path.join(os.tmpdir(), 'mlcheck-demo-'))
  const folder = path.resolve(cwd, directory)
  await mkdir(folder, { recursive: true })
  if (!force && (await readdir(folder)).length > 0) {
    throw new UsageError(`${directory} is not empty`, {
      hint: 'Name another folder, or give --force to write into this one.',
    })
  }
  return folder
}

/** What a pipeline would have read, and what to try next. */
function closing(ended: readonly (readonly [Step, Result])[], folder: string): string {
  const width = Math.max(...ended.map(([{ command }]) => command.length))
  return [
    'What a pipeline reads:',
    ...ended.map(
      ([{ command }, { verdict }]) =>
        `  ${command.padEnd(width)}  exit ${String(verdict.exitCode)}  ${verdict.outcome}`,
    ),
    '',
    'Try next:',
    `  cd ${folder}`,
    '  edit the accuracy in model.yaml, then: mlcheck audit --only model.performance-documented',
    '  mlcheck explain two-key',
    '',
  ].join('\n')
}
