import type { Location } from '../../core/evidence.ts'
import type { MarkdownLine } from './markdown.ts'

/** A file of the repository that a runbook names. */
export interface FileReference {
  readonly path: string
  readonly location: Location
}

const LINK = /\]\(([^()\s]+)\)/g
const SPAN = /`([^`]+)`/g
const WORD = /[^\s"'`=,;|&<>()]+/g
/** A word with the ending of a script, a document or a configuration. */
const FILE_WORD =
  /^(?:[\w.@-]+\/)*[\w@-][\w.@-]*\.(?:sh|bash|py|js|mjs|ts|rb|md|rst|txt|ya?ml|json|jsonl|toml|ini|cfg|sql|tf)$/
const PATH = /^(?:[\w.@-]+\/)*[\w.@-]+$/
/** What stands before a script to run, and before a file that is written. */
const RUNS = /(?:^|[\s;&|(])(?:sh|bash|zsh|python3?|node|ruby|perl|source)\s+$/
const WRITES = /(?:>>?|\btouch|\btee(?: -a)?|\bmkdir(?: -p)?)\s*$/

/**
 * The files that a runbook names: targets of links, words of code with the ending of a script, a
 * document or a configuration, and what a shell runs. Other words with a slash may be images,
 * branches or resources of a cluster and are left out, as are absolute paths, addresses, words with a
 * placeholder, comments, and files that the code itself writes.
 */
export function referencesIn(
  lines: readonly MarkdownLine[],
  path: string,
): readonly FileReference[] {
  const found = new Map<string, Location>()
  for (const { text, line, language } of lines) {
    for (const [file, index] of filesIn(text, language)) {
      if (!found.has(file)) found.set(file, { path, line, column: index + 1 })
    }
  }
  return [...found].map(([file, location]) => ({ path: file, location }))
}

type Found = readonly (readonly [file: string, index: number])[]

function filesIn(text: string, language: string | undefined): Found {
  if (language !== undefined) return /^\s*#/.test(text) ? [] : wordsOf(text, 0)
  const links = [...text.matchAll(LINK)].flatMap((match): Found => {
    const file = repositoryPath(match[1] ?? '')
    return file === undefined ? [] : [[file, match.index + 2]]
  })
  const spans = [...text.matchAll(SPAN)].flatMap((match) =>
    wordsOf(match[1] ?? '', match.index + 1),
  )
  return [...links, ...spans]
}

function wordsOf(text: string, offset: number): Found {
  return [...text.matchAll(WORD)].flatMap((match): Found => {
    const before = text.slice(0, match.index)
    const file = repositoryPath(match[0])
    if (file === undefined || WRITES.test(before)) return []
    const isRun = RUNS.test(before) || match[0].startsWith('./')
    const isFile = FILE_WORD.test(file) || (isRun && PATH.test(file))
    return isFile ? [[file, offset + match.index]] : []
  })
}

/** A path inside of the repository without what a link or a sentence adds; `undefined` for others. */
function repositoryPath(written: string): string | undefined {
  const plain = written
    .replace(/[#?].*$/, '')
    .replace(/[.:,]+$/, '')
    .replace(/^\.\//, '')
  const isElsewhere = /^(?:[a-z][a-z+.-]*:|[/~-]|\.\.)/i.test(plain)
  return plain === '' || isElsewhere || /[{}$*\\]/.test(plain) ? undefined : plain
}
