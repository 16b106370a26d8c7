import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InterruptedError } from '../core/errors.ts'
import type { FindingArgs, FindingCode } from '../core/finding.ts'
import type { CommandLine, CommandResult } from './command.ts'
import { formatExchangeCsv, parseExchangeCsv, type TextTable } from './exchange-csv.ts'
import type { Runner } from './runner.ts'

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
  /** Whether every prediction must be a number, as in regression and ranking. */
  readonly numericPredictions: boolean
}

/** Predictions by row id: the cells of `columns`, as text. */
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
  | { readonly kind: 'failed'; readonly problem: PredictProblem }

/**
 * Asks a user's `predict` command for predictions: writes the rows as CSV, runs it, reads its answer
 * and holds the answer to the protocol: one line for each row asked, known ids, no undefined number.
 *
 * @throws InterruptedError when the run was aborted from outside.
 */
export async function predict(runner: Runner, request: PredictRequest): Promise<PredictResult> {
  const missing = ['{input}', '{output}'].filter((token) => !request.line.includes(token))
  if (missing.length > 0) {
    const problem = { code: 'PREDICT_COMMAND_INCOMPLETE', args: { missing } } as const
    return { kind: 'failed', problem }
  }
  const folder = await runner.temporaryFolder()
  const input = join(folder, 'input.csv')
  const output = join(folder, 'output.csv')
  await writeFile(input, formatExchangeCsv(withIds(request.table, request.ids)))
  const run = await runner.run({
    line: request.line,
    placeholders: { '{input}': input, '{output}': output },
    limits: { timeoutMs: request.timeoutMs },
    ...(request.environment === undefined ? {} : { environment: request.environment }),
  })
  const clean = (text: string) =>
    text.replaceAll(folder, '{temporary}').replaceAll(runner.folder, '{project}')
  const answer = endProblem(run, request.timeoutMs, clean) ?? (await readAnswer(output, request))
  await rm(folder, { recursive: true, force: true })
  return 'code' in answer
    ? { kind: 'failed', problem: answer }
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

/** What a program says last is why it died; the rest is its log. */
function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-5).join('\n').slice(-1000)
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
  const parsed = parseExchangeCsv(await readFile(path, 'utf8'))
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
  request: Pick<PredictRequest, 'ids' | 'numericPredictions'>,
): Predictions | PredictProblem {
  const missing = [ROW_COLUMN, 'prediction'].filter((name) => !columns.includes(name))
  const repeated = columns.filter((name, index) => columns.indexOf(name) !== index)
  if (missing.length > 0 || repeated.length > 0) {
    return { code: 'PREDICT_OUTPUT_COLUMNS', args: { columns, missing, repeated } }
  }
  const idAt = columns.indexOf(ROW_COLUMN)
  const asked = new Set(request.ids)
  const byId = new Map<string, readonly string[]>()
  // Anything else a command adds, such as a time stamp, is not a prediction and may differ.
  const kept = columns.flatMap((name, index) => (isPredicted(name) ? [index] : []))
  for (const row of rows) {
    const id = row[idAt] ?? ''
    if (!asked.has(id)) return { code: 'PREDICT_OUTPUT_UNKNOWN_ROW', args: { row: id } }
    if (byId.has(id)) return { code: 'PREDICT_OUTPUT_REPEATED_ROW', args: { row: id } }
    const wrong = kept.find((index) => !isDefined(columns[index] ?? '', row[index] ?? '', request))
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
    const lost = request.ids.filter((id) => !byId.has(id))
    return {
      code: 'PREDICT_OUTPUT_ROWS_MISSING',
      args: { asked: asked.size, answered: byId.size, rows: lost.slice(0, 10) },
    }
  }
  return { columns: kept.map((index) => columns[index] ?? ''), rows: byId }
}

function isScore(column: string): boolean {
  return column === 'score' || column.startsWith('score_')
}

function isPredicted(column: string): boolean {
  return column === 'prediction' || isScore(column)
}

/** How programs spell a prediction that they do not have. */
const UNDEFINED = [
  '',
  'NA',
  'NaN',
  'nan',
  'null',
  'NULL',
  'None',
  'inf',
  '-inf',
  'Infinity',
  '-Infinity',
]

/** Scores must be finite numbers; a prediction may be a class label, but not the absence of one. */
function isDefined(
  column: string,
  cell: string,
  { numericPredictions }: Pick<PredictRequest, 'numericPredictions'>,
): boolean {
  if (isScore(column) || numericPredictions) return isFiniteNumber(cell)
  return !UNDEFINED.includes(cell.trim())
}

function isFiniteNumber(cell: string): boolean {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(cell) && Number.isFinite(Number(cell))
}
