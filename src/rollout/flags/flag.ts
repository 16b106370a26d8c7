import type { JsonValue, Location } from '../../core/evidence.ts'
import type { GradedFinding } from '../../core/finding.ts'

export const FLAG_FORMATS = ['flagd', 'unleash', 'launchdarkly'] as const

export type FlagFormat = (typeof FLAG_FORMATS)[number]

/** One answer that a flag can give. */
export interface FlagVariant {
  readonly name: string
  /** What the code gets; `true` and `false` where a flag is only on or off. */
  readonly value: JsonValue
  readonly location: Location
}

/** The part of the traffic that a variant gets. */
export interface FlagShare {
  readonly variant: string
  /** From 0 to 1, of the requests that no rule takes aside. */
  readonly share: number
}

/** By what a request is put into its part: an attribute that stays, or chance each time. */
export type Stickiness =
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'random'; readonly name: string }

/** A rule that takes some requests aside. */
export interface FlagRule {
  readonly location: Location
  /** Variants that the rule can give. */
  readonly variants: readonly string[]
}

/** A feature flag, whatever service it comes from. */
export interface Flag {
  readonly format: FlagFormat
  readonly key: string
  readonly location: Location
  readonly isEnabled: boolean
  readonly variants: readonly FlagVariant[]
  /** What the service answers when no rule and no split applies; `undefined` when the file does not say. */
  readonly defaultVariant: string | undefined
  /** What is served while the flag is switched off; `undefined` when the code's own default is. */
  readonly offVariant: string | undefined
  /** Shares that add up to 1; empty when the flag does not split its traffic. */
  readonly split: readonly FlagShare[]
  readonly stickiness: Stickiness | undefined
  readonly rules: readonly FlagRule[]
  /** What the reader found wrong with the file itself. */
  readonly findings: readonly GradedFinding[]
}

export type FlagsRead = { readonly flags: readonly Flag[] } | { readonly finding: GradedFinding }
