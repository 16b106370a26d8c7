import type { Command, Option } from 'commander'

/** What a shell needs to know of one option. */
export interface OptionNode {
  readonly names: readonly string[]
  readonly takesValue: boolean
  /** The values that are allowed; none where any is, such as a path. */
  readonly values: readonly string[]
  readonly description: string
}

export interface CommandNode {
  readonly name: string
  readonly description: string
  readonly options: readonly OptionNode[]
  /** Words that the first argument may be; none where it is a file or free. */
  readonly words: readonly string[]
}

/** The commands of a program as data, in the order of its help. */
export function commandTree(
  program: Command,
  words: Readonly<Record<string, readonly string[]>>,
): readonly CommandNode[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.summary(),
    options: [...command.options.map(optionNode), HELP],
    words: [
      ...command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
      ...(words[command.name()] ?? []),
    ],
  }))
}

const HELP: OptionNode = {
  names: ['-h', '--help'],
  takesValue: false,
  values: [],
  description: 'help on the command',
}

function optionNode(option: Option): OptionNode {
  return {
    names: [option.short, option.long].filter((name) => name !== undefined),
    takesValue: option.required || option.optional,
    values: option.argChoices ?? [],
    description: option.description,
  }
}
