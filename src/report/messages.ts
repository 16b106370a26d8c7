import type { JsonValue } from '../core/evidence.ts'
import type { Finding } from '../core/finding.ts'
import { clip } from './layout.ts'
import { codeMessages } from './messages/code.ts'
import { configMessages } from './messages/config.ts'
import { dataMessages } from './messages/data.ts'
import { driftMessages } from './messages/drift.ts'
import type { Message } from './messages/message.ts'
import { modelMessages } from './messages/model.ts'
import { policyMessages } from './messages/policy.ts'
import { tableMessages } from './messages/table.ts'
import { bytesText, countText, numberText, pValueText, shareText } from './number-text.ts'

/** The sentences of all finding codes. */
export const MESSAGES: ReadonlyMap<string, Message> = new Map(
  [
    driftMessages,
    tableMessages,
    dataMessages,
    modelMessages,
    codeMessages,
    policyMessages,
    configMessages,
  ].flatMap((theme) => Object.entries(theme)),
)

const PLACEHOLDER = /\{(\w+)(?::(\w+))?\}/g
const LIST_LIMIT = 5
const TEXT_LIMIT = 200

/** A place in a template where an argument goes. */
export interface Placeholder {
  readonly name: string
  readonly format: string
}

/** The arguments that a template names, in their order. */
export function placeholdersOf(template: string): readonly Placeholder[] {
  return [...template.matchAll(PLACEHOLDER)].map(([, name = '', format = 'plain']) => ({
    name,
    format,
  }))
}

/**
 * The sentence of a finding. A code without a message or an argument that is not there gives the
 * code with its arguments: a report with an ugly line is better than no report.
 */
export function renderMessage(finding: Finding): string {
  const message = MESSAGES.get(finding.code)
  if (message === undefined || messageProblems(finding).length > 0) {
    return `${finding.code} ${JSON.stringify(finding.args)}`
  }
  return fill(message.text, finding.args)
}

/** What the reader can do about a finding; `undefined` for an unknown code. */
export function remedyOf(finding: Finding): string | undefined {
  const remedy = MESSAGES.get(finding.code)?.remedy
  return remedy === undefined ? undefined : fill(remedy, finding.args)
}

/** What keeps a finding from having its sentence: nothing, for every finding that tests produce. */
export function messageProblems(finding: Finding): readonly string[] {
  const message = MESSAGES.get(finding.code)
  if (message === undefined) return [`${finding.code} has no message`]
  return placeholdersOf(`${message.text} ${message.remedy}`)
    .filter(({ name }) => !Object.hasOwn(finding.args, name))
    .map(({ name }) => `${finding.code} is emitted without the argument ${name}`)
}

function fill(template: string, args: Finding['args']): string {
  return template.replace(PLACEHOLDER, (placeholder, name: string, format?: string) =>
    Object.hasOwn(args, name) ? formatArgument(args[name] ?? null, format) : placeholder,
  )
}

const NUMBER_FORMATS: Readonly<Record<string, (value: number) => string>> = {
  share: shareText,
  number: numberText,
  p: pValueText,
  bytes: bytesText,
  count: countText,
}

/** The formats that a template may name. */
export const MESSAGE_FORMATS: readonly string[] = ['plain', 'list', ...Object.keys(NUMBER_FORMATS)]

function formatArgument(value: JsonValue, format = 'plain'): string {
  if (value === null) return format === 'p' ? 'no p-value' : 'unknown'
  if (typeof value === 'number') return (NUMBER_FORMATS[format] ?? numberText)(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return shorten(value)
  if (isList(value)) return listText(value)
  return shorten(JSON.stringify(value))
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function listText(values: readonly JsonValue[]): string {
  if (values.length === 0) return 'none'
  const shown = values.slice(0, LIST_LIMIT).map((value) => formatArgument(value))
  const rest = values.length - shown.length
  return shown.join(', ') + (rest > 0 ? ` and ${countText(rest)} more` : '')
}

function shorten(text: string): string {
  return clip(text, TEXT_LIMIT, '…')
}
