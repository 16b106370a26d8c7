import type { GradedFinding } from '../../core/finding.ts'
import {
  at,
  booleanOf,
  has,
  itemsOf,
  numberOf,
  plainOf,
  textOf,
  type MapValue,
  type Value,
} from '../located.ts'
import type { Flag, FlagRule, FlagShare, FlagVariant, Stickiness } from './flag.ts'
import { sharesOf } from './weights.ts'

/** Unleash's own name for the answer of a flag that is not on. */
const DISABLED = 'disabled'
/** Unleash takes the first that the request has, and chance when it has none. */
const DEFAULT_STICKINESS = 'userId, sessionId'
const WHOLE_VARIANT_WEIGHT = 1000

/** Whether a document is an export of Unleash, or what its clients fetch. */
export function isUnleash(document: Value): boolean {
  return itemsOf(at(document, 'features')).some(
    (feature) => has(feature, 'name') && (has(feature, 'strategies') || has(feature, 'type')),
  )
}

/**
 * Reads the flags of Unleash: `features` with `strategies`, or the export that keeps
 * `featureStrategies` and `featureEnvironments` apart. The share is that of the first strategy
 * without constraints: `rollout` percent of the requests, among its variants by their weights.
 *
 * @param environment which environment of an export is meant; the only one where there is one
 */
export function unleashFlags(document: Value, environment?: string): readonly Flag[] {
  return itemsOf(at(document, 'features')).flatMap((feature) => {
    if (feature.kind !== 'map') return []
    const key = textOf(at(feature, 'name')) ?? ''
    const isHere = (item: Value) =>
      (textOf(at(item, 'featureName')) ?? textOf(at(item, 'name'))) === key &&
      (environment === undefined || textOf(at(item, 'environment')) === environment)
    const environments = itemsOf(at(document, 'featureEnvironments')).filter(isHere)
    const apart = itemsOf(at(document, 'featureStrategies')).filter(
      (item) => textOf(at(item, 'featureName')) === key && fits(item, environment),
    )
    const strategies = [...itemsOf(at(feature, 'strategies')), ...apart].filter(
      (strategy) => booleanOf(at(strategy, 'disabled')) !== true,
    )
    return [flagOf(key, feature, strategies, environments)]
  })
}

/** A strategy that names no environment belongs to all. */
function fits(item: Value, environment: string | undefined): boolean {
  const named = textOf(at(item, 'environment'))
  return environment === undefined || named === undefined || named === environment
}

function flagOf(
  key: string,
  feature: MapValue,
  strategies: readonly Value[],
  environments: readonly Value[],
): Flag {
  const main = strategies.find((strategy) => itemsOf(at(strategy, 'constraints')).length === 0)
  const listed = [
    ...itemsOf(at(main, 'variants')),
    ...itemsOf(at(feature, 'variants')),
    ...environments.flatMap((each) => itemsOf(at(each, 'variants'))),
  ] satisfies readonly Value[]
  const named = listed.map(variantOf)
  const variants = named.length > 0 ? named : onOrOff(feature)
  const { split, stickiness, findings } = splitOf(key, main, listed, feature, strategies.length)
  return {
    format: 'unleash',
    key,
    location: feature.location,
    isEnabled:
      environments.length > 0
        ? environments.every((each) => booleanOf(at(each, 'enabled')) === true)
        : booleanOf(at(feature, 'enabled')) === true,
    variants,
    defaultVariant: DISABLED,
    offVariant: DISABLED,
    split,
    stickiness,
    rules: strategies
      .filter((strategy) => strategy !== main)
      .map((strategy): FlagRule => ({
        location: strategy.location,
        variants: itemsOf(at(strategy, 'variants')).flatMap(
          (item) => textOf(at(item, 'name')) ?? [],
        ),
      })),
    findings,
  }
}

function variantOf(item: Value): FlagVariant {
  const payload = at(item, 'payload', 'value')
  const name = textOf(at(item, 'name')) ?? ''
  return { name, value: payload === undefined ? name : plainOf(payload), location: item.location }
}

function onOrOff({ location }: MapValue): readonly FlagVariant[] {
  return [{ name: 'enabled', value: true, location }]
}

interface Split {
  readonly split: readonly FlagShare[]
  readonly stickiness: Stickiness | undefined
  readonly findings: readonly GradedFinding[]
}

function splitOf(
  key: string,
  strategy: Value | undefined,
  variants: readonly Value[],
  feature: MapValue,
  strategyCount: number,
): Split {
  const [rollout, location] = rolloutOf(strategy, feature)
  if (rollout === undefined) {
    const args = { flag: key }
    return {
      split: [],
      stickiness: undefined,
      findings: [{ severity: 'inconclusive', code: 'FLAG_WEIGHTS_INVALID', args, location }],
    }
  }
  const hasOnlyRules = strategy === undefined && strategyCount > 0
  const on = hasOnlyRules ? 0 : rollout
  const weighted = variants.map((item) => ({
    variant: textOf(at(item, 'name')) ?? '',
    weight: at(item, 'weight'),
  }))
  const { shares, findings } =
    weighted.length === 0
      ? { shares: [{ variant: 'enabled', share: 1 }], findings: [] }
      : sharesOf(key, weighted, variants[0] ?? feature, WHOLE_VARIANT_WEIGHT)
  const split = shares.map(({ variant, share }) => ({ variant, share: share * on }))
  return {
    split: on < 1 && split.length > 0 ? [...split, { variant: DISABLED, share: 1 - on }] : split,
    stickiness: strategy === undefined ? undefined : stickinessOf(strategy),
    findings,
  }
}

/** The share of the requests that a strategy takes; one that is not gradual takes all. */
function rolloutOf(
  strategy: Value | undefined,
  feature: MapValue,
): readonly [number | undefined, Value['location']] {
  const parameters = at(strategy, 'parameters')
  const written = at(parameters, 'rollout') ?? at(parameters, 'percentage')
  if (written !== undefined) {
    const percent = numberOf(written)
    const isPercent = percent !== undefined && percent >= 0 && percent <= 100
    return [isPercent ? percent / 100 : undefined, written.location]
  }
  const name = textOf(at(strategy, 'name')) ?? 'default'
  const isGradual = name === 'flexibleRollout' || name.startsWith('gradualRollout')
  return [isGradual ? undefined : 1, (strategy ?? feature).location]
}

function stickinessOf(strategy: Value): Stickiness | undefined {
  const name = textOf(at(strategy, 'name')) ?? ''
  if (name === 'gradualRolloutRandom') return { kind: 'random', name: 'random' }
  if (name === 'gradualRolloutUserId') return { kind: 'key', name: 'userId' }
  if (name === 'gradualRolloutSessionId') return { kind: 'key', name: 'sessionId' }
  if (name !== 'flexibleRollout') return undefined
  const stickiness = textOf(at(strategy, 'parameters', 'stickiness')) ?? 'default'
  if (stickiness === 'random') return { kind: 'random', name: 'random' }
  return { kind: 'key', name: stickiness === 'default' ? DEFAULT_STICKINESS : stickiness }
}
