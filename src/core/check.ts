import type { Fact } from './fact.ts'
import type { Judgement } from './judgement.ts'
import type { ParamSpecs, ParamValues } from './params.ts'
import type { Section } from './result.ts'

/** The facts a check declared, by key. */
export type FactsFor<Map, Keys extends keyof Map> = { readonly [K in Keys]: Fact<Map[K]> }

/**
 * One question with a yes or no: a pure function of declared facts and parameters.
 * `FactMap` is the type that ties each fact key to its value.
 */
export interface Check<
  FactMap,
  Keys extends keyof FactMap = keyof FactMap,
  S extends ParamSpecs = ParamSpecs,
> {
  /** A claim in the positive: `data.scaling-saved`. */
  readonly id: string
  readonly title: string
  readonly section: Section
  /** Why anybody should care, in a sentence or two. */
  readonly motivation: string
  /** How pass, warn, fail, inconclusive and not-applicable are told apart. */
  readonly decides: string
  readonly remediation: string
  readonly references: readonly string[]
  /**
   * Whether it reads what people vouch for: attestations of its item are then evidence, where any other
   * check makes them needless.
   */
  readonly attested?: true
  readonly params: S
  readonly needs: readonly Keys[]
  judge(facts: FactsFor<FactMap, Keys>, params: ParamValues<S>): Judgement
}
