import type { PyGlobal, PyNode } from '../pickle/node.ts'
import { numpyFunctions, scikitLearn } from './allowed-libraries.ts'

/** Helpers that call, or make an instance of, the arguments at these places: whatever those are. */
const CALLED_ARGUMENTS: Readonly<Record<string, readonly number[]>> = {
  'copyreg._reconstructor': [0, 1],
  'copy_reg._reconstructor': [0, 1],
  'copyreg.__newobj__': [0],
  'copy_reg.__newobj__': [0],
  'copyreg.__newobj_ex__': [0],
  'numpy.ma.core._mareconstruct': [0, 1],
  'numpy.random._pickle.__randomstate_ctor': [1],
  'numpy.random._pickle.__generator_ctor': [1],
  'pandas.core.indexes.base._new_Index': [0],
  'pandas.core.indexes.datetimes._new_DatetimeIndex': [0],
  'pandas.core.indexes.interval._new_IntervalIndex': [0],
  'sklearn.metrics._dist_metrics.newObj': [0],
  'sklearn.neighbors._ball_tree.newObj': [0],
  'sklearn.neighbors._kd_tree.newObj': [0],
  'torch._tensor._rebuild_from_type_v2': [0, 1],
}

/** Functions that models hold and never call while they are loaded: some of them call what they are given. */
const VALUES: ReadonlySet<string> = new Set([
  ...Object.entries(numpyFunctions).flatMap(pathsIn),
  ...Object.entries(scikitLearn)
    .filter(([module]) => /^sklearn\.(metrics|feature_selection)\b/.test(module))
    .flatMap(pathsIn)
    .filter((path) => /\.[a-z]\w*$/.test(path) && !path.endsWith('.newObj')),
  'sklearn.metrics._scorer._passthrough_scorer',
  'scipy._lib.array_api_compat.numpy._aliases.asarray',
])

function pathsIn([module, names]: readonly [string, string]): readonly string[] {
  return names.split(' ').map((name) => `${module}.${name}`)
}

/**
 * Whether a call of something harmless may run something else: a function that is harmless as long as
 * nobody calls it, or a helper that calls what the pickle computes.
 */
export function isIndirectCall(callable: PyGlobal, args: readonly PyNode[]): boolean {
  const path = `${callable.module}.${callable.name}`
  if (VALUES.has(path)) return true
  // With three arguments it makes a class, whose methods the pickle chooses.
  if (/^(__builtin__|builtins)\.type$/.test(path)) return args.length !== 1
  if (path === 'types.SimpleNamespace') return args.length > 0
  // They measure distances with the function that they are given; a model restores them empty.
  if (/^sklearn\.neighbors\._(ball|kd)_tree\.[A-Z]/.test(path)) return args.length > 0
  return (CALLED_ARGUMENTS[path] ?? []).some((place) => !isPlainlyCalled(args[place]))
}

/** Absent arguments have the default of the helper. */
function isPlainlyCalled(node: PyNode | undefined): boolean {
  if (node === undefined) return true
  return node.kind === 'global' && !VALUES.has(`${node.module}.${node.name}`)
}
