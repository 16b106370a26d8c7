/** A glob with `*`, `?`, `**` and `{a,b}`, taken apart where its first special character stands. */
export interface Glob {
  /** The folders before the first special character, with a slash at the end; may be empty. */
  readonly base: string
  /** Whether matching names can lie in folders below `base`. */
  readonly isDeep: boolean
  /** Holds for the paths from `base`, with forward slashes, that the glob names. */
  readonly pattern: RegExp
}

/** @returns `undefined` for text without special characters: a path. */
export function parseGlob(text: string): Glob | undefined {
  const special = text.search(/[*?{]/)
  if (special === -1) return undefined
  const base = text.slice(0, text.lastIndexOf('/', special) + 1)
  const rest = text.slice(base.length)
  return { base, isDeep: /\/|\*\*/.test(rest), pattern: globPattern(rest) }
}

function globPattern(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[.+^$()|[\]\\]/g, (token) => {
    if (token === '**/') return '(?:.*/)?'
    if (token === '**') return '.*'
    if (token === '*') return '[^/]*'
    if (token === '?') return '[^/]'
    if (!token.startsWith('{')) return `\\${token}`
    const choices = token.slice(1, -1).split(',')
    return `(?:${choices.map((choice) => choice.replace(/[.*+?^$()|[\]\\]/g, '\\$&')).join('|')})`
  })
  return new RegExp(`^${source}$`)
}
