import type { Variable } from './variables.ts'

/** Stands in an expression for what a variable holds. */
export const PLACEHOLDER = /__v\d+__/g

/** An expression of a dashboard in which every variable has a value. */
export interface Substituted {
  readonly text: string
  /** The offset in the text of the dashboard. */
  readonly writtenAt: (offset: number) => number
  /** Names that the dashboard uses and does not declare. */
  readonly unknown: readonly string[]
}

const VARIABLE = /\$\{(\w+)(?:\.[^:}]*)?(?::[^}]*)?\}|\$(\w+)|\[\[(\w+)(?::\w+)?\]\]/y
const SPANS = ['__interval', '__rate_interval', '__range']
const NUMBERS = ['__interval_ms', '__range_ms', '__range_s', '__from', '__to']
const TEXTS = ['__dashboard', '__org', '__user', '__all', '__name', 'timeFilter', '__timeFilter']

/**
 * Puts values into the place of the variables of a dashboard, so that the expression parses: a
 * duration in a range, the value that the dashboard declares, or else a placeholder.
 *
 * @param usesValues whether declared values are taken; with false every variable is a placeholder
 */
export function substitute(
  text: string,
  variables: readonly Variable[],
  usesValues: boolean,
): Substituted {
  const unknown = new Set<string>()
  const moves: { readonly at: number; readonly written: number }[] = [{ at: 0, written: 0 }]
  let result = ''
  let quote = ''
  let brackets = 0
  let offset = 0
  while (offset < text.length) {
    VARIABLE.lastIndex = offset
    const found = VARIABLE.exec(text)
    const name = found?.[1] ?? found?.[2] ?? found?.[3]
    const index = variables.findIndex((variable) => variable.name === name)
    if (found === null || name === undefined || (quote !== '' && index === -1 && !isGlobal(name))) {
      const mark = text[offset] ?? ''
      if (quote !== '') {
        if (mark === '\\' && quote !== '`') {
          result += text.slice(offset, offset + 2)
          offset += 2
          continue
        }
        if (mark === quote) quote = ''
      } else if (/["'`]/.test(mark)) quote = mark
      else if (mark === '[') brackets += 1
      else if (mark === ']') brackets -= 1
      result += mark
      offset += 1
      continue
    }
    if (index === -1 && !isGlobal(name)) unknown.add(name)
    const rest = text.slice(offset + found[0].length, offset + found[0].length + 2)
    const isSpan =
      quote === '' &&
      (brackets > 0 || /\boffset\s+-?$/i.test(text.slice(Math.max(0, offset - 30), offset)))
    const value = usesValues ? variables[index]?.value : undefined
    moves.push({ at: result.length, written: offset })
    result += replacement(name, index === -1 ? variables.length + unknown.size : index, value, {
      isText: quote !== '',
      isSpan,
      hasUnit: /^(?:ms|[smhdwy])(?!\w)/.test(rest),
    })
    offset += found[0].length
    moves.push({ at: result.length, written: offset })
  }
  return {
    text: result,
    writtenAt: (at) => {
      const move = moves.findLast((other) => other.at <= at) ?? { at: 0, written: 0 }
      return move.written + at - move.at
    },
    unknown: [...unknown],
  }
}

function isGlobal(name: string): boolean {
  return [...SPANS, ...NUMBERS, ...TEXTS].includes(name)
}

interface Surroundings {
  readonly isText: boolean
  readonly isSpan: boolean
  readonly hasUnit: boolean
}

function replacement(
  name: string,
  index: number,
  value: string | undefined,
  { isText, isSpan, hasUnit }: Surroundings,
): string {
  const placeholder = `__v${String(index)}__`
  if (isText) return placeholder
  if (isSpan) {
    if (hasUnit) return '5'
    return value !== undefined && /^(\d+(ms|[smhdwy]))+$/.test(value) ? value : '5m'
  }
  if (SPANS.includes(name)) return '5m'
  if (NUMBERS.includes(name)) return '300'
  if (value !== undefined && /^([a-zA-Z_:][\w:]*|-?\d+(\.\d+)?)$/.test(value)) return value
  return placeholder
}
