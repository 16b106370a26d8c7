import type { Evidence, JsonValue } from '../core/evidence.ts'
import type { FindingArgs, FindingCode, GradedFinding, Severity } from '../core/finding.ts'
import type { ParamValues } from '../core/params.ts'
import { reaches } from '../core/threshold.ts'
import type { FeatureLimits, OutlierLimits, Replay } from '../facts/outlier-limits.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { undecided } from './undecided.ts'

const params = {
  min_outlier_share: {
    type: 'number',
    default: 0,
    min: 0,
    max: 1,
    description: 'Limits that fewer of the reference values exceed are a warning.',
  },
  max_outlier_share: {
    type: 'number',
    default: 0.05,
    min: 0,
    max: 1,
    description: 'Limits that more of the reference values exceed are a warning.',
  },
  fail_outlier_share: {
    type: 'number',
    default: 0.25,
    min: 0,
    max: 1,
    description: 'Limits that more of the reference values exceed are a failure.',
  },
  max_distance: {
    type: 'number',
    default: 10,
    min: 0,
    description:
      'A limit that lies further beyond the quartiles than so many interquartile ranges is a warning.',
  },
} as const

type Settings = ParamValues<typeof params>

export const dataOutlierThresholds = defineCheck({
  id: 'data.outlier-thresholds',
  title: 'Outlier thresholds defined for every numeric feature',
  section: 'data',
  motivation:
    'A value that no training row came near gets a prediction all the same. The thresholds decide who is told, and one bad row among the extremes of the data switches them off.',
  decides:
    'The limits of each numeric feature are those of outliers (below and above, or quantiles of data.train with a margin), and of min and max, whichever are tighter. They are replayed on data.reference (else validation, test or train), and extremes are injected on both sides. ' +
    'Pass: every numeric feature has limits on both sides, at most max_outlier_share of its reference values lie outside, and the injected extremes do. ' +
    'Warn: more lie outside, or fewer than min_outlier_share; a limit further beyond the quartiles than max_distance interquartile ranges, as after one bad row set the minimum or maximum (where the quartiles are equal, the distance of the 1st and 99th percentile stands for the range); a feature of one single value. ' +
    'Fail: a numeric feature without limits, a side where an injected extreme is not caught, more than fail_outlier_share outside. ' +
    'Inconclusive: no features or data are declared, a feature cannot be read, quantiles without data.train to take them of. ' +
    'Not applicable: no feature is numeric.',
  remediation:
    'Declare outliers: {quantiles: [0.001, 0.999], margin: 0.5} for each numeric feature, or below and above from knowledge of the domain.',
  references: [
    'Tukey 1977, "Exploratory Data Analysis", chapter 2',
    'Breck et al. 2017, "The ML Test Score", Data 1 and Monitor 2',
    'Hyndman, Fan 1996, "Sample quantiles in statistical packages", The American Statistician 50',
  ],
  params,
  needs: ['data.outlier-limits'],
  judge(facts, settings) {
    const fact = facts['data.outlier-limits']
    if (fact.state !== 'present') return undecided(fact)
    const { features, rows } = fact.value
    const location = { path: fact.source.path }
    if (features.length === 0) {
      return { outcome: 'not-applicable', findings: [{ code: 'OUTLIERS_NO_NUMBERS', args: {} }] }
    }
    if (rows === 0) {
      const args = { file: location.path }
      const empty = { severity: 'inconclusive', code: 'DATA_WITHOUT_ROWS', args, location } as const
      return conclude('documented', [empty], [])
    }
    const at = (severity: Severity, code: FindingCode, args: FindingArgs): GradedFinding => ({
      severity,
      code,
      args: { ...args, file: location.path },
      location,
    })
    return conclude(
      'recomputed',
      [
        ...uncovered(features, at),
        ...features.flatMap((feature) => limitFindings(feature, settings, at)),
      ],
      [evidenceOf(fact.value)],
    )
  },
})

type MakeFinding = (severity: Severity, code: FindingCode, args: FindingArgs) => GradedFinding

function uncovered(features: readonly FeatureLimits[], at: MakeFinding): readonly GradedFinding[] {
  const names = features.filter(({ kind }) => kind === 'none').map(({ name }) => name)
  return names.length === 0 ? [] : [at('fail', 'OUTLIERS_UNDECLARED', { features: names })]
}

