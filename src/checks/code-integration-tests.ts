import type { Evidence } from '../core/evidence.ts'
import type { Fact } from '../core/fact.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { SurveyedTest, TestSurvey } from '../facts/test-survey.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { recordOf, somePassed, type TestRecord } from './test-record.ts'
import {
  assertionFindings,
  isLive,
  testsOfCommand,
  unreadFindings,
} from './test-survey-findings.ts'
import { missingFactFinding } from './undecided.ts'

export const codeIntegrationTests = defineCheck({
  id: 'code.integration-tests',
  title: 'Integration tests reach from raw input to prediction',
  section: 'code',
  motivation:
    'Parts that work alone fail together: a column in another order, a scaler of another release, a service that cannot load its model.',
  decides:
    'The tests run now where that is allowed (executed), else a stored JUnit report counts, whose test names must be those of the code (consistent; documented where the tests cannot be read). ' +
    'By imports and names, the syntax tree of Python tests tells which of them load or preprocess raw input and come to a prediction of the model or the service. ' +
    'Pass: no test failed, and one that does both and asserts something ran and passed. ' +
    'Warn: a report older than model.created or without tests that the code has, or more than max_skip_share skipped. ' +
    'Fail: a test failed, none ran, none asserts, or none reaches either raw input or a prediction. ' +
    'Inconclusive: neither a run nor a report, tests that do not start or end or that change files which the audit reads, a number of tests that nobody can tell, a report that is damaged or lists tests that the code does not have, ' +
    'or no test that is seen to go the whole way; a name such as tests/integration alone shows nothing. ' +
    'Tests in other languages than Python are run and counted; what they reach is not known, which is said.',
  remediation:
    'Write a test that starts from a raw row and ends at the answer of the service, name it in commands.tests.integration, and audit with --allow-run.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Infra 3',
    'https://docs.pytest.org/en/stable/reference/exit-codes.html',
  ],
  params: {
    max_skip_share: {
      type: 'number',
      default: 0.2,
      min: 0,
      max: 1,
      description: 'The share of tests that may be skipped or expected to fail.',
    },
  },
  needs: ['tests.integration', 'code.tests', 'code.test-reports'],
  judge(facts, params) {
    const { 'tests.integration': run, 'code.tests': survey, 'code.test-reports': reports } = facts
    const { tests, paths } = survey.state === 'present' ? survey.value : NO_TESTS
    const command = run.state === 'present' ? run.value.command : undefined
    const hasNamed = tests.some((test) => test.isNamedIntegration)
    const byName = (test: SurveyedTest) => (hasNamed ? test.isNamedIntegration : goesWholeWay(test))
    const isOfSuite = testsOfCommand(paths, command, byName)
    const record = recordOf({
      suite: 'integration',
      run,
      reports,
      survey,
      isOfSuite,
      maxSkipShare: params.max_skip_share,
    })
    const own = tests.filter(isOfSuite)
    const findings = surveyFindings(survey, own, record, run.state === 'present')
    return conclude(
      record.level,
      [...record.findings, ...findings],
      [...record.evidence, ...wayEvidence(survey, own)],
    )
  },
})

const NO_TESTS: Pick<TestSurvey, 'tests' | 'paths'> = { tests: [], paths: [] }

function goesWholeWay(test: SurveyedTest): boolean {
  return test.reachesInput && test.reachesPrediction
}

function surveyFindings(
  survey: Fact<TestSurvey>,
  own: readonly SurveyedTest[],
  record: TestRecord,
  hasRun: boolean,
): readonly GradedFinding[] {
  if (survey.state !== 'present') return [{ severity: 'warn', ...missingFactFinding(survey) }]
  const { value, source } = survey
  const unread = unreadFindings(value, hasRun)
  if (own.length === 0) {
    if (value.unread.length > 0) return unread
    const args = { suite: 'integration', path: source.path, files: value.paths.length }
    return [{ severity: 'fail', code: 'TESTS_NONE_FOUND', args, location: source }]
  }
  return [...unread, ...wayFindings(own, record)]
}

function wayFindings(own: readonly SurveyedTest[], record: TestRecord): readonly GradedFinding[] {
  const live = own.filter(isLive)
  const [first] = own
  const location = { path: first?.path ?? '', line: first?.line ?? 1 }
  const whole = live.filter(goesWholeWay)
  if (whole.some((test) => test.asserts)) {
    const asserting = whole.filter((test) => test.asserts)
    if (somePassed(asserting, live, record)) return []
    const args = { tests: asserting.map(({ name }) => name) }
    return [{ severity: 'inconclusive', code: 'INTEGRATION_TEST_NOT_RUN', args, location }]
  }
  if (whole.length > 0) return assertionFindings('integration', whole, 0)
  const input = live.some((test) => test.reachesInput)
  const prediction = live.some((test) => test.reachesPrediction)
  const args = { tests: live.map(({ name }) => name), input, prediction }
  return input || prediction
    ? [{ severity: 'inconclusive', code: 'INTEGRATION_PATH_UNSEEN', args, location }]
    : [{ severity: 'fail', code: 'INTEGRATION_PATH_MISSING', args, location }]
}

function wayEvidence(survey: Fact<TestSurvey>, own: readonly SurveyedTest[]): readonly Evidence[] {
  if (survey.state !== 'present' || own.length === 0) return []
  const whole = own.filter((test) => isLive(test) && test.asserts && goesWholeWay(test))
  return [
    {
      level: 'consistent',
      claim: 'A test goes from raw input to a prediction.',
      observed: {
        tests: own.length,
        wholeWay: whole.map(({ path, line, name }) => `${path}:${String(line)} ${name}`),
      },
      source: survey.source,
    },
  ]
}
