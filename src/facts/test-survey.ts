import type { PythonCall } from '../source/module.ts'
import { pythonProject, type PythonProject } from '../source/project.ts'
import { asserts, reachOf, type Reach } from '../source/reach.ts'
import { addressesOf, isLoading, isPredicting, routeOf } from '../source/served.ts'
import type { Collector, FactContext } from './context.ts'
import type { CodeRole, PythonSources, SourceFile } from './python-sources.ts'

/** One test of the project's code, with what names say it comes to. */
export interface SurveyedTest {
  readonly path: string
  readonly line: number
  readonly name: string
  /** Dotted, as JUnit reports of Python name it: `tests.unit.test_scale.TestScale`. */
  readonly className: string
  /** By its folder, file name or mark; says nothing of what it does. */
  readonly isNamedIntegration: boolean
  readonly asserts: boolean
  readonly mark: 'skip' | 'skipif' | 'xfail' | undefined
  /** It uses something that the preprocessing or serving files define, or runs one of them. */
  readonly usesPreprocessing: boolean
  readonly usesServing: boolean
  /** It loads data or uses preprocessing, itself or through what it calls. */
  readonly reachesInput: boolean
  /** It comes to a call of the model, or asks the service over HTTP. */
  readonly reachesPrediction: boolean
}

/** A part of the code that tests should cover. */
export interface CodePart {
  readonly isNamed: boolean
  /** Files of it that no grammar read. */
  readonly unread: readonly string[]
  /** Some file of it is imported by a test file, directly or through others. */
  readonly isImportedByTests: boolean
}

/** The tests that the manifest names, as their syntax tells. */
export interface TestSurvey {
  readonly tests: readonly SurveyedTest[]
  /** The files that the manifest names as tests, in any language. */
  readonly paths: readonly string[]
  /** Test files of which nothing or not all could be read. */
  readonly unread: readonly Pick<SourceFile, 'path' | 'language' | 'parse'>[]
  readonly parts: Readonly<Record<'serving' | 'preprocessing', CodePart>>
}

export const testSurvey: Collector<TestSurvey> = {
  title: 'What the tests of the project test',
  async collect(key, context, facts) {
    const sources = await facts.get('code.python-sources')
    if (sources.state !== 'present') return { ...sources, key }
    if ((context.manifest.code?.tests ?? []).length === 0) {
      return {
        key,
        state: 'absent',
        looked: [context.manifest.locate(['code'])],
        block: 'code.tests',
      }
    }
    return { key, state: 'present', value: survey(sources.value, context), source: sources.source }
  },
}

function survey({ files, roots }: PythonSources, context: FactContext): TestSurvey {
  const modules = new Map(
    files.flatMap(({ path, module }) => (module === undefined ? [] : [[path, module] as const])),
  )
  const project = pythonProject(modules, roots)
  const named = files.filter(({ isListed, roles }) => isListed && roles.includes('tests'))
  const look: Look = {
    project,
    preprocessing: pathsOf(files, 'preprocessing'),
    serving: pathsOf(files, 'serving'),
    predictPath: context.manifest.commands?.serve?.predict ?? '/predict',
  }
  const tests = named.filter(({ path }) => isTestFile(path)).flatMap((file) => testsIn(file, look))
  return {
    tests,
    paths: named.map(({ path }) => path),
    unread: named
      .filter(({ parse }) => parse.state !== 'whole')
      .map(({ path, language, parse }) => ({ path, language, parse })),
    parts: { serving: partOf(files, 'serving'), preprocessing: partOf(files, 'preprocessing') },
  }
}

interface Look {
  readonly project: PythonProject
  readonly preprocessing: ReadonlySet<string>
  readonly serving: ReadonlySet<string>
  readonly predictPath: string
}

function pathsOf(files: readonly SourceFile[], role: CodeRole): ReadonlySet<string> {
  const own = files.filter(({ isListed, roles }) => isListed && roles.includes(role))
  return new Set(own.map(({ path }) => path))
}

function partOf(files: readonly SourceFile[], role: CodeRole): CodePart {
  const own = files.filter(({ isListed, roles }) => isListed && roles.includes(role))
  return {
    isNamed: own.length > 0,
    unread: own.filter(({ module }) => module === undefined).map(({ path }) => path),
    isImportedByTests: own.some(({ importers }) => importers.includes('tests')),
  }
}

/** The names that pytest and unittest collect by default. */
function isTestFile(path: string): boolean {
  return /(^|\/)(test[^/]*|[^/]*_tests?)\.py$/.test(path)
}

const INTEGRATION = /(^|[/_.])(integration|e2e|end_to_end|acceptance|system)(_?tests?)?([/_.]|$)/

function testsIn({ path, module }: SourceFile, look: Look): readonly SurveyedTest[] {
  const dotted = path.replace(/\.py$/, '').replaceAll('/', '.')
  return (module?.tests ?? []).map(({ name, scope, line, mark }): SurveyedTest => {
    const owner = scope.slice(0, Math.max(0, scope.length - name.length - 1))
    const place = { path, scope }
    const decorators = look.project.functionAt(place)?.decorators ?? []
    const marks = decorators.map((each) => each.name.replace(/^pytest\.mark\./, ''))
    return {
      path,
      line,
      name,
      className: owner === '' ? dotted : `${dotted}.${owner}`,
      isNamedIntegration: [path, ...marks].some((each) => INTEGRATION.test(each)),
      asserts: asserts(look.project, place),
      mark,
      ...usesOf(reachOf(look.project, place), look),
    }
  })
}

type Uses = Pick<
  SurveyedTest,
  'usesPreprocessing' | 'usesServing' | 'reachesInput' | 'reachesPrediction'
>

function usesOf(reach: Reach, look: Look): Uses {
  const asked = reach.calls.flatMap(addressesOf)
  const handlers = handlersOf(asked, look)
  const whole = handlers.map((place) => reachOf(look.project, place))
  const definitions = [reach, ...whole].flatMap((each) => each.definitions)
  const calls = [reach, ...whole].flatMap((each) => each.calls)
  const uses = (files: ReadonlySet<string>) =>
    definitions.some(({ path }) => files.has(path)) || calls.some((call) => runsFile(call, files))
  const usesServing = uses(look.serving)
  const usesPreprocessing = uses(look.preprocessing)
  const asksService = asked.some((path) => path.endsWith(look.predictPath)) || handlers.length > 0
  return {
    usesPreprocessing,
    usesServing,
    reachesInput: usesPreprocessing || calls.some(isLoading),
    reachesPrediction: calls.some(isPredicting) || asksService,
  }
}

/** The functions of the service that answer the addresses a test asks. */
function handlersOf(asked: readonly string[], { project, serving }: Look) {
  if (asked.length === 0) return []
  return [...serving].flatMap((path) =>
    (project.modules.get(path)?.functions ?? []).flatMap(({ decorators, scope }) => {
      const routes = decorators.flatMap((each) => routeOf(each) ?? [])
      const isAsked = routes.some(
        (route) => route !== '/' && asked.some((url) => url.endsWith(route)),
      )
      return isAsked ? [{ path, scope }] : []
    }),
  )
}

/** `subprocess.run([python, 'serve/predict.py'])` tests a file without importing it. */
function runsFile({ texts }: PythonCall, files: ReadonlySet<string>): boolean {
  return texts.some(
    (text) => text.endsWith('.py') && [...files].some((file) => endsAtPart(file, text)),
  )
}

function endsAtPart(file: string, text: string): boolean {
  return file === text || file.endsWith(`/${text}`) || text.endsWith(`/${file}`)
}
