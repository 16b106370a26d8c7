import type { Evidence } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { differencesOf } from './statistic-differences.ts'
import { undecided } from './undecided.ts'

export const dataDistributionRecorded = defineCheck({
  id: 'data.distribution-recorded',
  title: 'Distribution statistics of the reference recorded',
  section: 'data',
  motivation:
    'Drift is measured against what was recorded. Statistics of another data set, or of an older one, make every later comparison meaningless.',
  decides:
    'The statistics are computed again from data.reference (else data.train). ' +
    'Pass: the recorded file covers every declared feature and agrees in every count, moment, quantile, histogram and category. ' +
    'Warn: it agrees, but was recorded from a file with other bytes. ' +
    'Fail: a feature is missing, or the number of rows or any statistic differs by more than relative_tolerance. ' +
    'Inconclusive: there is no recorded file, it is not one that mlcheck wrote, or the reference data is missing, unreadable or has no rows.',
  remediation:
    'Record them again from the reference data: mlcheck profile DATA -o FILE, and commit both.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Monitor 2 and 3',
    'Breck et al. 2019, "Data Validation for Machine Learning", MLSys',
  ],
  params: {
    relative_tolerance: {
      type: 'number',
      default: 1e-9,
      min: 0,
      description: 'Numbers within this share of the larger one count as equal.',
    },
  },
  needs: ['baseline.statistics', 'data.reference-statistics', 'data.schema-sources'],
  judge(facts, params) {
    const recorded = facts['baseline.statistics']
    const reference = facts['data.reference-statistics']
    const sources = facts['data.schema-sources']
    if (
      recorded.state !== 'present' ||
      reference.state !== 'present' ||
      sources.state !== 'present'
    ) {
      return undecided(recorded, reference, sources)
    }
    const declared = sources.value.find(({ origin }) => origin === 'features')
    const features =
      declared?.columns.map(({ name }) => name) ?? reference.value.columns.map(({ name }) => name)
    const location = { path: recorded.source.path }
    const findings: GradedFinding[] = []
    const columnOf = (side: typeof recorded.value, feature: string) =>
      side.columns.find(({ name }) => name === feature)

    if (recorded.value.rows !== reference.value.rows) {
      const args = { recorded: recorded.value.rows, recomputed: reference.value.rows }
      findings.push({ severity: 'fail', code: 'STATISTICS_ROWS_DIFFER', args, location })
    }
    let compared = 0
    for (const feature of features) {
      const before = columnOf(recorded.value, feature)
      const now = columnOf(reference.value, feature)
      if (before === undefined || now === undefined) {
        const from = before === undefined ? location.path : reference.source.path
        const args = { feature, file: from }
        findings.push({ severity: 'fail', code: 'STATISTICS_FEATURE_MISSING', args, location })
        continue
      }
      const differences = differencesOf(before, now, params.relative_tolerance)
      const [first] = differences
      compared += 1
      if (first !== undefined) {
        const args = { feature, ...first, differences: differences.length }
        findings.push({ severity: 'fail', code: 'STATISTICS_DIFFER', args, location })
      }
    }
    if (findings.length === 0 && recorded.value.source.sha256 !== reference.value.source.sha256) {
      const args = { recordedFrom: recorded.value.source.path, reference: reference.source.path }
      findings.push({ severity: 'warn', code: 'STATISTICS_OF_OTHER_FILE', args, location })
    }
    const evidence: Evidence = {
      level: 'recomputed',
      claim: 'The recorded statistics are those of the reference data.',
      observed: { rows: reference.value.rows, features: compared },
      expected: { rows: recorded.value.rows, features: features.length },
      source: recorded.source,
    }
    return conclude('recomputed', findings, compared === 0 ? [] : [evidence])
  },
})
