/** A requirement line after pip's joining and comment removal. */
export interface LogicalLine {
  /** The first physical line, from 1. */
  readonly line: number
  readonly text: string
  /** A physical line that became part of a comment by a backslash behind that comment. */
  readonly swallowed: readonly { readonly line: number; readonly text: string }[]
}

// The line ends of Python's str.splitlines, which pip uses.
const LINE_END = /\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/
const STARTS_WITH_COMMENT = /^\s*#/
const BLANK = /\s/

/**
 * The text of a requirement file: UTF-8, or UTF-16 with a byte order mark.
 *
 * @returns `undefined` when the bytes are neither.
 */
export function decodeRequirements(bytes: Uint8Array): string | undefined {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

/**
 * The logical lines of a requirement file, joined as pip joins them: a backslash at the end of a
 * physical line continues it even behind a comment, and comments are removed after the joining, so
 * that what follows such a comment is silently not installed.
 */
export function logicalLines(text: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = []
  let open: { line: number; text: string }[] = []
  const close = () => {
    const line = joined(open)
    if (line.text !== '' || line.swallowed.length > 0) lines.push(line)
    open = []
  }
  for (const [index, physical] of text.split(LINE_END).entries()) {
    const line = index + 1
    const isComment = STARTS_WITH_COMMENT.test(physical)
    if (physical.endsWith('\\') && !isComment) {
      open.push({ line, text: withoutOuterBackslashes(physical) })
      continue
    }
    // A comment line ends a continuation; the blank keeps it a comment after the joining.
    open.push({ line, text: isComment ? ` ${physical}` : physical })
    close()
  }
  if (open.length > 0) close()
  return lines
}

function joined(parts: readonly { line: number; text: string }[]): LogicalLine {
  const commentAt = parts.findIndex((part) => commentStart(part.text) !== -1)
  const swallowed =
    commentAt === -1
      ? []
      : parts
          .slice(commentAt + 1)
          .map(({ line, text }) => ({ line, text: withoutComment(text) }))
          .filter(({ text }) => text !== '')
  const text = withoutComment(parts.map((part) => part.text).join(''))
  return { line: parts[0]?.line ?? 1, text, swallowed }
}

/** Where a comment begins: at a `#` that is first or stands behind a blank. Complexity: linear. */
function commentStart(text: string): number {
  let at = text.indexOf('#')
  while (at > 0 && !BLANK.test(text[at - 1] ?? '')) at = text.indexOf('#', at + 1)
  return at
}

function withoutComment(text: string): string {
  const at = commentStart(text)
  return (at === -1 ? text : text.slice(0, at)).trim()
}

function withoutOuterBackslashes(text: string): string {
  let [start, end] = [0, text.length]
  while (text[start] === '\\') start += 1
  while (end > start && text[end - 1] === '\\') end -= 1
  return text.slice(start, end)
}
