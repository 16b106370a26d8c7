import type { Evidence, JsonValue } from '../core/evidence.ts'
import type { Finding, GradedFinding } from '../core/finding.ts'
import { reaches } from '../core/threshold.ts'
import type { EdgeCase } from '../facts/edge-behaviour.ts'
import type { EdgeCases } from '../facts/edge-cases.ts'
import type { PredictionAgreement } from '../facts/compare-predictions.ts'
import { isKnown } from './code-reproducibility-tolerance.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import {
  declaredExpectation,
  parseRule,
  ruleFor,
  type Expectation,
  type ExpectationRule,
} from './edge-expectation.ts'
import { undecided } from './undecided.ts'
import { workerFinding } from './worker-problem.ts'

export const modelEdgeCases = defineCheck({
  id: 'model.edge-cases',
  title: 'Edge cases handled as declared',
  section: 'model',
  motivation:
    'Production sends empty cells, new categories and absurd numbers on its first day; a model that dies of them, or answers them silently, is found out by its users.',
  decides:
    'The worker, or where there is none the predict command, is asked about real rows and about rows made from them: each feature missing, all missing, an unseen category, ±1e308, ±infinity, far beyond the range, text in place of a number, a column missing, added or in another place, no rows, a row twice, a batch. ' +
    'Over the predict command each case is a process, and rows of one kind are asked together once the first of them is predicted; a non-zero exit code, or no prediction for the row, rejects it. ' +
    'What is expected follows from missing, unseen, min and max of the features, or from expect. ' +
    'Pass: every case is rejected, answered by a fallback or predicted as is expected, every prediction is defined, and equal rows get equal predictions in any batch and any order of columns. ' +
    'Warn: a case of which nothing is declared is predicted, the predict command rejects by an error that nobody caught, or the worker does not end when its input is closed. ' +
    'Fail: the worker ends, a protocol is broken, a prediction is undefined, a case is handled in another way than is declared, or a prediction depends on the batch or on the place of a column. ' +
    'Inconclusive: there is no worker, no predict command and no ONNX model, it may not run, it does not answer real rows or not in time, it ended too often or takes too many processes to ask every case, an entry of expect fits no case, equal rows differ in a column that is neither prediction nor score, or the run changes files that the audit reads.',
  remediation:
    'Declare missing, unseen, min and max for each feature, validate rows before the model sees them, and answer what is refused with {"error": {"kind": "rejected"}}, or with a message and a non-zero exit code.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Data 1 and Infra 3',
    'https://scikit-learn.org/stable/modules/preprocessing.html#encoding-categorical-features',
  ],
  params: {
    expect: {
      type: 'strings',
      default: [],
      description:
        'What is expected of cases, such as "missing:age=reject" or "unseen=predict|fallback", before what the manifest declares.',
    },
    absolute_tolerance: {
      type: 'number',
      default: 1e-9,
      min: 0,
      description: 'Scores within this distance count as equal.',
    },
    relative_tolerance: {
      type: 'number',
      default: 1e-6,
      min: 0,
      description: 'Scores within this share of the larger one count as equal.',
    },
  },
  needs: ['model.edge-cases'],
  judge(facts, params) {
    const fact = facts['model.edge-cases']
    if (fact.state !== 'present') return undecided(fact)
    const { value, source } = fact
    const rules = params.expect.flatMap((text) => parseRule(text) ?? [])
    const findings: GradedFinding[] = []
    const evidence: Evidence[] = []
    if (value.rows === 0) {
      findings.push(inconclusive('DATA_WITHOUT_ROWS', { file: value.data }))
    } else if (value.firstProblem !== undefined) {
      findings.push(refusedRow(value.firstProblem))
    } else {
      findings.push(
        ...changed(value),
        ...uncaught(value),
        ...strayRules(params.expect, value),
        ...value.cases.flatMap((each) => caseFindings(each, value, rules, params)),
      )
      evidence.push({
        level: 'executed',
        claim: 'Rows at the edge are rejected, answered by a fallback or predicted as is declared.',
        observed: { data: value.data, asked: ASKED[value.over], behaviours: tally(value.cases) },
        source,
      })
    }
    const located = grouped(findings).map((each) => ({ ...each, location: source }))
    return conclude('executed', located, evidence)
  },
})

function inconclusive(code: GradedFinding['code'], args: GradedFinding['args']): GradedFinding {
  return { severity: 'inconclusive', code, args }
}

const ASKED = { worker: 'the worker', predict: 'the predict command' } as const

/** The predict command's problems say in which run they came. */
function refusedRow({ code, args }: Finding): GradedFinding {
  return workerFinding({ code, args: { ...args, variation: 'real row' } }, true)
}

/** A refusal that leaves a stack trace is a crash that happens to be in the right place. */
function uncaught({ cases }: EdgeCases): readonly GradedFinding[] {
  const kinds = cases.flatMap(({ kind, behaviour }) =>
    behaviour.kind === 'reject' && behaviour.isUncaught ? [kind] : [],
  )
  if (kinds.length === 0) return []
  const args = { rejected: kinds.length, cases: [...new Set(kinds)] }
  return [{ severity: 'warn', code: 'EDGE_REFUSALS_UNCAUGHT', args }]
}

