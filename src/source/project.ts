import type { PythonCall, PythonFunction, PythonModule } from './module.ts'
import { conftestsOf, moduleCandidates } from './module-paths.ts'
import { isFixture } from './python-tests.ts'

/** A name that a file of the project defines; an empty scope is the file as a whole. */
export interface Definition {
  readonly path: string
  readonly scope: string
}

/** The Python files of a project with what their names mean across files. */
export interface PythonProject {
  readonly modules: ReadonlyMap<string, PythonModule>
  /** What a dotted name means where it is used; empty for what the project does not define. */
  resolve(path: string, scope: string, name: string): readonly Definition[]
  functionAt(place: Definition): PythonFunction | undefined
  /** The calls in the body of a function, those of definitions inside it too. */
  callsIn(place: Definition): readonly PythonCall[]
}

/**
 * Ties names to definitions: those of the file, imported ones through packages that pass them on,
 * methods through `self`, and the fixtures that a parameter of a test names.
 *
 * What a variable holds is not followed beyond the names of its assignment, so an empty answer means
 * unknown, not absent.
 */
export function pythonProject(
  modules: ReadonlyMap<string, PythonModule>,
  roots: readonly string[],
): PythonProject {
  const fileOf = (candidates: readonly string[]) => candidates.find((path) => modules.has(path))

  const namesOf = memoized((path: string): ReadonlySet<string> => {
    const { classes = [], functions = [], variables = [] } = modules.get(path) ?? {}
    const atTop = variables.filter(({ scope }) => scope === '').map(({ name }) => `=${name}`)
    return new Set([...[...functions, ...classes].map(({ scope }) => scope), ...atTop])
  })

  const linksOf = memoized((path: string): readonly Link[] =>
    (modules.get(path)?.imports ?? []).map((each) => {
      const [base = [], ...submodules] = moduleCandidates(path, each, roots)
      const named = each.names.filter(({ name }) => name !== '*')
      return {
        module: each.module,
        binds: each.binds,
        target: fileOf(base),
        names: named.map((name, at) => ({ ...name, file: fileOf(submodules[at] ?? []) })),
        takesAll: named.length < each.names.length,
      }
    }),
  )

  const defined = (path: string, name: string): readonly Definition[] => {
    const scope = [name, `=${name}`].find((each) => namesOf(path).has(each))
    return scope === undefined ? [] : [{ path, scope }]
  }

  /** A name at the top of a file: defined there, or imported there from another file. */
  const exported = (path: string, parts: readonly string[], depth = 0): readonly Definition[] => {
    if (!modules.has(path) || depth > MOST_HOPS) return []
    const [first = ''] = parts
    if (parts.length === 0) return [{ path, scope: '' }]
    const whole = defined(path, parts.join('.'))
    if (whole.length > 0) return whole
    const head = defined(path, first)
    if (head.length > 0) return head
    return linksOf(path).flatMap((link) => through(link, parts, depth + 1))
  }

  const through = (
    { module, binds, target, names, takesAll }: Link,
    parts: readonly string[],
    depth: number,
  ): readonly Definition[] => {
    const [first = '', ...rest] = parts
    const inTarget = (left: readonly string[]) =>
      target === undefined ? [] : exported(target, left, depth)
    if (binds !== undefined) return boundModule({ binds, module }, parts).flatMap(inTarget)
    const taken = names.find(({ alias }) => alias === first)
    if (taken === undefined) return takesAll ? inTarget(parts) : []
    const found = inTarget([taken.name, ...rest])
    if (found.length > 0 || taken.file === undefined) return found
    return exported(taken.file, rest, depth)
  }

  const resolve = (path: string, scope: string, name: string): readonly Definition[] => {
    const parts = name.split('.')
    const [first = '', ...rest] = parts
    if (first === 'self' || first === 'cls') {
      const [method = ''] = rest
      return enclosing(scope).flatMap((owner) => inherited(path, owner, method))
    }
    const local = defined(path, `${scope}.${name}`)
    if (local.length > 0) return local
    const fixture = fixtureOf(path, scope, first)
    return fixture.length > 0 ? fixture : exported(path, parts)
  }

  const inherited = (path: string, owner: string, method: string, depth = 0): Definition[] => {
    const own = defined(path, `${owner}.${method}`)
    if (own.length > 0 || depth > MOST_HOPS) return [...own]
    const bases = modules.get(path)?.classes.find(({ scope }) => scope === owner)?.bases ?? []
    return bases.flatMap((base) =>
      exported(path, base.split('.')).flatMap((parent) =>
        inherited(parent.path, parent.scope, method, depth + 1),
      ),
    )
  }

  const functionsOf = memoized(
    (path: string): ReadonlyMap<string, PythonFunction> =>
      new Map((modules.get(path)?.functions ?? []).map((each) => [each.scope, each])),
  )

  const functionAt = ({ path, scope }: Definition) => functionsOf(path).get(scope)

  const fixtureOf = (path: string, scope: string, name: string): readonly Definition[] => {
    if (functionAt({ path, scope })?.parameters.includes(name) !== true) return []
    for (const file of [path, ...conftestsOf(path).toReversed()]) {
      const fixture = modules
        .get(file)
        ?.functions.find((each) => each.name === name && isFixture(each))
      if (fixture !== undefined) return [{ path: file, scope: fixture.scope }]
    }
    return []
  }

  const callsByScope = memoized((path: string): ReadonlyMap<string, readonly PythonCall[]> => {
    const found = new Map<string, PythonCall[]>()
    for (const call of modules.get(path)?.calls ?? []) {
      for (const scope of [call.scope, ...enclosing(call.scope)]) {
        const calls = found.get(scope) ?? []
        found.set(scope, calls)
        calls.push(call)
      }
    }
    return found
  })

  const callsIn = ({ path, scope }: Definition) => callsByScope(path).get(scope) ?? []

  const known = new Map<string, readonly Definition[]>()
  const resolveOnce = (path: string, scope: string, name: string): readonly Definition[] => {
    const key = `${path}\n${scope}\n${name}`
    const found = known.get(key) ?? resolve(path, scope, name)
    known.set(key, found)
    return found
  }

  return { modules, resolve: resolveOnce, functionAt, callsIn }
}

/** What an import means in the project; what it does not mean there is `undefined`. */
interface Link {
  readonly module: string
  readonly binds: string | undefined
  readonly target: string | undefined
  readonly names: readonly {
    readonly name: string
    readonly alias: string
    /** The file, where the name is that of a module. */
    readonly file: string | undefined
  }[]
  readonly takesAll: boolean
}

/** The scopes around one, the innermost first. */
function enclosing(scope: string): readonly string[] {
  const parts = scope.split('.')
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('.'))
}

function memoized<T>(make: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>()
  return (path) => {
    const value = known.get(path) ?? make(path)
    known.set(path, value)
    return value
  }
}

/** How often a name may be passed on from file to file. */
const MOST_HOPS = 6

/** What is left of a name behind the module that `import a.b` or `import a.b as c` binds. */
function boundModule(
  { binds, module }: { readonly binds: string | undefined; readonly module: string },
  parts: readonly string[],
): readonly (readonly string[])[] {
  if (parts[0] !== binds) return []
  const own = module.split('.')
  if (own[0] !== binds || own.length === 1) return [parts.slice(1)]
  const isBelow = own.every((part, index) => parts[index] === part)
  return isBelow ? [parts.slice(own.length)] : []
}
