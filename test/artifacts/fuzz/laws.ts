import type { Inspection } from '../../../src/artifacts/artifact.ts'
import { ALLOWED } from '../../../src/artifacts/globals/allowed.ts'

/** Every path that a list allows, whichever part of it is the module. */
const allowed = new Set(
  [...ALLOWED].flatMap(([module, names]) => [...names].map((name) => `${module}.${name}`)),
)
const OLD_MODULES = [
  ['__builtin__.', 'builtins.'],
  ['copy_reg.', 'copyreg.'],
] as const

function isAllowed(path: string): boolean {
  const renamed = OLD_MODULES.reduce(
    (name, [old, current]) => (name.startsWith(old) ? current + name.slice(old.length) : name),
    path,
  )
  // A configuration of Keras names what Keras itself has.
  return allowed.has(renamed) || /^keras(\.\w+)+$/.test(path)
}

/** The globals with which no file is safe. */
export function unknownGlobals({ globals }: Inspection): readonly string[] {
  return globals.filter((name) => !isAllowed(name))
}

/** The kinds that say where they end: a part of such a file is never taken for the whole. */
const ENDED: ReadonlySet<string> = new Set([
  'joblib',
  'pickle',
  'skops',
  'npy',
  'npz',
  'safetensors',
  'keras',
  'hdf5',
  'torch',
  'lightgbm',
  'xgboost',
  'catboost',
  'pmml',
])

/** What stands behind the end of these files can be cut off, and leaves a whole file. */
const BEHIND_THE_END: ReadonlySet<string> = new Set([
  'PICKLE_MORE',
  'PICKLE_TRAILING',
  'COMPRESSION_BROKEN',
])

/** Whether a part of a file is told from the whole. */
export function saysItsEnd({ kind, reasons }: Inspection): boolean {
  return ENDED.has(kind) && !reasons.some(({ code }) => BEHIND_THE_END.has(code))
}
