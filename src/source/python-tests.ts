import type { PythonClass, PythonDecorator, PythonFunction, PythonTest } from './module.ts'
import { lastPart } from './names.ts'

/** The tests of a file by the conventions of pytest and unittest. */
export function testsOf(
  functions: readonly PythonFunction[],
  classes: readonly PythonClass[],
  fileMark: PythonTest['mark'],
): readonly PythonTest[] {
  return functions.flatMap((method): readonly PythonTest[] => {
    if (!method.name.startsWith('test')) return []
    const owner = method.scope.slice(0, Math.max(0, method.scope.length - method.name.length - 1))
    const { name, scope, line } = method
    const own = markOf(method.decorators)
    if (owner === '') {
      return isFixture(method)
        ? []
        : [{ name, scope, line, style: 'pytest', mark: own ?? fileMark }]
    }
    const within = classes.find((each) => each.scope === owner)
    if (within === undefined) return []
    const mark = own ?? markOf(within.decorators) ?? fileMark
    if (isTestCase(within, classes) || isForeignCase(within, classes, functions))
      return [{ name, scope, line, style: 'unittest', mark }]
    const hasConstructor = functions.some((each) => each.scope === `${owner}.__init__`)
    if (!within.name.startsWith('Test') || hasConstructor) return []
    return [{ name, scope, line, style: 'pytest', mark }]
  })
}

/** Whether pytest gives what a function returns to the tests that name it. */
export function isFixture({ decorators }: PythonFunction): boolean {
  return decorators.some(({ name }) => lastPart(name) === 'fixture')
}

function isTestCase({ bases }: PythonClass, classes: readonly PythonClass[], depth = 0): boolean {
  return bases.some((base) => {
    if (lastPart(base).endsWith('TestCase')) return true
    const parent = classes.find(({ scope }) => scope === base)
    return parent !== undefined && depth < 5 && isTestCase(parent, classes, depth + 1)
  })
}

/** A class of a base that another file defines, whose methods assert as those of unittest do. */
function isForeignCase(
  { bases, scope }: PythonClass,
  classes: readonly PythonClass[],
  functions: readonly PythonFunction[],
): boolean {
  const isForeign = bases.some(
    (base) => base !== 'object' && !classes.some((each) => each.scope === base),
  )
  const methods = functions.filter((each) => each.scope === `${scope}.${each.name}`)
  return (
    isForeign &&
    methods.some(({ refers }) => refers.some((name) => /^self\.(assert[A-Z]|fail$)/.test(name)))
  )
}

/** The mark by which a test does not count as any other: skipped, skipped on a condition, or to fail. */
export function markOf(decorators: readonly Pick<PythonDecorator, 'name'>[]): PythonTest['mark'] {
  const names = decorators.map(({ name }) => lastPart(name))
  if (names.includes('skip')) return 'skip'
  if (names.some((name) => name === 'xfail' || name === 'expectedFailure')) return 'xfail'
  if (names.some((name) => /^skip(if|If|Unless)$/.test(name))) return 'skipif'
  return undefined
}
