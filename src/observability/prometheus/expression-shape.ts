import { bare, partsOf, type Binary, type Expression, type Selector } from './expression.ts'
import { allParts, constantOf, selectorsOf } from './selectors.ts'

/** The expression that a recording rule stores under a name. */
export type Recorded = (name: string) => Expression | undefined

const PER_TIME = ['rate', 'irate', 'increase']
const ABSENCE = ['absent', 'absent_over_time']

/** A share of counters: errors by requests. */
export interface Ratio {
  readonly numerator: readonly Selector[]
  readonly denominator: readonly Selector[]
  /** `1 - good / all`: what is compared is what the numerator leaves. */
  readonly isComplement: boolean
  /** 100 for percent. */
  readonly scale: number
}

/**
 * The share of counters that an expression measures: a division with `rate`, `irate` or `increase`
 * on both sides, looked for through parentheses, factors, `1 - …`, aggregations and recorded names.
 * The sum of a histogram by its count is an average and no share.
 */
export function ratioOf(expression: Expression, recorded: Recorded = none): Ratio | undefined {
  const found = divisionOf(expression, recorded, { isComplement: false, scale: 1 }, new Set())
  return found === undefined || isAverage(found) ? undefined : found
}

/** Whether an expression measures the mean of a histogram or summary: its sum by its count. */
export function measuresAverage(expression: Expression, recorded: Recorded = none): boolean {
  const found = divisionOf(expression, recorded, { isComplement: false, scale: 1 }, new Set())
  return found !== undefined && isAverage(found)
}

type Context = Pick<Ratio, 'isComplement' | 'scale'>

function divisionOf(
  expression: Expression,
  recorded: Recorded,
  context: Context,
  seen: Set<string>,
): Ratio | undefined {
  const part = bare(expression)
  if (part.kind === 'binary') return divisionOfBinary(part, recorded, context, seen)
  if (part.kind === 'selector') {
    const { name } = part
    const of = name === undefined || seen.has(name) ? undefined : recorded(name)
    return of === undefined ? undefined : divisionOf(of, recorded, context, seen.add(name ?? ''))
  }
  for (const inner of partsOf(part)) {
    const found = divisionOf(inner, recorded, context, seen)
    if (found !== undefined) return found
  }
  return undefined
}

function divisionOfBinary(
  part: Binary,
  recorded: Recorded,
  context: Context,
  seen: Set<string>,
): Ratio | undefined {
  const { operator, left, right } = part
  if (operator === '/') {
    const numerator = selectorsPerTime(left, recorded)
    const denominator = selectorsPerTime(right, recorded)
    if (numerator.length > 0 && denominator.length > 0) {
      return { ...context, numerator, denominator }
    }
  }
  const isComplement = operator === '-' && constantOf(left) !== undefined
  const factor = operator === '*' ? (constantOf(left) ?? constantOf(right)) : undefined
  const inside: Context = {
    isComplement: context.isComplement !== isComplement,
    scale: context.scale * (factor ?? 1),
  }
  return divisionOf(left, recorded, inside, seen) ?? divisionOf(right, recorded, inside, seen)
}

/** Selectors under a rate; a name that a rule records counts as the selectors of that rule. */
function selectorsPerTime(
  expression: Expression,
  recorded: Recorded,
  seen = new Set<string>(),
): readonly Selector[] {
  return selectorsOf(expression).flatMap(({ selector, around }) => {
    if (around.some((name) => PER_TIME.includes(name))) return [selector]
    const { name } = selector
    const of = name === undefined || seen.has(name) ? undefined : recorded(name)
    return of === undefined ? [] : selectorsPerTime(of, recorded, new Set([...seen, name ?? '']))
  })
}

function isAverage({ numerator, denominator }: Ratio): boolean {
  const bases = new Set(denominator.map(({ name = '' }) => name.replace(/_count$/, '')))
  return (
    denominator.every(({ name = '' }) => name.endsWith('_count')) &&
    numerator.every(({ name = '' }) => name.endsWith('_sum') && bases.has(name.slice(0, -4)))
  )
}

