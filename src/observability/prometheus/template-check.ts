/** Names that the templates of Prometheus define beside the data of the alert. */
const VARIABLES = ['labels', 'value', 'externalLabels', 'externalURL', '']
const BLOCKS = ['if', 'range', 'with', 'define', 'block']

export interface TemplateProblem {
  readonly offset: number
  readonly reason: string
}

/**
 * The first reason why the template of a label or an annotation cannot be filled in: braces that are
 * not closed, a block without end, an end without block, a variable that nobody defines. Calls
 * inside of the braces are not checked. O(length).
 */
export function templateProblem(text: string): TemplateProblem | undefined {
  const open: OpenBlock[] = []
  let known: ReadonlySet<string> = new Set(VARIABLES)
  let at = text.indexOf('{{')
  while (at !== -1) {
    const isComment = /^\{\{-?\s*\/\*/.test(text.slice(at, at + 40))
    const end = isComment ? text.indexOf('*/', at) : closingBraces(text, at + 2)
    const close = isComment && end !== -1 ? text.indexOf('}}', end) : end
    if (close === -1) return { offset: at, reason: '{{ is not closed' }
    if (!isComment) {
      const inside = text
        .slice(at + 2, close)
        .replace(/^-\s/, '')
        .replace(/\s-$/, '')
      const action = readAction(inside, known)
      const { word } = action
      if (BLOCKS.includes(word)) open.push({ word, offset: at, known })
      const closed = word === 'end' ? open.pop() : open.at(-1)
      if (closed === undefined && (word === 'end' || word === 'else')) {
        return { offset: at, reason: `{{ ${word} }} stands outside of a block` }
      }
      if (action.problem !== undefined) return { offset: at, reason: action.problem }
      // What a block defines is known up to its end.
      known = word === 'end' ? (closed?.known ?? known) : action.known
    }
    at = text.indexOf('{{', close + 2)
  }
  const [left] = open
  return left === undefined
    ? undefined
    : { offset: left.offset, reason: `{{ ${left.word} }} has no {{ end }}` }
}

interface OpenBlock {
  readonly word: string
  readonly offset: number
  /** The variables before the block. */
  readonly known: ReadonlySet<string>
}

interface Action {
  readonly word: string
  readonly known: ReadonlySet<string>
  readonly problem: string | undefined
}

function readAction(inside: string, before: ReadonlySet<string>): Action {
  const bare = inside.replaceAll(/"(?:[^"\\\n]|\\.)*"|`[^`]*`/g, '""').trim()
  const [word = ''] = /^\w+/.exec(bare) ?? []
  const known = new Set(before)
  for (const [, first = '', second] of bare.matchAll(/\$(\w*)(?:\s*,\s*\$(\w+))?\s*:=/g)) {
    known.add(first)
    if (second !== undefined) known.add(second)
  }
  const unknown = [...bare.matchAll(/\$(\w*)/g)].find(([, name = '']) => !known.has(name))
  const isClosed = bare.split('(').length === bare.split(')').length
  const problem =
    bare === ''
      ? 'there is nothing between the braces'
      : unknown !== undefined
        ? `nothing defines ${unknown[0]}`
        : isClosed
          ? undefined
          : 'a bracket is not closed'
  return { word, known, problem }
}

/** Where `}}` ends an action; a text in quotes may hold braces. */
function closingBraces(text: string, from: number): number {
  const token = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|\}\}|\{\{/g
  token.lastIndex = from
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    if (found[0] === '}}') return found.index
    if (found[0] === '{{') return -1
  }
  return -1
}
