import type { JsonValue } from '../core/evidence.ts'
import { MOST_CELLS, type TextTable } from './exchange-csv.ts'
import {
  acceptAnswer,
  ROW_COLUMN,
  type AnswerRules,
  type PredictProblem,
  type Predictions,
} from './predict.ts'

/** What a worker says it does with rows that it does not predict. */
export interface DeclaredError {
  readonly kind: 'rejected' | 'fallback'
  readonly message: string
}

/** A line of a worker, with the id of the request that it answers. */
export type ParsedLine =
  | { readonly kind: 'answer'; readonly id: number; readonly content: AnswerContent }
  | { readonly kind: 'broken'; readonly problem: PredictProblem }

export type AnswerContent =
  | { readonly kind: 'predictions'; readonly predictions: readonly JsonObject[] }
  | { readonly kind: 'error'; readonly error: DeclaredError }
  | { readonly kind: 'shape'; readonly problem: string }

type JsonObject = Readonly<Record<string, JsonValue>>

/** Reads one line; what is no answer at all is broken, what is a wrong answer is told by its content. */
export function parseLine(line: string): ParsedLine {
  const value = parseJson(line)
  if (value === undefined) {
    return broken({ code: 'WORKER_LINE_NOT_JSON', args: { line: line.slice(0, SHOWN) } })
  }
  if (!isObject(value) || typeof value['id'] !== 'number') {
    return broken({ code: 'WORKER_LINE_WITHOUT_ID', args: { line: line.slice(0, SHOWN) } })
  }
  return { kind: 'answer', id: value['id'], content: contentOf(value) }
}

const SHOWN = 200

function broken(problem: PredictProblem): ParsedLine {
  return { kind: 'broken', problem }
}

/** Bare words that some writers of JSON use for numbers that JSON does not have. */
const NUMBER_WORD = /-?\b(?:NaN|Infinity)\b/g

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    const quoted = withQuotedWords(text)
    try {
      return quoted === text ? undefined : (JSON.parse(quoted) as JsonValue)
    } catch {
      return undefined
    }
  }
}

/** Strings stay as they are. They are searched in a loop: a pattern for megabytes exhausts the stack. */
function withQuotedWords(text: string): string {
  const parts: string[] = []
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at)
    const start = quote === -1 ? text.length : quote
    const end = endOfString(text, start)
    parts.push(text.slice(at, start).replace(NUMBER_WORD, '"$&"'), text.slice(start, end))
    at = end
  }
  return parts.join('')
}

/** After the quote that closes the string which begins at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return Math.min(at + 1, text.length)
}

function contentOf({ predictions, error }: JsonObject): AnswerContent {
  if (error !== undefined && predictions !== undefined) {
    return { kind: 'shape', problem: 'it has predictions and an error' }
  }
  if (error !== undefined) {
    const { kind, message = '' } = isObject(error) ? error : {}
    return (kind === 'rejected' || kind === 'fallback') && typeof message === 'string'
      ? { kind: 'error', error: { kind, message } }
      : { kind: 'shape', problem: 'the kind of its error is neither rejected nor fallback' }
  }
  if (!isList(predictions)) {
    return { kind: 'shape', problem: 'it has neither a list of predictions nor an error' }
  }
  const objects = predictions.filter(isObject)
  return objects.length === predictions.length
    ? { kind: 'predictions', predictions: objects }
    : { kind: 'shape', problem: 'a prediction is no object' }
}

/** The predictions by the position of their row, held to the rules of the predict command. */
export function acceptPredictions(
  predictions: readonly JsonObject[],
  asked: number,
  rules: AnswerRules,
): Predictions | PredictProblem {
  if (predictions.length !== asked) {
    return { code: 'WORKER_ANSWER_COUNT', args: { asked, answered: predictions.length } }
  }
  const names = [...new Set(predictions.flatMap((each) => Object.keys(each)))]
  const problem = shapeProblem(predictions, names.length)
  if (problem !== undefined) return { code: 'WORKER_ANSWER_SHAPE', args: { problem } }
  const columns = asked === 0 ? ['prediction', 'score'] : names
  const table: TextTable = {
    columns: [ROW_COLUMN, ...columns.filter((name) => name !== ROW_COLUMN)],
    rows: predictions.map((each, row) => [
      String(row),
      ...columns.filter((name) => name !== ROW_COLUMN).map((name) => cellText(each[name] ?? null)),
    ]),
  }
  const ids = predictions.map((_, row) => String(row))
  const accepted = acceptAnswer(table, { ids, rules })
  if (!('code' in accepted)) return accepted
  const { row, column, value } = accepted.args
  return accepted.code === 'PREDICT_OUTPUT_UNDEFINED'
    ? {
        code: 'WORKER_ANSWER_UNDEFINED',
        args: { row: row ?? null, column: column ?? null, value: value ?? null },
      }
    : {
        code: 'WORKER_ANSWER_COLUMNS',
        args: { columns: names, missing: accepted.args['missing'] ?? [] },
      }
}

/** More levels than a value beside a prediction has, and fewer than exhaust the stack. */
const MOST_NESTING = 64

function shapeProblem(predictions: readonly JsonObject[], columns: number): string | undefined {
  if (columns * predictions.length > MOST_CELLS) return 'it has more values than an answer can have'
  const values = predictions.flatMap((each) => Object.values(each))
  if (values.some((value) => nestsDeeper(value, MOST_NESTING)))
    return 'a value is nested too deeply'
  const isLabel = ({ prediction }: JsonObject) =>
    typeof prediction !== 'object' || prediction === null
  return predictions.every(isLabel) ? undefined : 'a prediction is a list or an object'
}

function nestsDeeper(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((each) => nestsDeeper(each, levels - 1))
}

function cellText(value: JsonValue): string {
  if (value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value)
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}
