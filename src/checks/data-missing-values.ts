import type { Evidence, EvidenceLevel, Source } from '../core/evidence.ts'
import type { Fact } from '../core/fact.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { FeatureColumn, FeatureValues } from '../facts/feature-values.ts'
import type { MissingProbe } from '../facts/missing-probe.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { imputedFeatures, imputerEvidence, imputerFindings } from './imputer-findings.ts'
import { undecided } from './undecided.ts'

export const dataMissingValues = defineCheck({
  id: 'data.missing-values',
  title: 'Handling of missing values declared for every feature',
  section: 'data',
  motivation:
    'A gap that nobody planned for becomes a crash, a NaN or, worst, the default of some library.',
  decides:
    'The gaps of every feature are counted in every row of the data files and held against its policy; the model is run without values when commands may run. ' +
    'A fitted imputer in the model or beside it is a policy too, and what it puts into gaps is computed again from data.train by its strategy, within relative_tolerance; five times as much warns, more fails, as do an imputer that is not fitted or is declared and absent. ' +
    'Pass: every feature says what happens to a missing value, none that rejects them has one, and, where it was run, the model answers rows without the values it promises to take and refuses the others. ' +
    'A refusal is an answer without the row or with no prediction for it, or a non-zero exit that names the feature or the row on standard error; an error that nobody caught is none. ' +
    'The level is executed when the model was run and every policy could be asked about; else recomputed, and the evidence says what was not run, as the policy drop never is. ' +
    'Warn: a feature without gaps does not say, or the model answers without a value that it is said to reject, or ends without a refusal. ' +
    'Fail: rows have gaps where the policy is reject, or where there is no policy, or the model does not answer a row without a value that is said to be imputed or taken, or dies by a signal, a hang or a flood of output without one that is said to be rejected. ' +
    'Inconclusive: no features or data files are declared, a file has no rows, a feature or the preprocessing cannot be read, the predict command fails on a row that has all its values, or it changes files that the audit reads. ' +
    'A table without gaps whose policies are all reject passes: that there are none was counted, which is more than that the item does not apply.',
  remediation:
    'Set missing: of every feature to reject, impute or native, and make the pipeline do so; an unexpected gap in the data is repaired where it arises.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Data 1 and Monitor 2',
    'https://scikit-learn.org/stable/modules/impute.html',
  ],
  params: {
    relative_tolerance: {
      type: 'number',
      default: 1e-6,
      min: 0,
      max: 1,
      description: 'How far a saved fill may be from the computed one, relative to its size.',
    },
  },
  needs: [
    'data.feature-values',
    'preprocessing.steps',
    'data.training-statistics',
    'predict.missing-values',
  ],
  judge(facts, { relative_tolerance: tolerance }) {
    const fact = facts['data.feature-values']
    const { 'preprocessing.steps': fitted, 'data.training-statistics': training } = facts
    if (fact.state !== 'present' || fitted.state === 'unreadable') return undecided(fact, fitted)
    const run = facts['predict.missing-values']
    const files = fact.value
    const preprocessing = fitted.state === 'present' ? fitted.value : undefined
    const trained = training.state === 'present' ? training.value : undefined
    const imputed = preprocessing === undefined ? NOTHING : imputedFeatures(preprocessing)
    const counted = [
      ...files.filter(({ rows }) => rows > 0).map(countedEvidence),
      ...(preprocessing === undefined ? [] : imputerEvidence(preprocessing, trained)),
    ]
    const findings = [
      ...files.flatMap((file) => fileFindings(file, imputed)),
      ...undeclaredPolicies(files, imputed),
      ...(preprocessing === undefined ? [] : imputerFindings(preprocessing, trained, tolerance)),
    ]
    if (run.state !== 'present' || !run.value.hasRow) {
      return conclude('recomputed', findings, [...counted, ...notRunEvidence(files, placeOf(run))])
    }
    return conclude(
      levelOf(run.value),
      [...findings, ...probeFindings(run.value).map((each) => ({ ...each, location: run.source }))],
      [
        ...counted,
        ...probeEvidence(run.value, run.source),
        ...droppedEvidence(run.value, run.source),
      ],
    )
  },
})

const NOTHING: ReadonlySet<string> = new Set()

function fileFindings(file: FeatureValues, imputed: ReadonlySet<string>): readonly GradedFinding[] {
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
      // An imputer in the pipeline is a policy, whether or not it is written down as well.
      if (imputed.has(feature)) return []
      return [{ severity: 'fail', code: 'MISSING_WITHOUT_POLICY', args, location }]
    }
    if (declared.missing === 'reject') {
      return [{ severity: 'fail', code: 'MISSING_WHERE_REJECTED', args, location }]
    }
    return []
  })
}

