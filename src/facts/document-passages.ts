const HEADING = /^ {0,3}(#{1,6})[ \t]+(.+?)[ \t#]*$/
const ENTRY = /^\s*([-*+]|\d+[.)])\s+/
const ROW = /^\s*\|/
const RULE = /^[\s|:-]+$/
const FENCE = /^\s*(```|~~~)/

/**
 * The passages of a Markdown text: paragraphs, list entries and rows of tables, each after the headings
 * that it stands under, a row also after the first row of its table. What belongs together stands in one
 * passage. Fenced code is one passage; comments are none.
 */
export function passagesOf(markdown: string): readonly string[] {
  const lines = markdown.replaceAll(/<!--.*?-->/gs, '').split(/\r?\n/)
  const headings: string[] = []
  const passages: string[] = []
  let open: string[] = []
  let head: string | undefined
  let isFenced = false
  const close = () => {
    if (open.length > 0) passages.push([...headings, ...open].join('\n'))
    open = []
  }
  for (const line of lines) {
    if (FENCE.test(line)) isFenced = !isFenced
    const [, marks, title] = isFenced ? [] : (HEADING.exec(line) ?? [])
    const isRow = !isFenced && ROW.test(line)
    if (marks !== undefined && title !== undefined) {
      close()
      headings.length = Math.min(headings.length, marks.length - 1)
      while (headings.length < marks.length - 1) headings.push('')
      headings.push(title)
      passages.push(headings.join('\n'))
    } else if (isRow) {
      if (head === undefined) close()
      if (!RULE.test(line)) passages.push([...headings, head ?? '', line].join('\n'))
      head ??= line
    } else if (!isFenced && (line.trim() === '' || ENTRY.test(line))) {
      close()
      if (line.trim() !== '') open = [line]
    } else {
      open.push(line)
    }
    if (!isRow) head = undefined
  }
  close()
  return passages
}
