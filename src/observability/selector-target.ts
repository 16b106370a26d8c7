import { PLACEHOLDER } from './grafana/substitute.ts'
import type { Matcher, Selector } from './prometheus/expression.ts'
import { compileRe2 } from './prometheus/re2.ts'

/** The metric names that a selector asks for. */
export interface SelectorTarget {
  /** The name, or the pattern of names; `undefined` when any name will do. */
  readonly shown: string | undefined
  /** Set when only one name will do. */
  readonly name: string | undefined
  readonly accepts: (name: string) => boolean
}

/** What a selector asks for; a part of a name that a dashboard variable gives stands for anything. */
export function targetOf({ name, matchers }: Selector): SelectorTarget {
  const onName = matchers.filter(({ label }) => label === '__name__').map(nameTest)
  if (name !== undefined && name.search(PLACEHOLDER) === -1) {
    return { shown: name, name, accepts: (other) => other === name }
  }
  const shown = name?.replaceAll(PLACEHOLDER, '*') ?? matchers.find(isOnName)?.value
  const isAny = shown === undefined || shown === '*' || shown === '.*' || shown === '.+'
  const tests = name === undefined ? onName : [...onName, placeholderTest(name)]
  return {
    shown: isAny ? undefined : shown.replaceAll(PLACEHOLDER, '*'),
    name: undefined,
    accepts: (other) => tests.every((test) => test(other)),
  }
}

function isOnName({ label }: Matcher): boolean {
  return label === '__name__'
}

function nameTest({ operator, value }: Matcher): (name: string) => boolean {
  const pattern = value.replaceAll(PLACEHOLDER, '.*')
  if (operator === '=') return placeholderTest(value)
  if (operator === '!=') return (name) => name !== value
  const { matches } = compileRe2(pattern)
  return (name) => (matches?.(name) ?? false) === (operator === '=~')
}

function placeholderTest(written: string): (name: string) => boolean {
  const pieces = written.split(PLACEHOLDER).map((piece) => piece.replaceAll(/\W/g, '\\$&'))
  const { matches } = compileRe2(pieces.join('.*'))
  return (name) => matches?.(name) ?? false
}
