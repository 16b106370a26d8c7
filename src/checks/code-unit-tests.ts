import type { Evidence } from '../core/evidence.ts'
import type { Fact } from '../core/fact.ts'
import type { GradedFinding, Severity } from '../core/finding.ts'
import type { CodePart, SurveyedTest, TestSurvey } from '../facts/test-survey.ts'
import { conclude } from './conclude.ts'
import { coverageView } from './coverage-findings.ts'
import { defineCheck } from './define-check.ts'
import { recordOf, somePassed, type TestRecord } from './test-record.ts'
import {
  assertionFindings,
  isLive,
  testsOfCommand,
  unreadFindings,
} from './test-survey-findings.ts'
import { missingFactFinding } from './undecided.ts'

export const codeUnitTests = defineCheck({
  id: 'code.unit-tests',
  title: 'Unit tests for preprocessing and inference pass',
  section: 'code',
  motivation:
    'Preprocessing that changes by accident, or that serving does in another way than training, makes every prediction wrong without an error.',
  decides:
    'The tests run now where that is allowed (executed), else a stored JUnit report counts, whose test names must be those of the code (consistent; documented where the tests cannot be read). ' +
    'The syntax tree of Python tests tells which of them assert something and, by imports and names, which use the preprocessing and which the serving code. ' +
    'Pass: at least one test ran, none failed, and both parts of the code are used by a test that asserts and passed. ' +
    'Warn: a report older than model.created or without tests that the code has; more than max_skip_share skipped or max_smoke_share without an assertion; ' +
    'a part that tests import and are not seen to use; no preprocessing code named; a coverage report of another state of the code. ' +
    'Fail: a test failed, none ran, none asserts, none imports a part of the code, or coverage below min_coverage. ' +
    'Inconclusive: neither a run nor a report, tests that do not start or end or that change files which the audit reads, a number of tests that nobody can tell, a report that is damaged or lists tests that the code does not have, ' +
    'no test that uses a part of the code is known to have passed, by name or because fewer tests are left out than use it, no serving code named. ' +
    'Tests in other languages than Python are run and counted; what they use is not known, which is said.',
  remediation:
    'Write tests that compare the output of preprocessing and of inference with known values, name them in commands.tests.unit, and audit with --allow-run.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Data 7, Model 1 and Infra 2',
    'https://docs.pytest.org/en/stable/reference/exit-codes.html',
    'https://github.com/testmoapp/junitxml',
  ],
  params: {
    max_skip_share: {
      type: 'number',
      default: 0.2,
      min: 0,
      max: 1,
      description: 'The share of tests that may be skipped or expected to fail.',
    },
    max_smoke_share: {
      type: 'number',
      default: 0.2,
      min: 0,
      max: 1,
      description: 'The share of tests that may lack an assertion.',
    },
    min_coverage: {
      type: 'number',
      default: 0.6,
      min: 0,
      max: 1,
      description:
        'The share of statements of the named code that a coverage report must show, where there is one.',
    },
    needs_preprocessing: {
      type: 'boolean',
      default: true,
      description:
        'Whether code.preprocessing must be named; false where the model takes raw rows.',
    },
  },
  needs: ['tests.unit', 'code.tests', 'code.test-reports'],
  judge(facts, params) {
    const { 'tests.unit': run, 'code.tests': survey, 'code.test-reports': reports } = facts
    const { tests, paths } = survey.state === 'present' ? survey.value : NO_TESTS
    const command = run.state === 'present' ? run.value.command : undefined
    const isOfSuite = testsOfCommand(paths, command, (test) => !test.isNamedIntegration)
    const maxSkipShare = params.max_skip_share
    const record = recordOf({ suite: 'unit', run, reports, survey, isOfSuite, maxSkipShare })
    const hasRun = run.state === 'present'
    const coverage = coverageView(
      reports.state === 'present' ? reports.value.coverage : undefined,
      params.min_coverage,
    )
    const own = tests.filter(isOfSuite)
    return conclude(
      record.level,
      [
        ...record.findings,
        ...surveyFindings(survey, own, { hasRun, record, ...params }),
        ...coverage.findings,
      ],
      [...record.evidence, ...usesEvidence(survey, own), ...coverage.evidence],
    )
  },
})

