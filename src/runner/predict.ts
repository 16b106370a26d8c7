import { isUtf8 } from 'node:buffer'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InterruptedError } from '../core/errors.ts'
import type { FindingArgs, FindingCode } from '../core/finding.ts'
import type { CommandLine, CommandResult } from './command.ts'
import { formatExchangeCsv, parseExchangeCsv, type TextTable } from './exchange-csv.ts'
import { removeFolder } from './remove-folder.ts'
import type { Runner } from './runner.ts'
import { lastLines, pathsHidden } from './said.ts'

/** The column that ties an answered line to the row that was asked. */
export const ROW_COLUMN = '__row'

/** Answers are read whole; more than this is not an answer to the rows that were asked. */
const OUTPUT_BYTES = 256 * 1024 ** 2

export interface PredictRequest {
  readonly line: CommandLine
  readonly timeoutMs: number
  /** Feature columns only; the row ids are added here. */
  readonly table: TextTable
  /** One id for each row of the table, unique. */
  readonly ids: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** The path that `{model}` stands for, absolute; a line without it loads the model that it knows. */
  readonly model?: string
  readonly rules: AnswerRules
}

/** What an answer must be beyond one line for each row. */
export interface AnswerRules {
  /** Whether every prediction must be a number, as in regression and ranking. */
  readonly numericPredictions: boolean
  /** Whether every score must lie in [0, 1], as in classification. */
  readonly scoresAreShares: boolean
  /** Whether there must be a column `score` or `score_CLASS`. */
  readonly needsScore: boolean
  /** How a table spells a value that is not there; held against a prediction without regard to case. */
  readonly missing: readonly string[]
}

/** The answer by row id: the cells of `columns`, all but the row's id, as text. */
export interface Predictions {
  readonly columns: readonly string[]
  readonly rows: ReadonlyMap<string, readonly string[]>
}

export interface PredictProblem {
  readonly code: FindingCode
  readonly args: FindingArgs
}

export type PredictResult =
  | { readonly kind: 'predicted'; readonly predictions: Predictions }
  | {
      readonly kind: 'failed'
      readonly problem: PredictProblem
      /** The beginning of what the program wrote to standard error. */
      readonly stderr: string
    }

/**
 * Asks a user's `predict` command for predictions: writes the rows as CSV, runs it, reads its answer
 * and holds the answer to the protocol: one line for each row asked, known ids, no undefined number.
 *
 * @throws InterruptedError when the run was aborted from outside.
 */
export async function predict(runner: Runner, request: PredictRequest): Promise<PredictResult> {
  const missing = ['{input}', '{output}'].filter(
    (token) => !request.line.some((argument) => argument.includes(token)),
  )
  if (missing.length > 0) {
    const problem = { code: 'PREDICT_COMMAND_INCOMPLETE', args: { missing } } as const
    return { kind: 'failed', problem, stderr: '' }
  }
  const folder = await runner.temporaryFolder()
  const input = join(folder, 'input.csv')
  const output = join(folder, 'output.csv')
  await writeFile(input, formatExchangeCsv(withIds(request.table, request.ids)))
  const run = await runner.run({
    line: request.line,
    placeholders: {
      '{input}': input,
      '{output}': output,
      ...(request.model === undefined ? {} : { '{model}': request.model }),
    },
    limits: { timeoutMs: request.timeoutMs },
    ...(request.environment === undefined ? {} : { environment: request.environment }),
  })
  const clean = pathsHidden(folder, runner)
  const answer = endProblem(run, request.timeoutMs, clean) ?? (await readAnswer(output, request))
  await removeFolder(folder)
  return 'code' in answer
    ? { kind: 'failed', problem: answer, stderr: run.stderr.text }
    : { kind: 'predicted', predictions: answer }
}

function withIds(table: TextTable, ids: readonly string[]): TextTable {
  return {
    columns: [ROW_COLUMN, ...table.columns],
    rows: table.rows.map((row, index) => [ids[index] ?? '', ...row]),
  }
}

/** @param clean - takes this machine's paths out of what the program says. */
function endProblem(
  run: CommandResult,
  timeoutMs: number,
  clean: (text: string) => string,
): PredictProblem | undefined {
  const { end } = run
  const stderr = clean(lastLines(run.stderr.text))
  switch (end.kind) {
    case 'exited':
      if (end.exitCode === 0) return undefined
      return { code: 'PREDICT_EXITED', args: { exitCode: end.exitCode, stderr } }
    case 'signalled':
      return { code: 'PREDICT_SIGNALLED', args: { signal: end.signal, stderr } }
    case 'timed-out':
      return { code: 'PREDICT_TIMED_OUT', args: { seconds: timeoutMs / 1000, stderr } }
    case 'flooded':
      return { code: 'PREDICT_FLOODED', args: { bytes: run.stdout.bytes + run.stderr.bytes } }
    case 'not-started':
      return { code: 'PREDICT_NOT_STARTED', args: { reason: end.reason } }
    case 'aborted':
      throw new InterruptedError()
  }
}

