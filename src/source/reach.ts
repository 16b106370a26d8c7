import type { PythonCall } from './module.ts'
import { isAssertingName } from './assertions.ts'
import { lastPart } from './names.ts'
import type { Definition, PythonProject } from './project.ts'

/** What running a function may come to, as far as names tell. */
export interface Reach {
  readonly definitions: readonly Definition[]
  readonly calls: readonly PythonCall[]
}

/** Steps from a function to what it uses; further ones say little of what a test is about. */
const MOST_STEPS = 6

/** What unittest and pytest call around a method of the same class. */
const SET_UP = ['setUp', 'setUpClass', 'setup_method', 'setup_class', 'asyncSetUp']

/**
 * Follows names from a function through the project: functions, classes, variables, fixtures. A method
 * that is called on something unknown counts when a class that is reached has one of that name.
 *
 * Complexity: linear in the calls of what is reached, a few rounds of it.
 */
export function reachOf(project: PythonProject, start: Definition): Reach {
  const found = new Map<string, Definition>()
  const calls = new Set<PythonCall>()
  const add = (place: Definition): boolean => {
    const key = `${place.path}\n${place.scope}`
    if (found.has(key)) return false
    found.set(key, place)
    return true
  }
  const methods = new Set<string>()
  const classes: Definition[] = []
  add(start)
  let last: readonly Definition[] = [start, ...setUps(project, start)]
  for (let step = 0; step < MOST_STEPS && last.length > 0; step += 1) {
    for (const place of last) {
      if (isClass(project, place)) classes.push(place)
      if (project.functionAt(place) === undefined) continue
      for (const call of project.callsIn(place)) {
        calls.add(call)
        methods.add(lastPart(call.callee))
      }
    }
    const next = last.flatMap((place) => usedBy(project, place))
    for (const { path, scope } of classes) {
      for (const method of methods) {
        const place = { path, scope: `${scope}.${method}` }
        if (project.functionAt(place) !== undefined) next.push(place)
      }
    }
    last = next.filter(add)
  }
  return { definitions: [...found.values()], calls: [...calls] }
}

function setUps(project: PythonProject, { path, scope }: Definition): readonly Definition[] {
  if (!scope.includes('.')) return []
  return SET_UP.flatMap((name) => project.resolve(path, scope, `self.${name}`))
}

function usedBy(project: PythonProject, { path, scope }: Definition): readonly Definition[] {
  const module = project.modules.get(path)
  if (module === undefined || scope === '') return []
  if (scope.startsWith('=')) {
    const variables = module.variables.filter((each) => `=${each.name}` === scope)
    return variables.flatMap(({ refers }) =>
      refers.flatMap((name) => project.resolve(path, '', name)),
    )
  }
  const own = project.functionAt({ path, scope })
  if (own !== undefined) {
    return [...own.refers, ...own.parameters].flatMap((name) => project.resolve(path, scope, name))
  }
  const constructors = ['__init__', '__post_init__', '__call__', '__new__']
  return constructors.flatMap((name) => project.resolve(path, `${scope}.${name}`, `self.${name}`))
}

function isClass({ modules }: PythonProject, { path, scope }: Definition): boolean {
  return modules.get(path)?.classes.some((each) => each.scope === scope) === true
}

/** How many helpers may stand between a test and what asserts. */
const MOST_HELPERS = 3

/**
 * Whether a function asserts something: itself, through a helper of the project, or through a function
 * from elsewhere whose name says so.
 */
export function asserts(project: PythonProject, place: Definition, depth = 0): boolean {
  const own = project.functionAt(place)
  if (own === undefined) return false
  if (own.assertions > 0) return true
  if (depth >= MOST_HELPERS) return false
  return project.callsIn(place).some(({ callee, scope }) => {
    const targets = project.resolve(place.path, scope, callee)
    if (targets.length === 0) return isAssertingName(callee)
    return targets.some((target) => asserts(project, target, depth + 1))
  })
}
