/** A word of a shell command, without its quotes. */
export interface ShellWord {
  readonly text: string
  readonly line: number
}

/** Options of shells that take a command as text. */
const COMMAND_OPTION = /^-[a-z]*c$/
const SHELL = /(^|\/)(ba|da|z|k)?sh$/

/**
 * The simple commands of a shell text, split at `&&`, `||`, `;`, `|`, brackets and line ends that no
 * backslash continues; what `sh -c` is given is split too. Variables and substitutions stay as written.
 *
 * @param firstLine the line of the text's first character.
 */
export function shellCommands(text: string, firstLine: number): readonly (readonly ShellWord[])[] {
  const commands: ShellWord[][] = []
  let words: ShellWord[] = []
  let word: { text: string; line: number } | undefined
  let line = firstLine
  let quote = ''
  const closeWord = () => {
    if (word !== undefined) words.push(word)
    word = undefined
  }
  const closeCommand = () => {
    closeWord()
    if (words.length > 0) commands.push(words)
    words = []
  }
  const append = (character: string) => {
    word ??= { text: '', line }
    word.text += character
  }
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    const isContinued = character === '\\' && /^\\[ \t]*\r?\n/.test(text.slice(at, at + 80))
    if (isContinued && quote !== "'") {
      at = text.indexOf('\n', at)
      line += 1
      at = afterComments(at)
      continue
    }
    if (character === '\n') line += 1
    if (quote !== '') {
      if (character === quote) quote = ''
      else if (character === '\\' && quote === '"') append(text[++at] ?? '')
      else append(character)
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= { text: '', line }
    } else if (character === '\\') append(text[++at] ?? '')
    else if (character === '#' && word === undefined) {
      const end = text.indexOf('\n', at)
      at = end === -1 ? text.length : end - 1
    } else if (/[;&|()\n]/.test(character)) closeCommand()
    else if (/\s/.test(character)) closeWord()
    else append(character)
  }
  closeCommand()
  return commands.flatMap((command) => [command, ...nested(command)])

  /** Docker removes comment lines inside of a continued instruction. */
  function afterComments(newline: number): number {
    let end = newline
    for (;;) {
      const comment = /^[ \t]*#[^\n]*\n/.exec(text.slice(end + 1, end + 2000))?.[0]
      if (comment === undefined) return end
      end += comment.length
      line += 1
    }
  }
}

function nested(command: readonly ShellWord[]): readonly (readonly ShellWord[])[] {
  const shell = command.findIndex(({ text }) => SHELL.test(text))
  const option = command.findIndex(({ text }, at) => at > shell && COMMAND_OPTION.test(text))
  const script = shell === -1 || option === -1 ? undefined : command[option + 1]
  return script === undefined ? [] : shellCommands(script.text, script.line)
}