async function readAnswer(
  path: string,
  request: PredictRequest,
): Promise<Predictions | PredictProblem> {
  const bytes = await stat(path).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  )
  if (bytes === undefined) return { code: 'PREDICT_OUTPUT_MISSING', args: {} }
  if (bytes > OUTPUT_BYTES) {
    return { code: 'PREDICT_OUTPUT_TOO_LARGE', args: { bytes, limit: OUTPUT_BYTES } }
  }
  const unreadable = (problem: string) =>
    ({ code: 'PREDICT_OUTPUT_UNREADABLE', args: { line: 1, problem } }) as const
  const content = await readFile(path).catch(() => undefined)
  if (content === undefined) return unreadable('it may not be read')
  if (!isUtf8(content)) return unreadable('it is not UTF-8')
  const parsed = parseExchangeCsv(content.toString('utf8'))
  if ('problem' in parsed) {
    return {
      code: 'PREDICT_OUTPUT_UNREADABLE',
      args: { line: parsed.line, problem: parsed.problem },
    }
  }
  return acceptAnswer(parsed.table, request)
}

/** The answer by row id, or how it breaks the protocol. */
export function acceptAnswer(
  { columns, rows }: TextTable,
  { ids, rules }: Pick<PredictRequest, 'ids' | 'rules'>,
): Predictions | PredictProblem {
  const missing = [ROW_COLUMN, 'prediction'].filter((name) => !columns.includes(name))
  if (rules.needsScore && !columns.some(isScore)) missing.push('score')
  const repeated = repeatedIn(columns)
  if (missing.length > 0 || repeated.length > 0) {
    return { code: 'PREDICT_OUTPUT_COLUMNS', args: { columns, missing, repeated } }
  }
  const idAt = columns.indexOf(ROW_COLUMN)
  const asked = new Set(ids)
  const byId = new Map<string, readonly string[]>()
  const isMissing = missingTest(rules.missing)
  const kept = columns.flatMap((name, index) => (name === ROW_COLUMN ? [] : [index]))
  for (const row of rows) {
    const id = row[idAt] ?? ''
    if (!asked.has(id)) return { code: 'PREDICT_OUTPUT_UNKNOWN_ROW', args: { row: id } }
    if (byId.has(id)) return { code: 'PREDICT_OUTPUT_REPEATED_ROW', args: { row: id } }
    const wrong = kept.find(
      (index) => !isDefined(columns[index] ?? '', row[index] ?? '', rules, isMissing),
    )
    if (wrong !== undefined) {
      return {
        code: 'PREDICT_OUTPUT_UNDEFINED',
        args: { row: id, column: columns[wrong] ?? '', value: row[wrong] ?? '' },
      }
    }
    byId.set(
      id,
      kept.map((index) => row[index] ?? ''),
    )
  }
  if (byId.size !== asked.size) {
    const lost = ids.filter((id) => !byId.has(id))
    return {
      code: 'PREDICT_OUTPUT_ROWS_MISSING',
      args: { asked: asked.size, answered: byId.size, rows: lost.slice(0, 10) },
    }
  }
  return { columns: kept.map((index) => columns[index] ?? ''), rows: byId }
}

function repeatedIn(names: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  return names.filter((name) => seen.size === seen.add(name).size)
}

function isScore(column: string): boolean {
  return column === 'score' || column.startsWith('score_')
}

/** How programs spell a prediction that they do not have, beside the tokens of a table; in lower case. */
const UNDEFINED = ['', 'nan', '-nan', '+nan', 'na', 'n/a', '<na>', 'nat', 'null', 'none', 'nil']
const INFINITE = /^[+-]?inf(inity)?$/

function missingTest(tokens: readonly string[]): (cell: string) => boolean {
  const known = new Set([...UNDEFINED, ...tokens.map((token) => token.trim().toLowerCase())])
  return (cell) => {
    const text = cell.trim().toLowerCase()
    return known.has(text) || INFINITE.test(text)
  }
}

/**
 * Scores must be finite numbers; a prediction may be a class label, but not the absence of one. What the
 * protocol does not know may be anything.
 */
function isDefined(
  column: string,
  cell: string,
  { numericPredictions, scoresAreShares }: AnswerRules,
  isMissing: (cell: string) => boolean,
): boolean {
  if (isScore(column)) {
    if (!isFiniteNumber(cell)) return false
    return !scoresAreShares || (Number(cell) >= 0 && Number(cell) <= 1)
  }
  if (column !== 'prediction') return true
  return numericPredictions ? isFiniteNumber(cell) : !isMissing(cell)
}

function isFiniteNumber(cell: string): boolean {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(cell) && Number.isFinite(Number(cell))
}