function limitFindings(
  feature: FeatureLimits,
  settings: Settings,
  at: MakeFinding,
): readonly GradedFinding[] {
  const { name, kind, replay, problem } = feature
  if (kind === 'none') return []
  if (problem !== undefined || replay === undefined) {
    const reason = problem === undefined ? 'it was not replayed' : PROBLEMS[problem]
    return [at('inconclusive', 'OUTLIERS_NOT_REPLAYED', { feature: name, reason })]
  }
  if (replay.spread === 0) {
    return [
      ...extremeFindings(feature, replay, at),
      at('warn', 'OUTLIERS_OF_CONSTANT', { feature: name, value: replay.min }),
    ]
  }
  return [
    ...extremeFindings(feature, replay, at),
    ...shareFindings(name, replay, settings, at),
    ...distanceFindings(feature, replay, settings.max_distance, at),
  ]
}

const PROBLEMS: Readonly<Record<NonNullable<FeatureLimits['problem']>, string>> = {
  'no-column': 'there is no such column',
  'not-numeric': 'the column holds no numbers',
  'no-values': 'the column has no finite value',
  'no-training-values': 'data.train has no values to take the quantiles of',
}

/** So many spreads beyond the data nothing is plausible any more. */
const INJECTED_SPREADS = 1000

function extremeFindings(
  { name, low, high }: FeatureLimits,
  { min, max, spread }: Replay,
  at: MakeFinding,
): readonly GradedFinding[] {
  const far = INJECTED_SPREADS * Math.max(spread, Math.abs(min), Math.abs(max), 1)
  const [lowest, highest] = [min - far, max + far]
  const isCaughtBelow = low !== null && lowest < low
  const isCaughtAbove = high !== null && highest > high
  const sides = [
    ...(isCaughtBelow ? [] : [{ side: 'low', injected: lowest }]),
    ...(isCaughtAbove ? [] : [{ side: 'high', injected: highest }]),
  ]
  return sides.map((args) => at('fail', 'OUTLIERS_EXTREME_NOT_CAUGHT', { feature: name, ...args }))
}

function shareFindings(
  name: string,
  { below, above, values }: Replay,
  settings: Settings,
  at: MakeFinding,
): readonly GradedFinding[] {
  const outside = below + above
  const share = outside / values
  const args = { feature: name, rows: outside, share }
  if (!reaches(settings.fail_outlier_share, share)) {
    return [at('fail', 'OUTLIERS_MANY', { ...args, limit: settings.fail_outlier_share })]
  }
  if (!reaches(settings.max_outlier_share, share)) {
    return [at('warn', 'OUTLIERS_MANY', { ...args, limit: settings.max_outlier_share })]
  }
  if (reaches(share, settings.min_outlier_share)) return []
  return [at('warn', 'OUTLIERS_FEW', { ...args, limit: settings.min_outlier_share })]
}

function distanceFindings(
  { name, low, high }: FeatureLimits,
  { lowerQuartile, upperQuartile, spread, min, max }: Replay,
  most: number,
  at: MakeFinding,
): readonly GradedFinding[] {
  const sides = [
    { side: 'low', limit: low, quartile: lowerQuartile, extreme: min },
    { side: 'high', limit: high, quartile: upperQuartile, extreme: max },
  ]
  return sides.flatMap(({ side, limit, quartile, extreme }): readonly GradedFinding[] => {
    if (limit === null) return []
    // Division first: the difference of two large numbers of opposite sign may overflow.
    const distance = Math.abs(limit / spread - quartile / spread)
    if (Number.isFinite(distance) && reaches(most, distance)) return []
    const isBeyond = side === 'low' ? limit < quartile : limit > quartile
    if (!isBeyond) return []
    const shown = Number.isFinite(distance) ? distance : null
    const args = { feature: name, side, limit, quartile, extreme, distance: shown, most }
    return [at('warn', 'OUTLIERS_LIMIT_FAR', args)]
  })
}

function evidenceOf({ features, reference, rows, training }: OutlierLimits): Evidence {
  return {
    level: 'recomputed',
    claim: 'The outlier limits, replayed on the reference data.',
    observed: {
      rows,
      quantilesOf: training?.path ?? null,
      features: features.map(({ name, kind, low, high, replay }): JsonValue => ({
        feature: name,
        kind,
        low,
        high,
        below: replay?.below ?? null,
        above: replay?.above ?? null,
        values: replay?.values ?? null,
      })),
    },
    source: reference,
  }
}
