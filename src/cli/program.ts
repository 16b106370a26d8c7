import { Command, type Option } from 'commander'
import { addAuditCommand } from './commands/audit.ts'
import { addCompletionCommand } from './commands/completion.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addDriftCommand } from './commands/drift.ts'
import { addExplainCommand } from './commands/explain.ts'
import { addHelpCommand } from './commands/help.ts'
import { addInspectCommand } from './commands/inspect.ts'
import { addProfileCommand } from './commands/profile.ts'
import { addAttestCommand, addWaiveCommand } from './commands/record.ts'
import { addRenderCommand } from './commands/render.ts'
import { addSchemaCommand } from './commands/schema.ts'
import type { Session } from './session.ts'
import type { OutputStream } from './world.ts'

const EXAMPLES = `
Examples:
  mlcheck demo                         see it work, nothing to configure
  mlcheck audit                        is this model ready?
  mlcheck drift train.csv today.csv    has the data moved?

Exit codes: 0 pass, 1 fail, 2 wrong usage, 3 not verified, 4 nothing checked
            (mlcheck help exit-codes). Nothing is sent anywhere.`

const HELP_WIDTH = 100

/** The whole command line. The modules that do the work are loaded by the command that runs. */
export function createProgram(session: Session): Command {
  const { world } = session
  const program = new Command('mlcheck')
    .description('Release gate for machine-learning models, offline and from files.')
    .version(world.version, '--version', 'the version')
    .helpOption('-h, --help', 'this help')
    .helpCommand(false)
    .exitOverride()
    .configureHelp({
      optionDescription: (option) => described(option),
      argumentDescription: (argument) => described(argument),
    })
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      // Errors are thrown, and told in the same words as all others.
      outputError: () => undefined,
      writeErr: (text) => world.stderr.write(text),
      getOutHelpWidth: () => helpWidth(world.stdout),
      getErrHelpWidth: () => helpWidth(world.stderr),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText('after', EXAMPLES)
  addAuditCommand(program, session)
  addDriftCommand(program, session)
  addInspectCommand(program, session)
  addProfileCommand(program, session)
  addAttestCommand(program, session)
  addWaiveCommand(program, session)
  addRenderCommand(program, session)
  addExplainCommand(program, session)
  addSchemaCommand(program, session)
  addDemoCommand(program, session)
  addCompletionCommand(program, session)
  addHelpCommand(program, session)
  return program
}

/** What an option is for and the words it takes, such as `colour (auto, always; default: auto)`. */
function described({
  description,
  argChoices = [],
  defaultValue,
}: Pick<Option, 'description' | 'argChoices'> & { readonly defaultValue?: unknown }): string {
  const choices = argChoices.join(', ')
  const extra = typeof defaultValue === 'string' ? `${choices}; default: ${defaultValue}` : choices
  return extra === '' ? description : `${description} (${extra})`
}

function helpWidth({ columns }: OutputStream): number {
  return Math.min(HELP_WIDTH, columns ?? HELP_WIDTH)
}