function changed({
  over,
  changedInputs,
  notAsked,
  closeProblem,
}: EdgeCases): readonly GradedFinding[] {
  const code = over === 'predict' ? 'EDGE_CASES_BEYOND_BOUND' : 'EDGE_CASES_NOT_ASKED'
  return [
    ...(changedInputs.length === 0
      ? []
      : [inconclusive('INPUT_CHANGED_DURING_RUN', { files: changedInputs })]),
    ...(notAsked === 0 ? [] : [inconclusive(code, { notAsked })]),
    ...(closeProblem === undefined
      ? []
      : [{ severity: 'warn', code: closeProblem.code, args: closeProblem.args } as const]),
  ]
}

/** An entry that fits no case is a slip, and what was meant is not verified. */
function strayRules(texts: readonly string[], { cases }: EdgeCases): readonly GradedFinding[] {
  const stray = texts.filter((text) => {
    const rule = parseRule(text)
    return rule === undefined || !cases.some((each) => fits(each, rule))
  })
  return stray.length === 0 ? [] : [inconclusive('EDGE_EXPECTATION_UNUSABLE', { entries: stray })]
}

function fits({ kind, feature }: EdgeCase, rule: ExpectationRule): boolean {
  return rule.kind === kind && (rule.feature === null || rule.feature === feature)
}

interface Tolerances {
  readonly absolute_tolerance: number
  readonly relative_tolerance: number
}

function caseFindings(
  each: EdgeCase,
  value: EdgeCases,
  rules: readonly ExpectationRule[],
  tolerances: Tolerances,
): readonly GradedFinding[] {
  const { kind, behaviour } = each
  const features = each.feature === null ? [] : [each.feature]
  if (behaviour.kind === 'problem') {
    const { code, args } = behaviour.problem
    const finding = workerFinding(behaviour.problem, false)
    return [
      {
        ...finding,
        code: 'EDGE_CASE_BREAKS',
        args: { case: kind, features, problem: code, about: detail(args) },
      },
    ]
  }
  const rule = ruleFor(each, rules)
  const expected: Expectation = rule?.allowed ?? declaredExpectation(each, value.declared)
  const isPredicted = behaviour.kind === 'predict'
  if (expected === undefined) {
    return isPredicted
      ? [{ severity: 'warn', code: 'EDGE_CASE_UNDECLARED', args: { case: kind, features } }]
      : []
  }
  if (!expected.includes(behaviour.kind)) {
    const args = { case: kind, features, expected, behaviour: behaviour.kind }
    return [{ severity: 'fail', code: 'EDGE_CASE_NOT_AS_DECLARED', args }]
  }
  if (!isPredicted || behaviour.agreement === undefined) return []
  const columns = unlikeColumns(behaviour.agreement, tolerances)
  if (columns.some(isKnown)) {
    return [{ severity: 'fail', code: 'EDGE_CASE_ANSWERED_OTHERWISE', args: { case: kind } }]
  }
  // Nobody says whether another column is a prediction or a time stamp.
  return columns.length === 0
    ? []
    : [inconclusive('EDGE_CASE_OTHER_COLUMN_CHANGES', { case: kind, columns })]
}

/** What a problem says of itself, without what it printed. */
function detail(args: GradedFinding['args']): string {
  return Object.entries(args)
    .filter(([name]) => name !== 'stderr')
    .map(
      ([name, each]) => `${name} ${typeof each === 'object' ? JSON.stringify(each) : String(each)}`,
    )
    .join(', ')
}

/** The columns in which two answers to the same rows differ, sorted. */
function unlikeColumns(
  { differences, unmatchedColumns }: PredictionAgreement,
  tolerances: Tolerances,
): readonly string[] {
  const unlike = differences.filter(
    ({ absolute, relative }) =>
      absolute === null ||
      relative === null ||
      !(
        reaches(tolerances.absolute_tolerance, absolute) ||
        reaches(tolerances.relative_tolerance, relative)
      ),
  )
  return [...new Set([...unmatchedColumns, ...unlike.map(({ column }) => column)])].sort()
}

/** The same finding about several features or values is one, with the list of the features. */
function grouped(findings: readonly GradedFinding[]): readonly GradedFinding[] {
  const groups = new Map<string, GradedFinding & { readonly about: Set<JsonValue> }>()
  for (const finding of findings) {
    const { features, ...args } = finding.args
    const key = JSON.stringify([finding.code, finding.severity, args])
    const group = groups.get(key) ?? { ...finding, about: new Set<JsonValue>() }
    groups.set(key, group)
    for (const feature of Array.isArray(features) ? (features as JsonValue[]) : []) {
      group.about.add(feature)
    }
  }
  return [...groups.values()].map(({ about, ...finding }) =>
    'features' in finding.args
      ? { ...finding, args: { ...finding.args, features: [...about] } }
      : finding,
  )
}

function tally(cases: readonly EdgeCase[]): JsonValue {
  const kinds = [...new Set(cases.map(({ kind }) => kind))]
  return Object.fromEntries(
    kinds.map((kind) => {
      const own = cases.filter((each) => each.kind === kind).map(({ behaviour }) => behaviour.kind)
      const counts = [...new Set(own)].map(
        (name) => [name, own.filter((each) => each === name).length] as const,
      )
      return [kind, Object.fromEntries(counts)] as const
    }),
  )
}
