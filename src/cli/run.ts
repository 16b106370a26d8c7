import { CommanderError, type Command } from 'commander'
import { InterruptedError } from '../core/errors.ts'
import type { ExitCode } from '../core/result.ts'
import { exitCodeOfError } from '../policy/exit-code.ts'
import type { Apps } from './apps.ts'
import { viewError } from './error-view.ts'
import { write } from './io.ts'
import { createProgram } from './program.ts'
import { unknownName } from './unknown-name.ts'
import { isAnswered, isWithoutCommand, usageError } from './usage-error.ts'
import type { World } from './world.ts'

/**
 * Runs one command line.
 *
 * @param args the arguments after the program's name.
 * @returns the exit code, once everything is written.
 */
export async function run(args: readonly string[], world: World, apps: Apps): Promise<ExitCode> {
  // A command that forgets to say how it ended is a defect, never a pass.
  let exitCode: ExitCode = 70
  let isVerbose = false
  const program = createProgram({
    world,
    apps,
    end: (code) => {
      exitCode = code
    },
  })
  program.hook('preAction', (_, command) => {
    isVerbose = command.opts<{ verbose?: boolean }>().verbose === true
  })
  try {
    requireCommand(args, program)
    await program.parseAsync(args, { from: 'user' })
    await write(world.stdout, '')
  } catch (error) {
    // What breaks after the user has stopped the run, breaks because of it.
    const cause = world.signal.aborted ? new InterruptedError() : error
    exitCode = await tell(cause, args, world, isVerbose)
  }
  return exitCode
}

/** Commander would answer `mlcheck no-such-command --help` with the general help, as if all were well. */
function requireCommand([name]: readonly string[], program: Command): void {
  if (name === undefined || name.startsWith('-')) return
  const names = program.commands.map((command) => command.name())
  if (!names.includes(name)) throw unknownName('command', name, names)
}

async function tell(
  error: unknown,
  [name = '-']: readonly string[],
  world: World,
  isVerbose: boolean,
): Promise<ExitCode> {
  let toTell = error
  if (error instanceof CommanderError) {
    if (isAnswered(error)) return 0
    if (isWithoutCommand(error)) return exitCodeOfError('usage')
    toTell = usageError(error, name.startsWith('-') ? undefined : name)
  }
  const view = viewError(toTell, isVerbose)
  // Where even this cannot be written, the exit code is all that is left to say it.
  await write(world.stderr, view.text).catch(() => undefined)
  return view.exitCode
}
