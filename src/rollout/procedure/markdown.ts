import type { SourceText } from '../located.ts'

/** A line of a Markdown text and what it is part of. */
export interface MarkdownLine {
  readonly text: string
  /** Starts at 1. */
  readonly line: number
  /** The language of the code block around it, `''` for one without; `undefined` for prose. */
  readonly language: string | undefined
}

const FENCE = /^\s{0,3}(`{3,}|~{3,})\s*([\w+#.-]*)/

/** The lines of a Markdown text, fences and comments left out; an open fence goes to the end. */
export function markdownLines({ text }: SourceText): readonly MarkdownLine[] {
  const lines: MarkdownLine[] = []
  let fence: string | undefined
  let language: string | undefined
  let isComment = false
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const [, mark, named = ''] = FENCE.exec(raw) ?? []
    if (fence === undefined && mark !== undefined && !isComment) {
      fence = mark
      language = named.toLowerCase()
      continue
    }
    if (fence !== undefined && mark?.startsWith(fence) === true && named === '') {
      fence = undefined
      language = undefined
      continue
    }
    if (fence !== undefined) {
      lines.push({ text: raw, line: index + 1, language })
      continue
    }
    const said = withoutComments(raw, isComment)
    isComment = said.isOpen
    lines.push({ text: said.text, line: index + 1, language: undefined })
  }
  return lines
}

/** A comment is replaced by blanks, so that columns stay. */
function withoutComments(raw: string, wasOpen: boolean): { text: string; isOpen: boolean } {
  let text = ''
  let rest = raw
  let isOpen = wasOpen
  for (;;) {
    const mark = isOpen ? '-->' : '<!--'
    const at = rest.indexOf(mark)
    const part = at === -1 ? rest : rest.slice(0, at)
    text += isOpen ? ' '.repeat(part.length) : part
    if (at === -1) return { text, isOpen }
    text += ' '.repeat(mark.length)
    rest = rest.slice(at + mark.length)
    isOpen = !isOpen
  }
}
