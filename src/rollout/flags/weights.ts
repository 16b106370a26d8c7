import type { GradedFinding } from '../../core/finding.ts'
import { numberOf, type Value } from '../located.ts'
import type { FlagShare } from './flag.ts'

/** A variant with its weight as it is written. */
export interface Weighted {
  readonly variant: string
  readonly weight: Value | undefined
  /** For a weight that is left out. */
  readonly otherwise?: number
}

export interface SharesRead {
  readonly shares: readonly FlagShare[]
  readonly findings: readonly GradedFinding[]
}

/**
 * The shares of weights that are relative to their sum; a variant that stands twice gets both.
 *
 * @param whole what the service wants the weights to add up to; another sum is a warning
 * @returns no shares, and a finding, when a weight is no number of at least 0 or all are 0
 */
export function sharesOf(
  flag: string,
  weighted: readonly Weighted[],
  around: Value,
  whole?: number,
): SharesRead {
  const read = weighted.map(({ variant, weight, otherwise }) => ({
    variant,
    weight: weight === undefined ? otherwise : numberOf(weight),
    at: weight ?? around,
  }))
  const broken = read.find(({ weight }) => weight === undefined || weight < 0)
  const total = read.reduce((sum, { weight }) => sum + (weight ?? 0), 0)
  if (broken !== undefined || !(total > 0)) {
    const { location } = broken?.at ?? around
    const args = { flag }
    return {
      shares: [],
      findings: [{ severity: 'inconclusive', code: 'FLAG_WEIGHTS_INVALID', args, location }],
    }
  }
  const shares = new Map<string, number>()
  for (const { variant, weight = 0 } of read) {
    shares.set(variant, (shares.get(variant) ?? 0) + weight / total)
  }
  const isWhole = whole === undefined || Math.abs(total - whole) < 1e-9
  const args = { flag, total, whole: whole ?? null }
  const { location } = around
  return {
    shares: [...shares].map(([variant, share]) => ({ variant, share })),
    findings: isWhole ? [] : [{ severity: 'warn', code: 'FLAG_WEIGHTS_NOT_WHOLE', args, location }],
  }
}
