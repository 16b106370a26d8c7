import type { Evidence, EvidenceLevel } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { FeatureColumn, FeatureValues } from '../facts/feature-values.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { undecided } from './undecided.ts'

export const dataMissingValues = defineCheck({
  id: 'data.missing-values',
  title: 'Missing value handling declared',
  section: 'data',
  motivation:
    'A gap that nobody planned for becomes a crash, a NaN or, worst, the default of some library.',
  decides:
    'Pass: every feature says what happens to a missing value, and no feature that rejects them has one in any row of the data files; ' +
    'the level is recomputed when all features reject, documented when one promises a treatment that is not verified here. ' +
    'Warn: a feature without gaps does not say. ' +
    'Fail: rows have gaps where the policy is reject, or where there is no policy. ' +
    'Inconclusive: no features or data files are declared, a file has no rows, or a feature cannot be read.',
  remediation:
    'Set missing: of every feature to reject, impute or native, and make the pipeline do so; an unexpected gap in the data is repaired where it arises.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Data 1 and Monitor 2',
    'https://scikit-learn.org/stable/modules/impute.html',
  ],
  params: {},
  needs: ['data.feature-values'],
  judge(facts) {
    const fact = facts['data.feature-values']
    if (fact.state !== 'present') return undecided(fact)
    const files = fact.value
    return conclude(
      levelOf(files),
      [...files.flatMap(fileFindings), ...undeclaredPolicies(files)],
      files.filter(({ rows }) => rows > 0).map(evidenceOf),
    )
  },
})

/** A promise to impute is only written down; that nothing is missing was counted. */
function levelOf(files: readonly FeatureValues[]): EvidenceLevel {
  const policies = files[0]?.features.map(({ declared }) => declared.missing) ?? []
  return policies.every((policy) => policy === 'reject') ? 'recomputed' : 'documented'
}

function fileFindings(file: FeatureValues): readonly GradedFinding[] {
  const { path } = file.source
  const location = { path }
  if (file.rows === 0) {
    return [{ severity: 'inconclusive', code: 'DATA_WITHOUT_ROWS', args: { file: path }, location }]
  }
  return file.features.flatMap((column): readonly GradedFinding[] => {
    const { name: feature, declared, missing, type } = column
    if (type === undefined || type === 'unsupported') {
      const args = { feature, file: path }
      return [{ severity: 'inconclusive', code: 'MISSING_VALUES_UNKNOWN', args, location }]
    }
    if (missing === 0) return []
    const args = { feature, file: path, rows: missing, share: missing / file.rows }
    if (declared.missing === undefined) {
      return [{ severity: 'fail', code: 'MISSING_WITHOUT_POLICY', args, location }]
    }
    if (declared.missing === 'reject') {
      return [{ severity: 'fail', code: 'MISSING_WHERE_REJECTED', args, location }]
    }
    return []
  })
}

function undeclaredPolicies(files: readonly FeatureValues[]): readonly GradedFinding[] {
  const hasGap = ({ name }: FeatureColumn) =>
    files.some(({ features }) =>
      features.some((column) => column.name === name && column.missing > 0),
    )
  const silent = (files[0]?.features ?? []).filter(
    (column) => column.declared.missing === undefined && !hasGap(column),
  )
  if (silent.length === 0) return []
  const features = silent.map(({ name }) => name)
  return [{ severity: 'warn', code: 'MISSING_POLICY_UNDECLARED', args: { features } }]
}

function evidenceOf(file: FeatureValues): Evidence {
  const gaps = file.features.filter(({ missing }) => missing > 0)
  return {
    level: 'recomputed',
    claim: 'Values are missing only where the manifest says what happens then.',
    observed: {
      roles: file.roles,
      rows: file.rows,
      missing: Object.fromEntries(gaps.map(({ name, missing }) => [name, missing])),
    },
    expected: Object.fromEntries(
      file.features.map(({ name, declared }) => [name, declared.missing ?? null]),
    ),
    source: file.source,
  }
}
