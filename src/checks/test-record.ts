import type { Evidence, EvidenceLevel } from '../core/evidence.ts'
import type { Fact } from '../core/fact.ts'
import type { GradedFinding } from '../core/finding.ts'
import { reaches } from '../core/threshold.ts'
import type { StoredJunit, TestReports } from '../facts/test-reports.ts'
import type { TestRun } from '../facts/test-runs.ts'
import type { SurveyedTest, TestSurvey } from '../facts/test-survey.ts'
import { missingFactFinding } from './undecided.ts'

type Case = NonNullable<TestRun['cases']>[number]
type Counts = NonNullable<TestRun['counts']>

/** How a suite of tests went, by the strongest evidence there is. */
export interface TestRecord {
  /** `executed` when the suite ran now, else what the stored reports reach. */
  readonly level: EvidenceLevel
  readonly findings: readonly GradedFinding[]
  readonly evidence: readonly Evidence[]
  /** The cases by name, where a report tells them. */
  readonly cases: readonly Case[] | undefined
  /** How many tests passed, by name or not; `undefined` where nobody knows. */
  readonly passed: number | undefined
}

export interface RecordRequest {
  readonly suite: 'unit' | 'integration'
  readonly run: Fact<TestRun>
  readonly reports: Fact<TestReports>
  readonly survey: Fact<TestSurvey>
  /** Whether a test of the code belongs to this suite. */
  readonly isOfSuite: (test: SurveyedTest) => boolean
  readonly maxSkipShare: number
}

/** How the suite went: run now, else as the stored reports say, else unknown. */
export function recordOf(request: RecordRequest): TestRecord {
  const { run, reports } = request
  if (run.state === 'present') return recordOfRun(run, request)
  const junit = reports.state === 'present' ? reports.value.junit : []
  if (reports.state === 'present' && junit.length > 0) {
    return recordOfReports(junit, reports.value, request)
  }
  const missing = reports.state === 'present' ? [run] : [run, reports]
  return {
    level: 'documented',
    findings: missing.map((fact) => ({ severity: 'inconclusive', ...missingFactFinding(fact) })),
    evidence: [],
    cases: undefined,
    passed: undefined,
  }
}

/** Ends that say nothing of the tests themselves. */
const COULD_NOT_RUN = new Set(['TESTS_NOT_STARTED', 'TESTS_TIMED_OUT', 'TESTS_FLOODED'])

function recordOfRun(
  { value, source }: Extract<Fact<TestRun>, { readonly state: 'present' }>,
  { suite, maxSkipShare }: RecordRequest,
): TestRecord {
  const { problem, counts, cases, reportProblem, changedInputs } = value
  const findings: GradedFinding[] = []
  const add = (finding: GradedFinding) => findings.push({ ...finding, location: source })
  if (problem !== undefined) {
    add({ severity: COULD_NOT_RUN.has(problem.code) ? 'inconclusive' : 'fail', ...problem })
  }
  if (changedInputs.length > 0) {
    const args = { files: changedInputs }
    add({ severity: 'inconclusive', code: 'INPUT_CHANGED_DURING_RUN', args })
  }
  if (reportProblem !== undefined) {
    const args = { path: '{junit}', problem: reportProblem }
    add({ severity: 'inconclusive', code: 'TEST_REPORT_UNREADABLE', args })
  }
  if (counts !== undefined) {
    if (problem?.code !== 'TESTS_NONE_RAN') {
      countFindings(counts, { suite, maxSkipShare, cases }).forEach(add)
    }
  } else if (problem === undefined) {
    add({ severity: 'inconclusive', code: 'TESTS_NOT_COUNTED', args: { suite } })
  }
  const evidence: Evidence = {
    level: 'executed',
    claim: `The ${suite} tests pass.`,
    observed: { command: value.command, ...(counts === undefined ? {} : { ...counts }) },
    source,
  }
  return { level: 'executed', findings, evidence: [evidence], cases, passed: counts?.passed }
}

interface Counting {
  readonly suite: string
  readonly maxSkipShare: number
  readonly cases: readonly Case[] | undefined
}

function countFindings(
  { passed, failed, skipped }: Counts,
  { suite, maxSkipShare, cases = [] }: Counting,
): readonly GradedFinding[] {
  const ran = passed + failed
  if (ran === 0) return [{ severity: 'fail', code: 'TESTS_NONE_RAN', args: { suite } }]
  const findings: GradedFinding[] = []
  if (failed > 0) {
    const tests = cases.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)
    findings.push({ severity: 'fail', code: 'TESTS_FAILED', args: { suite, failed, ran, tests } })
  }
  const share = skipped / (ran + skipped)
  if (!reaches(maxSkipShare, share)) {
    const args = { suite, skipped, all: ran + skipped, share, limit: maxSkipShare }
    findings.push({ severity: 'warn', code: 'TESTS_SKIPPED', args })
  }
  return findings
}