export interface QuantileUse {
  /** `undefined` when it is no number. */
  readonly quantile: number | undefined
  readonly selectors: readonly Selector[]
  /** Whether every aggregation inside keeps `le`; without it the result is empty. */
  readonly keepsLe: boolean
  /** Whether no `_bucket` is read: right for native histograms only. */
  readonly isNative: boolean
  readonly from: number
  readonly to: number
}

/** The `histogram_quantile` calls of an expression, those of recorded names included. */
export function quantilesOf(
  expression: Expression,
  recorded: Recorded = none,
): readonly QuantileUse[] {
  return withRecorded(expression, recorded).flatMap((part) => {
    if (part.kind !== 'call' || part.function !== 'histogram_quantile') return []
    const [quantile, vector] = part.args
    if (quantile === undefined || vector === undefined) return []
    const selectors = selectorsOf(vector).map(({ selector }) => selector)
    const isNative = !selectors.some(({ name }) => name?.endsWith('_bucket') ?? true)
    return [
      {
        quantile: constantOf(quantile),
        selectors,
        keepsLe: isNative || allParts(vector).every(keepsLe),
        isNative,
        from: part.from,
        to: part.to,
      },
    ]
  })
}

function keepsLe(part: Expression): boolean {
  if (part.kind !== 'aggregation') return true
  const has = part.grouping?.labels.includes('le') ?? false
  return part.grouping?.kind === 'without' ? !has : has
}

export const EXPRESSION_SHAPES = [
  'absence',
  'quantile',
  'ratio',
  'average',
  'count',
  'value',
] as const
export type ExpressionShape = (typeof EXPRESSION_SHAPES)[number]

/**
 * What kind of number an expression measures: `absence` of series, a `quantile` of a histogram, a
 * `ratio` of counters, an `average`, a `count` (per second or per range, without a denominator), or
 * the `value` of a gauge.
 */
export function shapeOf(expression: Expression, recorded: Recorded = none): ExpressionShape {
  const parts = withRecorded(expression, recorded)
  const calls = parts.flatMap((part) => (part.kind === 'call' ? [part.function] : []))
  if (quantilesOf(expression, recorded).length > 0) return 'quantile'
  if (ratioOf(expression, recorded) !== undefined) return 'ratio'
  if (measuresAverage(expression, recorded)) return 'average'
  if (calls.some((name) => PER_TIME.includes(name))) return 'count'
  if (calls.some((name) => ABSENCE.includes(name))) return 'absence'
  const names = parts.flatMap((part) => (part.kind === 'selector' ? [part.name ?? ''] : []))
  return names.some((name) => name.endsWith('_total')) ? 'count' : 'value'
}

export interface NoData {
  /** `absent` or `absent_over_time` stands in the expression. */
  readonly firesWhenAbsent: boolean
  /** The number that `or vector(…)` puts in the place of missing series. */
  readonly fallback: number | undefined
}

/** What an expression does when its series are not there. */
export function noDataOf(expression: Expression): NoData {
  const parts = allParts(expression)
  const fallbacks = parts.flatMap((part) => {
    if (part.kind !== 'binary' || part.operator !== 'or') return []
    return constantOf(part.right) ?? []
  })
  return {
    firesWhenAbsent: parts.some((part) => part.kind === 'call' && ABSENCE.includes(part.function)),
    fallback: fallbacks[0],
  }
}

/** The parts of an expression and of what its names record; every name once. */
function withRecorded(expression: Expression, recorded: Recorded): readonly Expression[] {
  const seen = new Set<string>()
  const found: Expression[] = []
  const open = [expression]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const part of allParts(next)) {
      found.push(part)
      if (part.kind !== 'selector' || part.name === undefined || seen.has(part.name)) continue
      seen.add(part.name)
      const of = recorded(part.name)
      if (of !== undefined) open.push(of)
    }
  }
  return found
}

function none(): undefined {
  return undefined
}
