import type { Command } from 'commander'
import { EXIT_CODES } from '../../policy/exit-code.ts'
import { wrap } from '../../report/layout.ts'
import { print, type Session } from '../session.ts'
import { unknownName } from '../unknown-name.ts'

const EXIT_CODES_TOPIC = 'exit-codes'
const WIDTH = 80

const EXAMPLES = `
Examples:
  mlcheck help drift
  mlcheck help exit-codes`

export function addHelpCommand(program: Command, session: Session): void {
  program
    .command('help')
    .summary('help on a command, or on exit-codes')
    .description('Shows the help of a command, or what the exit codes mean.')
    .argument('[topic]', 'a command, or exit-codes')
    .addHelpText('after', EXAMPLES)
    .action(async (topic: string | undefined) => {
      if (topic === EXIT_CODES_TOPIC) await print(session, exitCodesHelp())
      else commandNamed(topic, program).outputHelp()
      session.end(0)
    })
}

function commandNamed(topic: string | undefined, program: Command): Command {
  if (topic === undefined) return program
  const command = program.commands.find((candidate) => candidate.name() === topic)
  if (command !== undefined) return command
  const topics = [EXIT_CODES_TOPIC, ...program.commands.map((candidate) => candidate.name())]
  throw unknownName('help on', topic, topics)
}

function exitCodesHelp(): string {
  const rows = EXIT_CODES.flatMap(({ code, meaning }) =>
    wrap(meaning, WIDTH, `${String(code).padStart(5)}  `),
  )
  return [
    'Exit codes of mlcheck',
    '',
    ...rows,
    '',
    ...wrap(
      'A definite failure stays one whatever else could not be decided: 70 > 130 > 2 > 1 > 3 > 4 > 0. --report-only turns 1, 3 and 4 into 0. The format of a report never changes the code; the JSON result repeats it with its reason.',
      WIDTH,
    ),
    '',
  ].join('\n')
}