function recordOfReports(
  junit: readonly StoredJunit[],
  { modelCreated }: TestReports,
  request: RecordRequest,
): TestRecord {
  const { suite, run, survey, isOfSuite, maxSkipShare } = request
  const findings: GradedFinding[] = [
    ...(run.state === 'unreadable'
      ? [{ severity: 'notice', ...missingFactFinding(run) } as const]
      : []),
    ...junit.flatMap((report) => reportFindings(report, modelCreated)),
  ]
  const known = survey.state === 'present' ? survey.value : undefined
  const others = (known?.tests ?? []).filter((test) => !isOfSuite(test))
  const all = junit.flatMap(({ report }) => report?.cases ?? [])
  // A report of another suite may hold cases of nobody; this one must answer for them too.
  const cases = all.filter((each) => !others.some((test) => isCaseOf(test, each)))
  const location = { path: junit[0]?.path ?? '' }
  const isReadable = junit.every(({ report }) => report !== undefined)
  const counts = countsOf(cases)
  if (isReadable) {
    const counting = { suite, maxSkipShare, cases }
    findings.push(...countFindings(counts, counting).map((each) => ({ ...each, location })))
  }
  const bound = isReadable
    ? bindingFindings(cases, known, request)
    : { isBound: false, findings: [] }
  findings.push(...bound.findings.map((each) => ({ ...each, location })))
  const level = bound.isBound ? 'consistent' : 'documented'
  const evidence: Evidence = {
    level,
    claim: `The ${suite} tests passed when their report was written.`,
    observed: {
      ...counts,
      days: junit.flatMap(({ report }) => report?.day ?? []),
      namesMatchCode: bound.isBound,
    },
    source: {
      path: location.path,
      ...(junit[0]?.sha256 === undefined ? {} : { sha256: junit[0].sha256 }),
    },
  }
  return { level, findings, evidence: [evidence], cases, passed: counts.passed }
}

function reportFindings(
  { path, problem, report }: StoredJunit,
  modelCreated: string | undefined,
): readonly GradedFinding[] {
  const location = { path }
  if (report === undefined) {
    const args = { path, problem: problem ?? 'unknown' }
    return [{ severity: 'inconclusive', code: 'TEST_REPORT_UNREADABLE', args, location }]
  }
  const findings: GradedFinding[] = []
  if (report.contradictions.length > 0) {
    const args = { path, suites: report.contradictions }
    findings.push({ severity: 'inconclusive', code: 'TEST_REPORT_CONTRADICTS', args, location })
  }
  if (report.day === undefined) {
    findings.push({ severity: 'notice', code: 'TEST_REPORT_UNDATED', args: { path }, location })
  } else if (modelCreated !== undefined && report.day < modelCreated) {
    const args = { path, day: report.day, created: modelCreated }
    findings.push({ severity: 'warn', code: 'TEST_REPORT_OLDER', args, location })
  }
  return findings
}

function countsOf(cases: readonly Case[]): Counts {
  const count = (outcome: Case['outcome']) =>
    cases.filter((each) => each.outcome === outcome).length
  return {
    tool: 'junit',
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
  }
}

interface Binding {
  readonly isBound: boolean
  readonly findings: readonly GradedFinding[]
}

/** Holds the names of a report against the tests that the code has now. */
function bindingFindings(
  cases: readonly Case[],
  survey: TestSurvey | undefined,
  { suite, isOfSuite }: RecordRequest,
): Binding {
  if (survey === undefined || survey.unread.length > 0) return { isBound: false, findings: [] }
  const own = survey.tests.filter(isOfSuite)
  const gone = cases.filter((each) => !own.some((test) => isCaseOf(test, each)))
  const unreported = own.filter((test) => !cases.some((each) => isCaseOf(test, each)))
  const findings: GradedFinding[] = []
  if (gone.length > 0) {
    const args = { suite, count: gone.length, tests: gone.map(({ name }) => name) }
    findings.push({ severity: 'inconclusive', code: 'TEST_REPORT_OF_OTHER_CODE', args })
  }
  if (unreported.length > 0) {
    const args = { suite, count: unreported.length, tests: unreported.map(({ name }) => name) }
    findings.push({ severity: 'warn', code: 'TESTS_NOT_IN_REPORT', args })
  }
  return { isBound: cases.length > 0 && gone.length === 0, findings }
}

/**
 * Whether one of some tests of a suite is known to have passed: by its name in a report or, where there
 * are only numbers, because fewer of the suite did not pass than these are. Where the record fails or is
 * undecided by itself, its findings say so, and this is true.
 */
export function somePassed(
  tests: readonly SurveyedTest[],
  suite: readonly SurveyedTest[],
  { cases, passed, findings }: TestRecord,
): boolean {
  if (findings.some(({ severity }) => severity === 'fail' || severity === 'inconclusive'))
    return true
  if (cases !== undefined) {
    const good = cases.filter(({ outcome }) => outcome === 'passed')
    return tests.some((test) => good.some((each) => isCaseOf(test, each)))
  }
  return passed === undefined || tests.length > suite.length - passed
}

/** Whether a case of a report is a test of the code; reports name modules from other folders too. */
export function isCaseOf(test: SurveyedTest, { name, className }: Case): boolean {
  if (name.replace(/\[.*$/s, '') !== test.name) return false
  return endsWith(test.className, className) || endsWith(className, test.className)
}

function endsWith(long: string, short: string): boolean {
  return short !== '' && (long === short || long.endsWith(`.${short}`))
}
