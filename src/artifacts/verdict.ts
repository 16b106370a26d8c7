import type { GradedFinding } from '../core/finding.ts'
import { ALLOWED } from './globals/allowed.ts'
import { deniedBecause } from './globals/denied.ts'
import type { PyGlobal } from './pickle/node.ts'
import type { GlobalPolicy } from './policy.ts'

/**
 * Judges what a file refers to, each reference by its full pair of module and name: what stands below an
 * allowed module, or is an attribute of an allowed name, is not allowed by that.
 *
 * @param policy - A project's own additions. What it denies fails; what it allows is allowed, except what
 *   runs code or commands, which no project can declare harmless.
 * @returns One finding for each reference that is not allowed, in the order of their names: `fail` for
 *   what is known to be dangerous, `inconclusive` for what no list knows. Empty means that all are allowed.
 */
export function judgeGlobals(
  globals: readonly PyGlobal[],
  policy: GlobalPolicy,
): readonly GradedFinding[] {
  const allow = new Set(policy.allow)
  const deny = new Set(policy.deny)
  // Two pairs may be spelled alike: `a` with `b.c`, and `a.b` with `c`.
  const pairs = new Map(globals.map((global) => [`${global.module}\n${global.name}`, global]))
  const found = [...pairs.values()].flatMap((global) => judge(global, allow, deny))
  const distinct = new Map(found.map((each) => [JSON.stringify([each.code, each.args]), each]))
  return [...distinct]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, finding]) => finding)
}

/** How a global is listed: `sklearn.preprocessing._data.StandardScaler`. */
export function globalPath({ module, name }: PyGlobal): string {
  return `${module}.${name}`
}

function judge(
  global: PyGlobal,
  allow: ReadonlySet<string>,
  deny: ReadonlySet<string>,
): readonly GradedFinding[] {
  const { module, name } = global
  const path = globalPath(global)
  if (deny.has(path)) {
    return [{ severity: 'fail', code: 'GLOBAL_DENIED_BY_PROJECT', args: { global: path } }]
  }
  const reason = deniedBecause(module, name)
  if (reason !== undefined) {
    return [{ severity: 'fail', code: 'GLOBAL_DENIED', args: { global: path, reason } }]
  }
  // A path of attributes is spelled like a name in a module below, and is not what the project allowed.
  const isNamed = allow.has(path) && !name.includes('.')
  if (isNamed || isAllowed(module, name)) return []
  if (module === '__main__') {
    return [{ severity: 'inconclusive', code: 'GLOBAL_OF_MAIN', args: { name } }]
  }
  return [{ severity: 'inconclusive', code: 'GLOBAL_UNKNOWN', args: { global: path } }]
}

/** Pickles of protocols 0 to 2 name modules and types as Python 2 did. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['__builtin__', 'builtins'],
  ['copy_reg', 'copyreg'],
])
const RENAMED_TYPES: ReadonlyMap<string, string> = new Map([
  ['unicode', 'str'],
  ['long', 'int'],
  ['xrange', 'range'],
])

function isAllowed(module: string, name: string): boolean {
  const known = ALLOWED.get(RENAMED.get(module) ?? module)
  if (known === undefined) return false
  if (module !== '__builtin__') return known.has(name)
  return known.has(name.replace(/^\w+/, (type) => RENAMED_TYPES.get(type) ?? type))
}
