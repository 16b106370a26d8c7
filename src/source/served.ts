import type { PythonCall, PythonDecorator } from './module.ts'
import { lastPart } from './names.ts'

/** Names by which libraries of models are asked for a prediction. */
const PREDICTING =
  /^(predict|predict_proba|predict_log_proba|predict_on_batch|predict_batch|decision_function|inplace_predict|infer|inference)$/

/**
 * Whether a call asks a model for a prediction by its name: the methods of the usual libraries, an ONNX
 * session, or an object that is called and is named a model.
 */
export function isPredicting({ callee }: Pick<PythonCall, 'callee'>): boolean {
  const last = lastPart(callee)
  if (PREDICTING.test(last)) return true
  if (last === 'run') return /(^|[._])(sess|session|ort\w*|onnx\w*)(\[\]|\(\))?\.run$/i.test(callee)
  return /^(_?model|estimator|pipeline|pipe|booster)$/i.test(last) && !/\[\]|\(\)/.test(last)
}

/** Whether a call reads a file of data. */
export function isLoading({ callee }: Pick<PythonCall, 'callee'>): boolean {
  return /^(read_(csv|parquet|json|excel|feather|table|sql\w*|pickle)|load_dataset|scan_(csv|parquet)|DictReader|genfromtxt|loadtxt|read_table)$/.test(
    lastPart(callee),
  )
}

const VERBS = /^(get|post|put|patch|request|urlopen|simulate_post|open_json)$/

/** The addresses that a call asks over HTTP, through a client of a test or of the network. */
export function addressesOf({
  callee,
  texts,
}: Pick<PythonCall, 'callee' | 'texts'>): readonly string[] {
  if (!VERBS.test(lastPart(callee)) || !callee.includes('.')) return []
  return texts.flatMap((text) => {
    const path = text.replace(/^(https?:\/\/[^/]*|\{[^}]*\})(?=\/)/, '').replace(/[?#].*$/, '')
    return /^\/[\w\-./{}<>:]*$/.test(path) ? [path] : []
  })
}

/** The address that a decorator gives a function; `undefined` for one that is no route. */
export function routeOf({ name, arguments: given }: PythonDecorator): string | undefined {
  if (!/^(get|post|put|patch|route|api_route|api|websocket)$/.test(lastPart(name))) return undefined
  return /^['"](\/.*)['"]$/.exec(given[0] ?? '')?.[1]
}
