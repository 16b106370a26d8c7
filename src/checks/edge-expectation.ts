import type { EdgeCase } from '../facts/edge-behaviour.ts'
import type { EdgeCases } from '../facts/edge-cases.ts'

export const BEHAVIOURS = ['reject', 'fallback', 'predict'] as const
export type Behaviour = (typeof BEHAVIOURS)[number]

/** What a model may do with a case; `undefined` where nobody has declared it. */
export type Expectation = readonly Behaviour[] | undefined

/** An entry of the parameter `expect`: a kind, a feature or `*`, and what may be done. */
export interface ExpectationRule {
  readonly kind: string
  readonly feature: string | null
  readonly allowed: readonly Behaviour[]
}

const RULE = /^([a-z-]+)(?::([^=]+))?=([a-z|]+)$/

/** Reads `missing:age=reject` and `unseen=predict|fallback`; what is not of this form is `undefined`. */
export function parseRule(text: string): ExpectationRule | undefined {
  const [, kind = '', feature, list = ''] = RULE.exec(text) ?? []
  const names = list.split('|')
  const allowed = BEHAVIOURS.filter((behaviour) => names.includes(behaviour))
  if (kind === '' || allowed.length !== names.length) return undefined
  return { kind, feature: feature ?? null, allowed }
}

/** The rule that speaks of a case: one that names the feature before one that does not. */
export function ruleFor(
  { kind, feature }: EdgeCase,
  rules: readonly ExpectationRule[],
): ExpectationRule | undefined {
  const ofKind = rules.filter((rule) => rule.kind === kind)
  return (
    ofKind.find((rule) => rule.feature !== null && rule.feature === feature) ??
    ofKind.find((rule) => rule.feature === null)
  )
}

const ANY: Expectation = BEHAVIOURS

/** What the manifest declares of a case. */
export function declaredExpectation(
  { kind, feature }: EdgeCase,
  declared: EdgeCases['declared'],
): Expectation {
  const own = feature === null ? undefined : declared[feature]
  switch (kind) {
    case 'missing':
      return ofMissing(own?.missing)
    case 'missing-column':
      // A request without the column may be refused even where an empty cell is filled.
      return own?.missing === 'reject' ? ['reject', 'fallback'] : own?.missing && ANY
    case 'all-missing':
      return ofAll(Object.values(declared).map(({ missing }) => ofMissing(missing)))
    case 'unseen':
      if (own?.unseen === undefined) return undefined
      return own.unseen === 'reject' ? ['reject', 'fallback'] : ['predict']
    case 'extreme':
    case 'infinite':
    case 'beyond-range':
      // A declared range says which values are expected, and leaves open what is done with others.
      return own?.min === undefined && own?.max === undefined ? undefined : ANY
    case 'wrong-type':
      return own === undefined ? undefined : ['reject', 'fallback']
    case 'reordered-columns':
    case 'duplicate-rows':
    case 'batch':
      return ['predict']
    case 'extra-column':
    case 'empty-batch':
      return ANY
  }
}

function ofMissing(policy: EdgeCases['declared'][string]['missing']): Expectation {
  switch (policy) {
    case undefined:
      return undefined
    case 'reject':
      return ['reject', 'fallback']
    case 'impute':
    case 'native':
      return ['predict']
    case 'drop':
      return ANY
  }
}

/** One feature that must not be missing decides for the row; one of which nothing is known leaves it open. */
function ofAll(each: readonly Expectation[]): Expectation {
  if (each.length === 0) return undefined
  if (each.some((one) => one !== undefined && !one.includes('predict')))
    return ['reject', 'fallback']
  return each.includes(undefined) ? undefined : ANY
}
