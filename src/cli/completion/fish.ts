import type { CommandNode, OptionNode } from './command-tree.ts'

/** A completion script for fish; it runs no helper. */
export function fishCompletion(commands: readonly CommandNode[]): string {
  const names = commands.map(({ name }) => name).join(' ')
  const lines = commands.flatMap(({ name, description, options, words }) => [
    `complete -c mlcheck -n 'not __fish_seen_subcommand_from ${names}' -f -a ${name} -d ${quoted(description)}`,
    ...(words.length === 0
      ? []
      : [
          `complete -c mlcheck -n '__fish_seen_subcommand_from ${name}' -f -a ${quoted(words.join(' '))}`,
        ]),
    ...options.map((option) => optionLine(name, option)),
  ])
  return `# mlcheck completion for fish: mlcheck completion fish | source\n${lines.join('\n')}\n`
}

function optionLine(command: string, { names, takesValue, values, description }: OptionNode) {
  const flags = names.map((name) =>
    name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  )
  const value = takesValue
    ? values.length === 0
      ? ' -r'
      : ` -x -a ${quoted(values.join(' '))}`
    : ''
  return `complete -c mlcheck -n '__fish_seen_subcommand_from ${command}' ${flags.join(' ')}${value} -d ${quoted(description)}`
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
