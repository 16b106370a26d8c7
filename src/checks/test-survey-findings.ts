import type { GradedFinding } from '../core/finding.ts'
import { reaches } from '../core/threshold.ts'
import type { TestRun } from '../facts/test-runs.ts'
import type { SurveyedTest, TestSurvey } from '../facts/test-survey.ts'

/** Whether a test runs by its marks; a condition on `skipif` is not evaluated. */
export function isLive({ mark }: SurveyedTest): boolean {
  return mark !== 'skip' && mark !== 'xfail'
}

/**
 * Which tests belong to a suite: those under the paths that its command names, else those of which
 * `byName` holds.
 *
 * @param command `undefined` when it is not known.
 */
export function testsOfCommand(
  paths: readonly string[],
  command: TestRun['command'] | undefined,
  byName: (test: SurveyedTest) => boolean,
): (test: SurveyedTest) => boolean {
  const named = (command ?? []).map((argument) =>
    argument.replace(/^\.\//, '').replace(/\/$|::.*$/, ''),
  )
  const isNamed = (path: string) =>
    named.some((place) => place === path || path.startsWith(`${place}/`))
  return paths.some(isNamed) ? ({ path }) => isNamed(path) : byName
}

/** Test files that were not read, or not wholly: said, and in the way unless the tests ran. */
export function unreadFindings(survey: TestSurvey, hasRun: boolean): readonly GradedFinding[] {
  const unsupported = survey.unread.filter(({ parse }) => parse.state === 'unsupported')
  const others = survey.unread.flatMap(({ path, parse }): readonly GradedFinding[] => {
    const severity = hasRun ? 'notice' : 'inconclusive'
    const location = { path }
    if (parse.state === 'damaged') {
      const args = { path, line: parse.line }
      const place = { ...location, line: parse.line }
      return [{ severity, code: 'SOURCE_DAMAGED', args, location: place }]
    }
    if (parse.state !== 'unread') return []
    const args = { path, problem: parse.problem }
    return [{ severity, code: 'SOURCE_UNREAD', args, location }]
  })
  if (unsupported.length === 0) return others
  const languages = [...new Set(unsupported.map(({ language }) => language))]
  const [first] = unsupported
  const args = { files: unsupported.length, languages }
  return [
    {
      severity: hasRun ? 'notice' : 'inconclusive',
      code: 'TESTS_LANGUAGE_UNREAD',
      args,
      location: { path: first?.path ?? '' },
    },
    ...others,
  ]
}

/** Tests without an assertion only show that nothing was thrown. */
export function assertionFindings(
  suite: string,
  tests: readonly SurveyedTest[],
  maxShare: number,
): readonly GradedFinding[] {
  const live = tests.filter(isLive)
  const [first, ...rest] = live.filter((test) => !test.asserts)
  if (first === undefined) return []
  const count = rest.length + 1
  const share = count / live.length
  const names = [first, ...rest].map(({ name }) => name)
  const args = { suite, count, all: live.length, share, tests: names }
  const severity = count === live.length ? 'fail' : reaches(maxShare, share) ? 'notice' : 'warn'
  const location = { path: first.path, line: first.line }
  return [{ severity, code: 'TESTS_WITHOUT_ASSERTIONS', args, location }]
}
