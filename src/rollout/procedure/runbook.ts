import type { Location } from '../../core/evidence.ts'
import type { SourceText } from '../located.ts'
import { DAY_MS, HOUR_MS } from '../quantities.ts'
import { markdownLines, type MarkdownLine } from './markdown.ts'
import { placeholdersIn, type Placeholder } from './placeholders.ts'
import { referencesIn, type FileReference } from './references.ts'

export const RUNBOOK_STEPS = ['select', 'swap', 'cache', 'notify', 'record'] as const

/** Select the version, swap the model, clear caches, notify people, record the incident. */
export type RunbookStep = (typeof RUNBOOK_STEPS)[number]

/** Something said in a runbook, with its place. */
export interface Said<T> {
  readonly value: T
  readonly location: Location
}

/** What a rollback procedure says. */
export interface Runbook {
  readonly path: string
  /** Where each step is first spoken of. */
  readonly steps: ReadonlyMap<RunbookStep, Location>
  readonly placeholders: readonly Placeholder[]
  readonly references: readonly FileReference[]
  readonly owner: Said<string> | undefined
  readonly contact: Said<string> | undefined
  /** In milliseconds. */
  readonly maximumTime: Said<number> | undefined
  /** The newest ISO day of a drill. */
  readonly lastDrill: Said<string> | undefined
}

const STEP_WORDS: Readonly<Record<RunbookStep, RegExp>> = {
  select:
    /\b(select|choose|pick|identify|determine|find|look up|set|load|check out|read)\b.*\b(version|revision|digest|release|previous model|last good|known[- ]good)\b/i,
  swap: /\b(swap|switch|repoint|re-point|symlink|promote|redirect)\b|\bpoint\b.*\b(to|at)\b|\broute\b.*\btraffic\b|\bln -s|\brollout undo\b|\bset-alias\b|\balias\b/i,
  cache:
    /\b(purge|clear|flush|invalidate|evict|empty|drop)\w*\b.*\bcach(e|es|ed|ing)\b|\bcach(e|es)\b.*\b(purge|clear|flush|invalidat|evict|empt)/i,
  notify:
    /\bnotif(y|ies|ied|ication)\b|\binform\b|\bannounce\b|\btell\b|\bpage (the|on)\b|\bpost\b.*(#|\bchannel\b|\bslack\b)|\be-?mail (to|the)\b/i,
  record:
    /\b(log|record|write|append|enter|note|open|file|create|add)\b.*\b(incident|post-?mortem)|\bincidents?[ -](log|record|report|ticket)\b|\bincidents?\.jsonl\b/i,
}

const OWNER = /^\W*(?:owner|owned by|responsible)\W*[:|]\W*(.*)$/i
const CONTACT =
  /^\W*(?:contacts?|on[- ]call|escalation|phone|pager|slack|channel|call)\W*[:|]\s*[*_]*\s*(.*)$/i
const MAXIMUM_TIME =
  /\b(?:maximum time|max(?:imum)?\.? (?:duration|time)|time limit|target time|time to restore|rto|recovery time objective|recovery time|within|at most|no longer than)\b[^\d\n]{0,20}(\d+(?:\.\d+)?)\s*(s|secs?|seconds?|m|mins?|minutes?|h|hours?)\b/i
const DRILL =
  /\b(?:(?:last|latest|previous)\s+(?:drill|rehearsal|exercise|tested|test|practised|practiced)|drilled|rehearsed|last drilled|last_drill)\b[^\d\n]{0,30}(\d{4}-\d{2}-\d{2})\b/gi

/** The patterns of steps take long on lines that are no sentences. */
const LONGEST_SENTENCE = 2000

/** Values that say nothing. */
const NOTHING = /^[\s|*_`-]*(?:tbd|todo|n\/?a|none|unknown|\?+|<[^>]*>|\{[^}]*\})?[\s|*_`.]*$/i

/**
 * Reads a rollback procedure in Markdown: which steps it has, what it leaves open, which files of the
 * repository it names, and who, how, how fast and when it was last tried. Only English words are
 * known, so a step that is not found may be there in other words.
 */
export function readRunbook(source: SourceText): Runbook {
  const lines = markdownLines(source)
  const short = lines.map((line) => ({ ...line, text: line.text.slice(0, LONGEST_SENTENCE) }))
  const { path } = source
  const steps = new Map<RunbookStep, Location>()
  for (const { text, line } of short) {
    // The title of a runbook names what it is for, not a step.
    if (/^\s*#\s/.test(text)) continue
    for (const step of RUNBOOK_STEPS) {
      const found = STEP_WORDS[step].exec(text)
      if (found !== null && !steps.has(step)) {
        steps.set(step, { path, line, column: found.index + 1 })
      }
    }
  }
  return {
    path,
    steps,
    placeholders: placeholdersIn(lines, path),
    references: referencesIn(lines, path),
    owner: saidIn(short, path, OWNER),
    contact: saidIn(short, path, CONTACT),
    maximumTime: maximumTimeIn(short, path),
    lastDrill: lastDrillIn(short, path),
  }
}

function saidIn(
  lines: readonly MarkdownLine[],
  path: string,
  pattern: RegExp,
): Said<string> | undefined {
  for (const { text, line, language } of lines) {
    const value = language === undefined ? pattern.exec(text)?.[1] : undefined
    if (value === undefined || NOTHING.test(value)) continue
    const words = value.replace(/[|*_`\s]+$/, '').trim()
    return { value: words, location: { path, line, column: text.indexOf(words) + 1 } }
  }
  return undefined
}

function maximumTimeIn(lines: readonly MarkdownLine[], path: string): Said<number> | undefined {
  for (const { text, line } of lines) {
    const match = MAXIMUM_TIME.exec(text)
    const [, amount = '', unit = ''] = match ?? []
    if (match === null) continue
    const scale = unit.toLowerCase().startsWith('h')
      ? HOUR_MS
      : unit.toLowerCase().startsWith('m')
        ? HOUR_MS / 60
        : 1000
    return { value: Number(amount) * scale, location: { path, line, column: match.index + 1 } }
  }
  return undefined
}

function lastDrillIn(lines: readonly MarkdownLine[], path: string): Said<string> | undefined {
  const drills = lines.flatMap(({ text, line }) =>
    [...text.matchAll(DRILL)].flatMap((match) => {
      const value = match[1] ?? ''
      const location = { path, line, column: match.index + 1 }
      return dayNumberOf(value) === undefined ? [] : [{ value, location }]
    }),
  )
  return drills.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0)).at(-1)
}

/** Days since 1970 of an ISO day that is in the calendar. */
export function dayNumberOf(day: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined
  const time = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(day)) return undefined
  return time / DAY_MS
}
