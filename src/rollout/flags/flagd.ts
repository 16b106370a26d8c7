import { at, entriesOf, has, itemsOf, plainOf, textOf, type Value } from '../located.ts'
import type { Flag, FlagRule, Stickiness } from './flag.ts'
import { sharesOf, type SharesRead, type Weighted } from './weights.ts'

const FRACTIONAL = ['fractional', 'fractionalEvaluation']
/** What flagd fills in by itself and is another value each time. */
const MOMENT = '$flagd.timestamp'

/** Whether a mapping of flags is written for flagd. */
export function isFlagd(document: Value): boolean {
  return entriesOf(at(document, 'flags')).some(
    ([, flag]) => has(flag, 'variants') || has(flag, 'defaultVariant'),
  )
}

/**
 * Reads the flags of flagd. Weights of `fractional` are relative, one that is left out counts 1. The
 * split is the one that no condition stands before, or the last branch of the outermost `if`; what
 * conditions give besides are rules. Without a bucketing value the targeting key is used.
 */
export function flagdFlags(document: Value): readonly Flag[] {
  const evaluators = at(document, '$evaluators')
  return entriesOf(at(document, 'flags')).map(([key, flag]) => flagOf(key, flag, evaluators))
}

function flagOf(key: string, flag: Value, evaluators: Value | undefined): Flag {
  const variants = entriesOf(at(flag, 'variants')).map(([name, value]) => ({
    name,
    value: plainOf(value),
    location: value.location,
  }))
  const { main, rules } = branchesOf(resolved(at(flag, 'targeting'), evaluators), evaluators)
  const fractional = main === undefined ? undefined : fractionalOf(main)
  const split = fractional === undefined ? undefined : splitOf(key, fractional)
  const fixed = textOf(main)
  return {
    format: 'flagd',
    key,
    location: flag.location,
    isEnabled: textOf(at(flag, 'state')) === 'ENABLED',
    variants,
    defaultVariant: textOf(at(flag, 'defaultVariant')),
    offVariant: undefined,
    split: split?.shares ?? (fixed === undefined ? [] : [{ variant: fixed, share: 1 }]),
    stickiness: fractional === undefined ? undefined : stickinessOf(fractional),
    rules,
    findings: split?.findings ?? [],
  }
}

interface Branches {
  /** What requests get that no condition takes aside. */
  readonly main: Value | undefined
  readonly rules: readonly FlagRule[]
}

function branchesOf(targeting: Value | undefined, evaluators: Value | undefined): Branches {
  const branches = itemsOf(at(targeting, 'if'))
  if (branches.length === 0) return { main: targeting, rules: [] }
  // Pairs of a condition and its answer, then the answer for all others.
  const hasElse = branches.length % 2 === 1
  const answers = branches.filter((_, index) => index % 2 === 1)
  const last = hasElse ? resolved(branches.at(-1), evaluators) : undefined
  const rest = branchesOf(last, evaluators)
  const rules = answers.map((answer) => ({
    location: answer.location,
    variants: namedIn(resolved(answer, evaluators)),
  }))
  return { main: rest.main, rules: [...rules, ...rest.rules] }
}

function resolved(value: Value | undefined, evaluators: Value | undefined): Value | undefined {
  const name = textOf(at(value, '$ref'))
  return name === undefined ? value : at(evaluators, name)
}

function fractionalOf(value: Value): Value | undefined {
  for (const name of FRACTIONAL) {
    const found = at(value, name)
    if (found !== undefined) return found
  }
  return undefined
}

function partsOf(fractional: Value): readonly Weighted[] {
  return itemsOf(fractional).flatMap((item) => {
    if (item.kind !== 'list') return []
    const [variant, weight] = item.items
    return [{ variant: textOf(variant) ?? '', weight, otherwise: 1 }]
  })
}

function splitOf(key: string, fractional: Value): SharesRead {
  return sharesOf(key, partsOf(fractional), fractional)
}

function stickinessOf(fractional: Value): Stickiness {
  const [first] = itemsOf(fractional)
  if (first === undefined || first.kind === 'list') return { kind: 'key', name: 'targetingKey' }
  const legacy = textOf(first)
  const names = legacy === undefined ? variablesIn(first) : [legacy]
  const steady = names.filter((name) => name !== MOMENT && name !== '$flagd.flagKey')
  if (steady.length === 0 || names.includes(MOMENT)) {
    return { kind: 'random', name: names.join(', ') }
  }
  return { kind: 'key', name: steady.join(', ') }
}

function variablesIn(value: Value): readonly string[] {
  if (value.kind === 'scalar') return []
  if (value.kind === 'list') return value.items.flatMap(variablesIn)
  const variable = at(value, 'var')
  const name = textOf(variable) ?? textOf(itemsOf(variable)[0])
  if (name !== undefined) return [name]
  return [...value.entries.values()].flatMap(variablesIn)
}

/** The variants that an answer can give: a name, the parts of a split, the branches of a condition. */
function namedIn(answer: Value | undefined): readonly string[] {
  if (answer === undefined) return []
  const name = textOf(answer)
  if (name !== undefined) return [name]
  const fractional = fractionalOf(answer)
  if (fractional !== undefined) return partsOf(fractional).map(({ variant }) => variant)
  const branches = itemsOf(at(answer, 'if'))
  const answers = branches.filter(
    (_, index) => index % 2 === 1 || (index === branches.length - 1 && index % 2 === 0),
  )
  return answers.flatMap(namedIn)
}
