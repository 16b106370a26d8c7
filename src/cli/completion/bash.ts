import type { CommandNode } from './command-tree.ts'

/** A completion script for bash 4 or later; it runs no helper. */
export function bashCompletion(commands: readonly CommandNode[]): string {
  return `# mlcheck completion for bash: source <(mlcheck completion bash)
_mlcheck() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  # Bash splits --flag=value into three words.
  if [[ $current == = ]]; then
    current=
  elif [[ $previous == = ]]; then
    previous=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  if (( COMP_CWORD == 1 )); then
    COMPREPLY=( $(compgen -W '${commands.map(({ name }) => name).join(' ')} --help --version' -- "$current") )
    return
  fi
  case "\${COMP_WORDS[1]} $previous" in
${commands.flatMap(valueCases).join('\n')}
  esac
  case "\${COMP_WORDS[1]}" in
${commands.map(commandCase).join('\n')}
  esac
}
complete -o default -F _mlcheck mlcheck
`
}

function valueCases({ name, options }: CommandNode): readonly string[] {
  return options
    .filter(({ takesValue }) => takesValue)
    .map((option) => {
      const pattern = option.names.map((flag) => `'${name} ${flag}'`).join('|')
      // Without known values the shell's own completion of files takes over.
      const reply =
        option.values.length === 0
          ? ''
          : `COMPREPLY=( $(compgen -W '${option.values.join(' ')}' -- "$current") ); `
      return `    ${pattern}) ${reply}return ;;`
    })
}

function commandCase({ name, options, words }: CommandNode): string {
  const flags = options.flatMap(({ names }) => names).join(' ')
  return `    ${name})
      if [[ $current == -* ]]; then
        COMPREPLY=( $(compgen -W '${flags}' -- "$current") )
      else
        COMPREPLY=( $(compgen -W '${words.join(' ')}' -- "$current") )
      fi ;;`
}
