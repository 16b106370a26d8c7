import type { CommandNode, OptionNode } from './command-tree.ts'

/** A completion script for zsh; it runs no helper. */
export function zshCompletion(commands: readonly CommandNode[]): string {
  return `#compdef mlcheck
# mlcheck completion for zsh: mlcheck completion zsh > "\${fpath[1]}/_mlcheck"
_mlcheck() {
  local -a commands
  commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    _arguments '--help[help]' '--version[version]'
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${commands.map(commandCase).join('\n')}
  esac
}
if [[ $funcstack[1] == _mlcheck ]]; then
  _mlcheck "$@"
else
  compdef _mlcheck mlcheck
fi
`
}

function commandCase({ name, options, words }: CommandNode): string {
  const specs = options.flatMap(optionSpecs)
  const rest = words.length === 0 ? '*:file:_files' : `*:word:(${words.join(' ')})`
  return `    ${name})
      _arguments \\
${[...specs, quoted(rest)].map((spec) => `        ${spec}`).join(' \\\n')}
      ;;`
}

function optionSpecs({ names, takesValue, values, description }: OptionNode): readonly string[] {
  const text = `[${description.replace(/[[\]:]/g, ' ')}]`
  const values_ = values.length === 0 ? '_files' : `(${values.join(' ')})`
  return names.map((name) => quoted(`*${name}${text}${takesValue ? `:value:${values_}` : ''}`))
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
