import {
  at,
  booleanOf,
  entriesOf,
  has,
  itemsOf,
  numberOf,
  plainOf,
  textOf,
  type Value,
} from '../located.ts'
import type { Flag, FlagVariant } from './flag.ts'
import { sharesOf } from './weights.ts'

const WHOLE_WEIGHT = 100_000

/** Whether a document is a flag of LaunchDarkly, a list of them, or what its clients fetch. */
export function isLaunchDarkly(document: Value): boolean {
  return flagsIn(document).length > 0
}

/** The flags with their keys, in each of the three shapes. */
function flagsIn(document: Value): readonly (readonly [string, Value])[] {
  const isFlag = (value: Value) =>
    has(value, 'variations') && (has(value, 'environments') || has(value, 'on'))
  const keyed = (value: Value) => [textOf(at(value, 'key')) ?? '', value] as const
  if (isFlag(document)) return [keyed(document)]
  const items = itemsOf(at(document, 'items')).filter(isFlag)
  if (items.length > 0) return items.map(keyed)
  return entriesOf(at(document, 'flags')).filter(([, value]) => isFlag(value))
}

/**
 * Reads flags of LaunchDarkly. Weights are thousandths of a percent; a rollout without an attribute
 * to bucket by uses the key of the context, so every rollout is sticky.
 *
 * @param environment which environment is meant; the first one when it is not given
 */
export function launchDarklyFlags(document: Value, environment?: string): readonly Flag[] {
  return flagsIn(document).map(([key, flag]) => {
    const environments = entriesOf(at(flag, 'environments'))
    const chosen = environments.find(([name]) => environment === undefined || name === environment)
    return flagOf(key, flag, chosen?.[1] ?? flag)
  })
}

function flagOf(key: string, flag: Value, settings: Value): Flag {
  const variants = itemsOf(at(flag, 'variations')).map(variantOf)
  const nameAt = (index: Value | undefined): string | undefined => {
    const position = numberOf(index)
    if (position === undefined) return undefined
    return variants[position]?.name ?? `variation ${String(position)}`
  }
  const through = at(settings, 'fallthrough')
  const rollout = at(through, 'rollout')
  const split =
    rollout === undefined
      ? undefined
      : sharesOf(
          key,
          itemsOf(at(rollout, 'variations')).map((part) => ({
            variant: nameAt(at(part, 'variation')) ?? '',
            weight: at(part, 'weight'),
          })),
          rollout,
          WHOLE_WEIGHT,
        )
  const off = nameAt(at(settings, 'offVariation'))
  const fixed = nameAt(at(through, 'variation'))
  const bucketBy = textOf(at(rollout, 'bucketBy')) ?? 'key'
  return {
    format: 'launchdarkly',
    key,
    location: flag.location,
    isEnabled: booleanOf(at(settings, 'on')) === true && booleanOf(at(flag, 'archived')) !== true,
    variants,
    defaultVariant: off,
    offVariant: off,
    split: split?.shares ?? (fixed === undefined ? [] : [{ variant: fixed, share: 1 }]),
    stickiness: rollout === undefined ? undefined : { kind: 'key', name: bucketBy },
    rules: [...itemsOf(at(settings, 'targets')), ...itemsOf(at(settings, 'rules'))].map((rule) => ({
      location: rule.location,
      variants: [
        ...[at(rule, 'variation')].flatMap((each) => nameAt(each) ?? []),
        ...itemsOf(at(rule, 'rollout', 'variations')).flatMap(
          (part) => nameAt(at(part, 'variation')) ?? [],
        ),
      ],
    })),
    findings: split?.findings ?? [],
  }
}

/** A variation without a name is named by its value. */
function variantOf(variation: Value): FlagVariant {
  const isObject = has(variation, 'value')
  const value = plainOf(isObject ? (at(variation, 'value') ?? variation) : variation)
  const name = isObject ? textOf(at(variation, 'name')) : undefined
  const { location } = variation
  return {
    name: name ?? (typeof value === 'string' ? value : JSON.stringify(value)),
    value,
    location,
  }
}
