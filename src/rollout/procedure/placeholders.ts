import type { Location } from '../../core/evidence.ts'
import type { MarkdownLine } from './markdown.ts'

/** Something that somebody was to fill in. */
export interface Placeholder {
  readonly text: string
  readonly location: Location
}

const UNDONE = /\b(TODO|TBD|FIXME|XXX)\b/g
const DOUBLE_BRACES = /\{\{\s*[\w.]+\s*\}\}/g
const VARIABLE = /\$\{([A-Za-z_]\w*)([^}]*)\}/g
const BARE_VARIABLE = /(?<![\\$])\$([A-Za-z_]\w*)/g
const BRACES = /(?<![$@{#])\{([A-Za-z_]\w*)\}(?!\})/g
const ANGLES = /(?<![\w<=-])<([A-Za-z][\w .-]{0,40})>(?!>)/g

const HTML =
  /^(a|abbr|b|blockquote|br|code|dd|del|details|div|dl|dt|em|h[1-6]|hr|i|img|ins|kbd|li|ol|p|pre|q|s|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul)$/i
const SHELLS = ['sh', 'bash', 'shell', 'console', 'zsh', 'shellsession']
/** Languages inside of a shell line that have braces of their own. */
const BRACED_TOOLS = /\b(awk|jq|sed|jsonpath|go-template|--format|perl)\b/
/** Every shell has these. */
const SHELL_VARIABLES = ['HOME', 'USER', 'PWD', 'PATH', 'HOSTNAME', 'SHELL', 'TMPDIR', 'OLDPWD']

/**
 * What a runbook leaves open: `TODO`, `<name>`, `{name}`, `{{ name }}`, and `${NAME}` or `$NAME` that
 * no code of the runbook defines. A `{name}` in Python counts unless it stands in an f-string (or a
 * line with `.format(`) and the code defines it; one in prose counts unless code defines it.
 */
export function placeholdersIn(
  lines: readonly MarkdownLine[],
  path: string,
): readonly Placeholder[] {
  const defined = definedNames(lines)
  return lines.flatMap(({ text, line, language }) => {
    const found = new Map<number, string>()
    const add = (pattern: RegExp, isOpen: (match: RegExpExecArray) => boolean): void => {
      for (const match of text.matchAll(pattern)) {
        const inside = [...found].some(
          ([at, known]) => match.index >= at && match.index < at + known.length,
        )
        if (!inside && isOpen(match)) found.set(match.index, match[0])
      }
    }
    const isShell = language === '' || SHELLS.includes(language ?? 'none')
    add(UNDONE, () => true)
    add(DOUBLE_BRACES, () => true)
    add(VARIABLE, ([, name = '', rest = '']) => !isFilled(name, rest, defined))
    if (isShell) add(BARE_VARIABLE, ([, name = '']) => !isFilled(name, '', defined))
    add(BRACES, (match) => isOpenBrace(match, text, language, defined))
    add(ANGLES, ([, name = '']) => !HTML.test(name.trim()) && (language === undefined || isShell))
    return [...found]
      .sort(([a], [b]) => a - b)
      .map(([at, written]) => ({ text: written, location: { path, line, column: at + 1 } }))
  })
}

/** `${X:-value}` has a value, `${X:?text}` stops the script. */
function isFilled(name: string, rest: string, defined: ReadonlySet<string>): boolean {
  return /^:?[-=?+]/.test(rest) || defined.has(name) || SHELL_VARIABLES.includes(name)
}

function isOpenBrace(
  match: RegExpExecArray,
  text: string,
  language: string | undefined,
  defined: ReadonlySet<string>,
): boolean {
  const name = match[1] ?? ''
  if (language === undefined) return !defined.has(name)
  if (BRACED_TOOLS.test(text)) return false
  const isPython = language === 'python' || language === 'py'
  if (!isPython) return true
  const isFormatted = isInFormatString(text, match.index) || text.includes('.format(')
  // `{name}` by itself is a set, not a hole in a text.
  if (!isInString(text, match.index)) return false
  return !isFormatted || !defined.has(name)
}

function isInString(text: string, at: number): boolean {
  return openQuote(text, at) !== undefined
}

function isInFormatString(text: string, at: number): boolean {
  const quote = openQuote(text, at)
  return quote !== undefined && /(^|[^\w])(f|rf|fr)$/i.test(text.slice(0, quote))
}

/** Where the string that is open at a place begins. */
function openQuote(text: string, at: number): number | undefined {
  let open: number | undefined
  for (let index = 0; index < at; index += 1) {
    const character = text[index]
    if (character === '\\') index += 1
    else if (open === undefined && (character === '"' || character === "'")) open = index
    else if (open !== undefined && character === text[open]) open = undefined
  }
  return open
}

const DEFINITIONS = [
  /(?:^|[;&|]\s*|\b(?:export|local|readonly|declare|env)\s+)([A-Za-z_]\w*)=/g,
  /^\s*([A-Za-z_]\w*)\s*(?::[^=]+)?=(?!=)/g,
  /\bfor\s+([A-Za-z_]\w*)\s+in\b/g,
  /\bread\s+(?:-\w+\s+)*([A-Za-z_]\w*)/g,
  /\bas\s+([A-Za-z_]\w*)\s*:/g,
]

function definedNames(lines: readonly MarkdownLine[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { text, language } of lines) {
    if (language === undefined) continue
    for (const pattern of DEFINITIONS) {
      for (const [, name = ''] of text.matchAll(pattern)) names.add(name)
    }
    const [, parameters = ''] = /\bdef\s+\w+\(([^)]*)\)/.exec(text) ?? []
    for (const parameter of parameters.split(',')) {
      names.add(/^\s*\**(\w*)/.exec(parameter)?.[1] ?? '')
    }
  }
  return names
}
