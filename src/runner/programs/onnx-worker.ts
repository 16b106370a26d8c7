/**
 * Answers rows with an ONNX model, in the protocol of a worker command. It runs in a process of its own:
 * the library is native, and what it does to its process is not to happen to the audit.
 */
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import type { OnnxPlan } from '../onnx-session.ts'
import { predictionsOf, type OutputTensor } from './onnx-predictions.ts'

interface Tensor {
  readonly type: string
  readonly data: OutputTensor['data']
  readonly dims: readonly number[]
}

/** What is used of onnxruntime-node, which is an optional peer and need not be there. */
interface OnnxRuntime {
  readonly InferenceSession: {
    create(path: string, options: Readonly<Record<string, unknown>>): Promise<Session>
  }
  readonly Tensor: new (type: string, data: unknown, dims: readonly number[]) => Tensor
}

interface Session {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  readonly inputMetadata?: readonly {
    readonly name: string
    readonly type?: string
    readonly shape?: readonly (number | string)[]
  }[]
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>
}

type Row = Readonly<Record<string, unknown>>

const plan = JSON.parse(process.argv[2] ?? '') as OnnxPlan
const loaded = (await import(pathToFileURL(plan.library).href)) as OnnxRuntime & {
  readonly default?: OnnxRuntime
}
const runtime = loaded.default ?? loaded
// One thread: a sum in another order is another number.
const session = await runtime.InferenceSession.create(plan.model, {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
})

for await (const line of createInterface({ input: process.stdin })) {
  const { id, rows } = JSON.parse(line) as { readonly id: number; readonly rows: readonly Row[] }
  process.stdout.write(`${JSON.stringify({ id, ...(await answer(rows)) })}\n`)
}

async function answer(rows: readonly Row[]): Promise<Readonly<Record<string, unknown>>> {
  if (rows.length === 0) return { predictions: [] }
  let feeds: Readonly<Record<string, Tensor>>
  try {
    feeds = feedsOf(rows)
  } catch (error) {
    return { error: { kind: 'rejected', message: textOf(error) } }
  }
  let outputs: Readonly<Record<string, Tensor>>
  try {
    outputs = await session.run(feeds)
  } catch (error) {
    return { error: { kind: 'rejected', message: textOf(error) } }
  }
  // Outputs of a form that nobody here knows end the process: that is no answer about the rows.
  const tensors = session.outputNames.flatMap((name): readonly OutputTensor[] => {
    const found = outputs[name]
    return found === undefined
      ? []
      : [{ name, type: found.type, data: found.data, dims: found.dims }]
  })
  return { predictions: predictionsOf(tensors, rows.length, plan.task) }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** One matrix of all features, or one column of each input that has the name of a feature. */
function feedsOf(rows: readonly Row[]): Readonly<Record<string, Tensor>> {
  const { inputNames } = session
  const [only] = inputNames
  const isMatrix = inputNames.length === 1 && only !== undefined && !plan.features.includes(only)
  if (isMatrix) return { [only]: tensor(only, rows, plan.features) }
  return Object.fromEntries(inputNames.map((name) => [name, tensor(name, rows, [name])]))
}

function tensor(input: string, rows: readonly Row[], columns: readonly string[]): Tensor {
  const about = session.inputMetadata?.find(({ name }) => name === input)
  const type = about?.type ?? 'float32'
  const cells = rows.flatMap((row) => columns.map((name) => cellOf(row, name, type)))
  const dims = about?.shape?.length === 1 ? [cells.length] : [rows.length, columns.length]
  return new runtime.Tensor(type, storage(type, cells), dims)
}

function cellOf(row: Row, name: string, type: string): number | string {
  const value = row[name]
  if (!Object.hasOwn(row, name)) throw new TypeError(`there is no ${name}`)
  if (type === 'string') {
    if (value === null) return ''
    if (typeof value !== 'string') throw new TypeError(`${name} is no text`)
    return value
  }
  if (value === null && type.startsWith('float')) return Number.NaN
  if (typeof value === 'boolean') return Number(value)
  if (typeof value !== 'number') throw new TypeError(`${name} is no number`)
  if (!type.startsWith('float') && !Number.isSafeInteger(value)) {
    throw new TypeError(`${name} is no whole number`)
  }
  return value
}

function storage(type: string, cells: readonly (number | string)[]): unknown {
  switch (type) {
    case 'string':
      return cells
    case 'float32':
      return Float32Array.from(cells, Number)
    case 'float64':
      return Float64Array.from(cells, Number)
    case 'int64':
      return BigInt64Array.from(cells, (cell) => BigInt(cell))
    case 'int32':
      return Int32Array.from(cells, Number)
    case 'bool':
      return Uint8Array.from(cells, Number)
    default:
      throw new TypeError(`inputs of the type ${type} are not supported`)
  }
}