function undeclaredPolicies(
  files: readonly FeatureValues[],
  imputed: ReadonlySet<string>,
): readonly GradedFinding[] {
  const hasGap = ({ name }: FeatureColumn) =>
    files.some(({ features }) =>
      features.some((column) => column.name === name && column.missing > 0),
    )
  const silent = (files[0]?.features ?? []).filter(
    (column) =>
      column.declared.missing === undefined && !hasGap(column) && !imputed.has(column.name),
  )
  if (silent.length === 0) return []
  const features = silent.map(({ name }) => name)
  return [{ severity: 'warn', code: 'MISSING_POLICY_UNDECLARED', args: { features } }]
}

function probeFindings(probe: MissingProbe): readonly GradedFinding[] {
  const { accepted, completeProblem, treated, treatmentProblem, untreated } = probe
  const changes: readonly GradedFinding[] =
    probe.changedInputs.length === 0
      ? []
      : [
          {
            severity: 'inconclusive',
            code: 'INPUT_CHANGED_DURING_RUN',
            args: { files: probe.changedInputs },
          },
        ]
  if (completeProblem !== undefined) {
    const { code, args } = completeProblem
    return [
      ...changes,
      { severity: 'inconclusive', code, args: { ...args, variation: 'complete-row' } },
    ]
  }
  const findings: GradedFinding[] = [...changes, ...crashFindings(probe)]
  if (treatmentProblem !== undefined) {
    const features = untreated.length > 0 ? untreated : treated
    const args = { features, problem: treatmentProblem.code, data: probe.data }
    findings.push({ severity: 'fail', code: 'MISSING_TREATMENT_FAILS', args })
  }
  if (accepted.length > 0) {
    const args = { features: accepted, data: probe.data }
    findings.push({ severity: 'warn', code: 'MISSING_NOT_REJECTED', args })
  }
  return findings
}

/** Ends that take a service down with them, where a refusal would have cost one answer. */
const DEADLY: readonly string[] = ['PREDICT_SIGNALLED', 'PREDICT_TIMED_OUT', 'PREDICT_FLOODED']

function crashFindings({ crashes, data }: MissingProbe): readonly GradedFinding[] {
  return crashes.map(({ feature, problem }): GradedFinding => {
    const stderr = problem.args['stderr'] ?? ''
    return {
      severity: DEADLY.includes(problem.code) ? 'fail' : 'warn',
      code: 'MISSING_REFUSAL_CRASHES',
      args: { feature, data, problem: problem.code, stderr },
    }
  })
}

/** Nothing can be asked about a policy that concerns rows before training: it stays counted. */
function levelOf({ completeProblem, dropped }: MissingProbe): EvidenceLevel {
  return completeProblem === undefined && dropped.length === 0 ? 'executed' : 'recomputed'
}

function droppedEvidence({ dropped }: MissingProbe, source: Source): readonly Evidence[] {
  if (dropped.length === 0) return []
  return [
    {
      level: 'documented',
      claim: 'Rows without these values are said to be dropped, which no run can show.',
      observed: dropped,
      source,
    },
  ]
}

function countedEvidence(file: FeatureValues): Evidence {
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

/** Counting cannot tell how a model fills a gap: the reader learns what was only written down. */
function notRunEvidence(
  files: readonly FeatureValues[],
  source: Source | undefined,
): readonly Evidence[] {
  const policies = (files[0]?.features ?? []).flatMap(({ name, declared }) =>
    declared.missing === undefined || declared.missing === 'reject'
      ? []
      : [[name, declared.missing] as const],
  )
  if (policies.length === 0) return []
  return [
    {
      level: 'documented',
      claim: 'What stands in for a missing value is declared; the model was not run without one.',
      observed: Object.fromEntries(policies),
      ...(source === undefined ? {} : { source }),
    },
  ]
}

function placeOf(run: Fact<MissingProbe>): Source | undefined {
  return run.state === 'absent' ? run.looked[0] : run.source
}

function probeEvidence(probe: MissingProbe, source: Source): readonly Evidence[] {
  if (probe.completeProblem !== undefined) return []
  return [
    {
      level: 'executed',
      claim: 'The model answers without the values it takes, and refuses without those it rejects.',
      observed: {
        data: probe.data,
        treated: probe.treated,
        answered: probe.treatmentProblem === undefined,
        rejected: probe.rejected,
        notRejected: probe.accepted,
        crashed: probe.crashes.map(({ feature }) => feature),
      },
      source,
    },
  ]
}
