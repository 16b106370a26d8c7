import type { ShellWord } from './shell-commands.ts'

/** Options of uv that are followed by a value which is no package. */
const WITH_VALUE =
  /^(-[pi]|--(python|index|default-index|index-url|extra-index-url|find-links|directory|project|cache-dir|env-file|group|extra|package|link-mode))$/

/**
 * The packages that uv installs for one program: those of `uv tool install`, of `uv tool run` or `uvx`,
 * and what `--with` adds to any of them or to `uv run`.
 *
 * @returns words as pip would read them; `undefined` for a command that names none.
 */
export function uvPackages(words: readonly ShellWord[]): readonly ShellWord[] | undefined {
  const at = words.findIndex(({ text }) => /(^|\/)uvx?$/.test(text))
  const isShort = words[at]?.text.endsWith('uvx') === true
  const [verb = '', second = ''] = words.slice(at + 1).map(({ text }) => text)
  if (at === -1) return undefined
  if (isShort) return toolPackages(words.slice(at + 1))
  if (verb === 'tool' && second === 'install') return words.slice(at + 3)
  if (verb === 'tool' && second === 'run') return toolPackages(words.slice(at + 3))
  const added = verb === 'run' ? addedPackages(words.slice(at + 2)) : []
  return added.length === 0 ? undefined : added
}

/** The first word names the package, unless `--from` does; all behind it belongs to the program. */
function toolPackages(words: readonly ShellWord[]): readonly ShellWord[] {
  const end = programAt(words)
  const from = valuesOf(words.slice(0, end), '--from')
  const program = words.slice(end, end + 1)
  return [...(from.length > 0 ? from : program), ...addedPackages(words)].map(withVersion)
}

function addedPackages(words: readonly ShellWord[]): readonly ShellWord[] {
  return valuesOf(words.slice(0, programAt(words)), '--with').flatMap(({ text, line }) =>
    // A comma begins another package where no version stands before it.
    text.split(/,(?=[A-Za-z])/).map((each) => ({ text: each, line })),
  )
}

function programAt(words: readonly ShellWord[]): number {
  for (let at = 0; at < words.length; at++) {
    const { text = '' } = words[at] ?? {}
    if (WITH_VALUE.test(text) || text === '--from' || text === '--with') at += 1
    else if (!text.startsWith('-')) return at
  }
  return words.length
}

function valuesOf(words: readonly ShellWord[], option: string): readonly ShellWord[] {
  return words.flatMap(({ text, line }, at) => {
    if (text.startsWith(`${option}=`)) return [{ text: text.slice(option.length + 1), line }]
    const next = words[at + 1]
    return text === option && next !== undefined ? [next] : []
  })
}

/** `ruff@0.8.0` is the version 0.8.0, `ruff@latest` any. */
function withVersion({ text, line }: ShellWord): ShellWord {
  const [, name, version] = /^([\w.[\]-]+)@([\w.!+]+)$/.exec(text) ?? []
  if (name === undefined || version === undefined) return { text, line }
  return { text: version === 'latest' ? name : `${name}==${version}`, line }
}
