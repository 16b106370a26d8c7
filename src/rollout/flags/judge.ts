import type { GradedFinding } from '../../core/finding.ts'
import type { Flag } from './flag.ts'
import { modelNamed, modelOf, type ModelNames } from './versions.ts'

/** A flag with what it means for the new model. */
export interface JudgedFlag {
  readonly flag: Flag
  /** The part of the traffic that the new model gets, from 0 to 1; `undefined` when it is unknown. */
  readonly candidateShare: number | undefined
  readonly findings: readonly GradedFinding[]
}

/**
 * Judges a flag: switched on, safe by default, variants that stand for the two models, a share that
 * can be computed, and the same answer for the same user.
 */
export function judgeFlag(flag: Flag, names: ModelNames): JudgedFlag {
  const { key, location } = flag
  const share = candidateShareOf(flag, names)
  const findings: GradedFinding[] = [...flag.findings, ...variantFindings(flag, names)]
  if (!flag.isEnabled) {
    findings.push({ severity: 'fail', code: 'FLAG_DISABLED', args: { flag: key }, location })
  }
  findings.push(...defaultFindings(flag, names))
  if (flag.split.length === 0 && flag.findings.length === 0) {
    findings.push({ severity: 'warn', code: 'FLAG_WITHOUT_SHARE', args: { flag: key }, location })
  } else if (share === 1) {
    findings.push({ severity: 'warn', code: 'FLAG_ALL_TO_NEW', args: { flag: key }, location })
  }
  if (flag.stickiness?.kind === 'random') {
    const args = { flag: key, by: flag.stickiness.name }
    findings.push({ severity: 'warn', code: 'FLAG_NOT_STICKY', args, location })
  }
  return { flag, candidateShare: share, findings }
}

function candidateShareOf(flag: Flag, names: ModelNames): number | undefined {
  if (flag.split.length === 0) return undefined
  const models = flag.split.map(({ variant, share }) => ({
    share,
    model: modelNamed(flag, variant, names),
  }))
  if (models.some(({ model, share }) => model === 'unknown' && share > 0)) return undefined
  return models.reduce((sum, { model, share }) => sum + (model === 'candidate' ? share : 0), 0)
}

function variantFindings(flag: Flag, names: ModelNames): readonly GradedFinding[] {
  const { key, variants, split, rules } = flag
  const findings: GradedFinding[] = []
  const known = variants.map(({ name }) => name)
  for (const { name, location, ...variant } of variants) {
    if (modelOf({ name, location, ...variant }, names) !== 'unknown') continue
    const args = { flag: key, variant: name, value: variant.value }
    findings.push({ severity: 'fail', code: 'FLAG_VARIANT_OF_NO_MODEL', args, location })
  }
  const isKnown = (name: string) =>
    known.includes(name) || (flag.format === 'unleash' && name === 'disabled')
  const served = [
    ...split.map(({ variant }) => ({ variant, location: flag.location })),
    ...rules.flatMap((rule) =>
      rule.variants.map((variant) => ({ variant, location: rule.location })),
    ),
  ]
  for (const { variant, location } of served.filter((each) => !isKnown(each.variant))) {
    const args = { flag: key, variant, known }
    findings.push({ severity: 'fail', code: 'FLAG_VARIANT_MISSING', args, location })
  }
  if (!variants.some((variant) => modelOf(variant, names) === 'candidate')) {
    const { location } = flag
    findings.push({ severity: 'fail', code: 'FLAG_WITHOUT_NEW', args: { flag: key }, location })
  }
  return findings
}

function defaultFindings(flag: Flag, names: ModelNames): readonly GradedFinding[] {
  const { key, location, variants, defaultVariant } = flag
  if (defaultVariant === undefined) {
    return [{ severity: 'fail', code: 'FLAG_WITHOUT_DEFAULT', args: { flag: key }, location }]
  }
  const variant = variants.find(({ name }) => name === defaultVariant)
  const isUnleashOff = flag.format === 'unleash' && defaultVariant === 'disabled'
  if (variant === undefined && !isUnleashOff) {
    const known = variants.map(({ name }) => name)
    const args = { flag: key, variant: defaultVariant, known }
    return [{ severity: 'fail', code: 'FLAG_VARIANT_MISSING', args, location }]
  }
  if (modelNamed(flag, defaultVariant, names) !== 'candidate') return []
  const args = { flag: key, variant: defaultVariant }
  return [
    {
      severity: 'fail',
      code: 'FLAG_DEFAULT_IS_NEW',
      args,
      location: variant?.location ?? location,
    },
  ]
}
