import type { JsonValue } from '../../core/evidence.ts'
import type { InspectedObject, InspectedStep } from '../../core/inspected-file.ts'
import { clip } from '../layout.ts'
import { countOf, numberText } from '../number-text.ts'
import type { Style } from '../reporters/text/style.ts'

/** Values of a list that are shown; the JSON has all of them. */
const SHOWN_VALUES = 4
const SHOWN_NAMES = 6
/** Parameters of an object that are shown unless all are asked for. */
const SHOWN_PARAMETERS = 8
const SHOWN_STEPS = 12
const DEPTH = 12

/** An object and what is inside it, a line for each, indented. */
export function objectLines(
  object: InspectedObject,
  style: Style,
  indent: string,
  depth = 0,
): readonly string[] {
  const state = object.fitted === false ? 'not fitted' : undefined
  const { features, featureCount } = object
  const names = features === null ? undefined : namesText(features, style)
  const count = featureCount === null ? undefined : countOf(featureCount, 'feature')
  const facts = [
    state,
    count === undefined || names === undefined ? (count ?? names) : `${count}: ${names}`,
  ]
  const told = facts.filter((fact) => fact !== undefined)
  const head = told.length === 0 ? object.class : `${object.class} (${told.join('; ')})`
  const lines = [row(`${indent}${head}`, style)]
  const parameters = toldParameters(object.parameters, style)
  const shown = style.isVerbose ? parameters : parameters.slice(0, SHOWN_PARAMETERS)
  for (const [name, value] of shown) lines.push(row(`${indent}  ${name} = ${value}`, style))
  if (parameters.length > shown.length) {
    lines.push(`${indent}  ${more(parameters.length - shown.length, 'parameter')}`)
  }
  if (depth >= DEPTH) return lines
  const steps = style.isVerbose ? object.steps : object.steps.slice(0, SHOWN_STEPS)
  for (const step of steps) lines.push(...stepLines(step, style, `${indent}  `, depth + 1))
  if (object.steps.length > steps.length) {
    lines.push(`${indent}  ${more(object.steps.length - steps.length, 'step')}`)
  }
  return lines
}

function stepLines(
  { name, columns, object }: InspectedStep,
  style: Style,
  indent: string,
  depth: number,
): readonly string[] {
  const of = columns === null ? '' : ` of ${namesText(columns.map(String), style)}`
  const line = row(`${indent}${style.unicode ? '└' : '-'} ${name}${of}`, style)
  if (typeof object === 'string') return [`${line}: ${object}`]
  return [line, ...objectLines(object, style, `${indent}  `, depth)]
}

const REASON = 'Reason'

/** Parameters with their values in words; what is not set says little, and is left out. */
function toldParameters(
  parameters: InspectedObject['parameters'],
  style: Style,
): readonly (readonly [name: string, value: string])[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    if (name.endsWith(REASON) && Object.hasOwn(parameters, name.slice(0, -REASON.length))) return []
    const reason = parameters[name + REASON]
    if (value === null && typeof reason === 'string') return [[name, reason] as const]
    const isEmpty = value === null || (typeof value === 'object' && Object.keys(value).length === 0)
    return isEmpty && !style.isVerbose ? [] : [[name, short(value)] as const]
  })
}

function namesText(names: readonly string[], style: Style): string {
  const shown = style.isVerbose ? names : names.slice(0, SHOWN_NAMES)
  const rest = names.length - shown.length
  return rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${String(rest)} more`
}

function more(count: number, noun: string): string {
  return `and ${countOf(count, `more ${noun}`)} (-v shows them)`
}

function row(text: string, style: Style): string {
  return clip(style.say(text), style.width, style.unicode ? '…' : '...')
}

/** A value in a few words. */
function short(value: JsonValue): string {
  if (value === null) return 'none'
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return numberText(value, 6)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (isList(value)) return listText(value)
  const { dtype, shape, values } = value
  if (typeof dtype === 'string' && shape !== undefined && isList(shape)) {
    const size = `${dtype}[${shape.map(String).join('×')}]`
    return isList(values) ? listText(values) : `${size}, not listed`
  }
  const { class: name, parameters } = value
  if (typeof name === 'string') return parameters === undefined ? name : short(parameters)
  const told = Object.entries(value).filter(([, each]) => each !== null)
  const inner = told.slice(0, SHOWN_VALUES).map(([name, each]) => `${name} ${short(each)}`)
  const rest = told.length - inner.length
  return `{${inner.join(', ')}${rest > 0 ? `, and ${String(rest)} more` : ''}}`
}

function listText(values: readonly JsonValue[]): string {
  const shown = values.slice(0, SHOWN_VALUES).map(short)
  const rest = values.length - shown.length
  return `[${shown.join(', ')}${rest > 0 ? `, and ${String(rest)} more` : ''}]`
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}
