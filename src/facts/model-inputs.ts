import { open, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { readYamlFile } from '../config/yaml-file.ts'
import { InputError } from '../core/errors.ts'
import type { LogicalType } from '../table/types.ts'
import { readOnnx, type OnnxModel } from '../artifacts/onnx/onnx.ts'

/** The inputs that a model file says it takes. */
export interface ModelInputs {
  readonly format: 'mlflow' | 'onnx' | 'lightgbm' | 'xgboost'
  /** By name, in their order; empty when the model was trained on arrays without names. */
  readonly columns: readonly ModelInput[]
  /** How many values a row has; `undefined` when the format leaves it open. */
  readonly count: number | undefined
  /** Whether values are matched by position. */
  readonly isPositional: boolean
}

export interface ModelInput {
  readonly name: string
  /** `undefined` when the format does not say, or codes hide it. */
  readonly type: LogicalType | undefined
  /** The smallest and largest value of the training data. */
  readonly range?: readonly [low: number, high: number]
}

/**
 * Reads the inputs from the header of a model, without running anything: the signature of an MLflow
 * folder, the inputs of an ONNX graph, the feature names of LightGBM's text or XGBoost's JSON.
 *
 * @param path - absolute.
 * @param shownAs - how messages name it.
 * @returns `undefined` for other formats and for models that do not say.
 * @throws InputError or ConfigurationError when a file of these formats cannot be understood.
 */
export async function readModelInputs(
  path: string,
  shownAs: string,
): Promise<ModelInputs | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory() === true) {
    const isMlflow = await stat(join(path, 'MLmodel')).catch(() => undefined)
    return isMlflow === undefined ? undefined : readMlflow(join(path, 'MLmodel'), shownAs)
  }
  if (found?.isFile() !== true) return undefined
  if (path.endsWith('.onnx')) return fromOnnx(await readOnnx(path))
  const head = await readHead(path)
  if (/^tree\r?\nversion=v\d/.test(head)) return fromLightgbm(head, shownAs)
  if (/^\s*\{/.test(head) && head.includes('"learner"')) return readXgboost(path)
  return undefined
}

/** The names stand in front of the trees; a model of thousands of features has its names in here too. */
const HEAD_BYTES = 1024 * 1024

async function readHead(path: string): Promise<string> {
  const handle = await open(path, 'r')
  try {
    const bytes = Buffer.alloc(HEAD_BYTES)
    const { bytesRead } = await handle.read(bytes, 0, HEAD_BYTES, 0)
    return bytes.subarray(0, bytesRead).toString('utf8')
  } finally {
    await handle.close()
  }
}

const MLFLOW_TYPES: Readonly<Record<string, LogicalType>> = {
  boolean: 'boolean',
  integer: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  string: 'category',
  datetime: 'datetime',
}

/** The signature of an MLflow model: a JSON text inside the YAML file. */
async function readMlflow(path: string, shownAs: string): Promise<ModelInputs | undefined> {
  const { value } = await readYamlFile(path, `${shownAs}/MLmodel`)
  const text = property(property(value, 'signature'), 'inputs')
  if (text === undefined || text === null) return undefined
  const inputs = typeof text === 'string' ? parseJson(text, `${shownAs}/MLmodel`) : undefined
  if (!Array.isArray(inputs)) throw new InputError(`the signature in ${shownAs}/MLmodel is no list`)
  const columns = inputs.map((input: unknown): ModelInput | undefined => {
    const name = property(input, 'name')
    const type = property(input, 'type')
    if (typeof name !== 'string' || typeof type !== 'string' || type === 'tensor') return undefined
    return { name, type: MLFLOW_TYPES[type] }
  })
  const named = columns.filter((column) => column !== undefined)
  if (named.length === columns.length) {
    return { format: 'mlflow', columns: named, count: named.length, isPositional: false }
  }
  const shape = property(property(inputs[0], 'tensor-spec'), 'shape')
  const width: unknown = Array.isArray(shape) && shape.length === 2 ? shape[1] : undefined
  const count = typeof width === 'number' && width > 0 ? width : undefined
  return { format: 'mlflow', columns: [], count, isPositional: true }
}

const ONNX_TYPES: ReadonlyMap<number, LogicalType> = new Map([
  ...[1, 10, 11, 16].map((code) => [code, 'number'] as const),
  ...[2, 3, 4, 5, 6, 7, 12, 13].map((code) => [code, 'integer'] as const),
  [8, 'category'],
  [9, 'boolean'],
])

/** One input a feature, or one matrix whose columns lost their names. */
function fromOnnx({ inputs }: OnnxModel): ModelInputs {
  const isMatrix = ({ shape }: OnnxModel['inputs'][number]) => shape.length > 1 && shape[1] !== 1
  const [first] = inputs
  if (first !== undefined && inputs.length === 1 && isMatrix(first)) {
    return { format: 'onnx', columns: [], count: first.shape[1], isPositional: true }
  }
  const columns = inputs.map(({ name, elementType }) => ({
    name,
    type: ONNX_TYPES.get(elementType),
  }))
  return { format: 'onnx', columns, count: columns.length, isPositional: false }
}

function fromLightgbm(head: string, shownAs: string): ModelInputs {
  const line = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(head)?.[1]?.trim()
  const names = line('feature_names')?.split(' ')
  const infos = line('feature_infos')?.split(' ')
  if (names === undefined || names.length !== Number(line('max_feature_idx')) + 1) {
    throw new InputError(`${shownAs} does not name as many features as it has`)
  }
  const isUnnamed = names.every((name, index) => name === `Column_${String(index)}`)
  const columns = isUnnamed ? [] : names.map((name, index) => lightgbmInput(name, infos?.[index]))
  return { format: 'lightgbm', columns, count: names.length, isPositional: true }
}

/** `[low:high]` of a number; a list of codes of a category, and `none` of a feature without use, say less. */
function lightgbmInput(name: string, info = 'none'): ModelInput {
  const [, low, high] = /^\[([^:]+):([^:]+)\]$/.exec(info) ?? []
  const range = [Number(low), Number(high)] as const
  if (low === undefined || !range.every(Number.isFinite)) return { name, type: undefined }
  return { name, type: 'number', range }
}

const XGBOOST_TYPES: Readonly<Record<string, LogicalType>> = {
  float: 'number',
  q: 'number',
  int: 'integer',
}

/** JSON is parsed whole; a larger model is not read for its names alone. */
const JSON_BYTES = 256 * 1024 * 1024

async function readXgboost(path: string): Promise<ModelInputs | undefined> {
  if ((await stat(path)).size > JSON_BYTES) return undefined
  const learner = property(parseJson(await readFile(path, 'utf8'), basename(path)), 'learner')
  const declared = Number(property(property(learner, 'learner_model_param'), 'num_feature'))
  if (!Number.isSafeInteger(declared)) return undefined
  const names = texts(property(learner, 'feature_names'))
  const types = texts(property(learner, 'feature_types'))
  const columns = names.map((name, index) => ({ name, type: XGBOOST_TYPES[types[index] ?? ''] }))
  return { format: 'xgboost', columns, count: declared, isPositional: true }
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return (value as Readonly<Record<string, unknown>>)[name]
}

function parseJson(text: string, shownAs: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InputError(`${shownAs} is not valid JSON`, { cause: error })
  }
}