const NO_TESTS: Pick<TestSurvey, 'tests' | 'paths'> = { tests: [], paths: [] }

interface Demands {
  readonly hasRun: boolean
  readonly record: TestRecord
  readonly max_smoke_share: number
  readonly needs_preprocessing: boolean
}

function surveyFindings(
  survey: Fact<TestSurvey>,
  own: readonly SurveyedTest[],
  demands: Demands,
): readonly GradedFinding[] {
  if (survey.state !== 'present') return [{ severity: 'warn', ...missingFactFinding(survey) }]
  const { value, source } = survey
  const unread = unreadFindings(value, demands.hasRun)
  if (own.length === 0) {
    if (value.unread.length > 0) return unread
    const args = { suite: 'unit', path: source.path, files: value.paths.length }
    return [{ severity: 'fail', code: 'TESTS_NONE_FOUND', args, location: source }]
  }
  const { serving, preprocessing } = value.parts
  const lacking: Severity = demands.needs_preprocessing ? 'warn' : 'notice'
  return [
    ...unread,
    ...assertionFindings('unit', own, demands.max_smoke_share),
    ...partFindings('preprocessing', preprocessing, {
      tests: own,
      uses: (test) => test.usesPreprocessing,
      unnamed: lacking,
      record: demands.record,
    }),
    ...partFindings('serving', serving, {
      tests: own,
      uses: (test) => test.usesServing,
      unnamed: 'inconclusive',
      record: demands.record,
    }),
  ]
}

interface PartTests {
  readonly tests: readonly SurveyedTest[]
  /** Whether a test uses the part. */
  readonly uses: (test: SurveyedTest) => boolean
  /** How much it matters that the part is not named. */
  readonly unnamed: Severity
  readonly record: TestRecord
}

function partFindings(
  part: string,
  { isNamed, unread, isImportedByTests }: CodePart,
  { tests, uses, unnamed, record }: PartTests,
): readonly GradedFinding[] {
  if (!isNamed) return [{ severity: unnamed, code: 'CODE_PART_NOT_NAMED', args: { part } }]
  const live = tests.filter(isLive)
  const good = live.filter((test) => test.asserts && uses(test))
  const [first] = good
  if (first !== undefined) {
    if (somePassed(good, live, record)) return []
    const args = { part, tests: good.map(({ name }) => name) }
    const location = { path: first.path, line: first.line }
    return [{ severity: 'inconclusive', code: 'TESTS_OF_PART_NOT_RUN', args, location }]
  }
  if (unread.length > 0) {
    const args = { part, files: unread }
    const location = { path: unread[0] ?? '' }
    return [{ severity: 'warn', code: 'CODE_PART_UNREAD', args, location }]
  }
  const location = { path: tests[0]?.path ?? '' }
  return isImportedByTests
    ? [{ severity: 'warn', code: 'TESTS_USE_UNSEEN', args: { part }, location }]
    : [{ severity: 'fail', code: 'TESTS_MISS_PART', args: { part }, location }]
}

function usesEvidence(survey: Fact<TestSurvey>, own: readonly SurveyedTest[]): readonly Evidence[] {
  if (survey.state !== 'present' || own.length === 0) return []
  const names = (list: readonly SurveyedTest[]) =>
    list.map(({ path, line, name }) => `${path}:${String(line)} ${name}`)
  const asserting = own.filter((test) => isLive(test) && test.asserts)
  return [
    {
      level: 'consistent',
      claim: 'Tests that assert something use the preprocessing and the serving code.',
      observed: {
        tests: own.length,
        withoutAssertion: own.filter((test) => !test.asserts).length,
        marked: own.filter((test) => test.mark !== undefined).length,
        ofPreprocessing: names(asserting.filter((test) => test.usesPreprocessing)),
        ofServing: names(asserting.filter((test) => test.usesServing)),
      },
      source: survey.source,
    },
  ]
}
