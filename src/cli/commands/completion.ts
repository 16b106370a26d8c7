import { Argument, type Command } from 'commander'
import { schemaNames } from './schema.ts'
import { print, type Session } from '../session.ts'
import { parseChoice } from '../values.ts'

const SHELLS = ['bash', 'zsh', 'fish'] as const

const EXAMPLES = `
Examples:
  source <(mlcheck completion bash)
  mlcheck completion zsh > "\${fpath[1]}/_mlcheck"
  mlcheck completion fish > ~/.config/fish/completions/mlcheck.fish`

export function addCompletionCommand(program: Command, session: Session): void {
  program
    .command('completion')
    .summary('print a completion script for a shell')
    .description('Prints a script that completes commands, flags and their values.')
    .addArgument(
      new Argument('<shell>', 'the shell that reads the script')
        .choices(SHELLS)
        .argParser(parseChoice(SHELLS)),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (shell: (typeof SHELLS)[number]) => {
      await print(session, await scriptFor(shell, program, session.world.packageRoot))
      session.end(0)
    })
}

async function scriptFor(
  shell: (typeof SHELLS)[number],
  program: Command,
  packageRoot: string,
): Promise<string> {
  const { commandTree } = await import('../completion/command-tree.ts')
  const topics = ['exit-codes', ...program.commands.map((command) => command.name())]
  const { explainRecords } = await import('../explain-sources.ts')
  const commands = commandTree(program, {
    help: topics,
    schema: await schemaNames(packageRoot),
    explain: explainRecords().map(({ id }) => id),
  })
  switch (shell) {
    case 'bash':
      return (await import('../completion/bash.ts')).bashCompletion(commands)
    case 'zsh':
      return (await import('../completion/zsh.ts')).zshCompletion(commands)
    case 'fish':
      return (await import('../completion/fish.ts')).fishCompletion(commands)
  }
}
