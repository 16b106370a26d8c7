import { Chalk } from 'chalk'
import type { Outcome } from '../../../core/outcome.ts'
import type { Verdict } from '../../../core/result.ts'
import type { ReportOptions } from '../../reporter.ts'
import { pad } from '../../layout.ts'
import { safeText } from '../../safe-text.ts'
import { OUTCOME_WORDS } from '../../vocabulary.ts'

const SYMBOLS: Readonly<Record<Outcome, readonly [unicode: string, ascii: string]>> = {
  pass: ['✓', '+'],
  warn: ['!', '!'],
  fail: ['✗', 'x'],
  inconclusive: ['?', '?'],
  'not-applicable': ['–', '-'],
  'needs-review': ['☐', 'o'],
  waived: ['~', '~'],
}

/** Signs of our own words that a terminal without Unicode gets in letters. */
const ASCII: Readonly<Record<string, string>> = {
  '≥': '>=',
  '≤': '<=',
  '→': '->',
  '·': '|',
  '…': '...',
  '–': '-',
  '×': 'x',
  '±': '+/-',
  '§': 'section ',
}

/** How the parts of a text report look for one set of options. */
export interface Style {
  readonly width: number
  readonly unicode: boolean
  readonly isVerbose: boolean
  readonly isQuiet: boolean
  /** Words from anywhere, made harmless and, where need be, ASCII. */
  say(text: string): string
  symbol(outcome: Outcome): string
  paint(outcome: Outcome, text: string): string
  verdict(outcome: Verdict['outcome'], text: string): string
  bold(text: string): string
  dim(text: string): string
}

const MIN_WIDTH = 40
const MAX_WIDTH = 100

export function createStyle({ color, unicode, width, verbosity }: ReportOptions): Style {
  const chalk = new Chalk({ level: color ? 1 : 0 })
  const paints: Readonly<Record<Outcome, (text: string) => string>> = {
    pass: chalk.green,
    warn: chalk.yellow,
    fail: chalk.red,
    inconclusive: chalk.magenta,
    'not-applicable': chalk.dim,
    'needs-review': chalk.magenta,
    waived: chalk.cyan,
  }
  const verdicts: Readonly<Record<Verdict['outcome'], (text: string) => string>> = {
    pass: chalk.green.bold,
    fail: chalk.red.bold,
    inconclusive: chalk.magenta.bold,
    'nothing-checked': chalk.magenta.bold,
  }
  return {
    width: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)),
    unicode,
    isVerbose: verbosity === 'verbose',
    isQuiet: verbosity === 'quiet',
    say: (text) => {
      const safe = safeText(text)
      return unicode ? safe : safe.replace(/[≥≤→·…–×±§]/g, (sign) => ASCII[sign] ?? sign)
    },
    symbol: (outcome) => SYMBOLS[outcome][unicode ? 0 : 1],
    paint: (outcome, text) => paints[outcome](text),
    verdict: (outcome, text) => verdicts[outcome](text),
    bold: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
  }
}

const WORD_WIDTH = Math.max(...Object.values(OUTCOME_WORDS).map((word) => word.length))

/** Cells that the symbol and the word of an outcome take. */
export const MARK_WIDTH = 2 + WORD_WIDTH

/** Symbol and word of an outcome: colour is never the only sign. */
export function mark(outcome: Outcome, style: Style): string {
  return style.paint(outcome, `${style.symbol(outcome)} ${pad(OUTCOME_WORDS[outcome], WORD_WIDTH)}`)
}
