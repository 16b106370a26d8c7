import type { Source } from '../core/evidence.ts'
import type { Fact } from '../core/fact.ts'
import { onnxWorker } from '../runner/onnx-session.ts'
import { DEFAULT_LIMITS } from '../runner/command.ts'
import type { WorkerRequest, WorkerRow } from '../runner/worker.ts'
import type { FactContext } from './context.ts'
import { featureSample, type FeatureSample } from './feature-sample.ts'
import { jsonRows } from './json-rows.ts'
import { rulesOf } from './predict-sample.ts'
import { absentBlock, notAllowed, projectPath } from './project-files.ts'

/** A worker that may be started, with some rows of the project's own data to ask it about. */
export interface WorkerSample {
  readonly request: WorkerRequest
  readonly sample: FeatureSample
  /** The rows of the sample as JSON has them. */
  readonly rows: readonly WorkerRow[]
  readonly source: Source
}

type Missing = Exclude<Fact<never>, { readonly state: 'present' }>

/** Enough rows to meet rare branches of a model. */
const SAMPLE_ROWS = 200

/**
 * The worker command of the manifest or, where there is none and the model is an ONNX file, a session of
 * onnxruntime-node; or the fact that there is neither, no permission or no data.
 */
export async function workerSample(
  key: string,
  context: FactContext,
): Promise<WorkerSample | Missing> {
  const { worker } = context.manifest.commands ?? {}
  const isOnnx = worker === undefined && context.manifest.model.path.endsWith('.onnx')
  if (worker === undefined && !isOnnx) return absentBlock(key, context, 'commands.worker')
  const block = isOnnx ? ['model', 'path'] : ['commands', 'worker']
  const source = context.manifest.locate(block)
  if (!context.permission.run) return notAllowed(key, source)
  const sample = await featureSample(context, SAMPLE_ROWS)
  if (sample === undefined) return absentBlock(key, context, 'data')
  const line = worker?.run ?? onnxLine(sample, context)
  if (line === undefined) {
    return {
      key,
      state: 'unreadable',
      reason: 'no worker is declared, and onnxruntime-node is not installed',
      source,
      remedy:
        'Install onnxruntime-node beside mlcheck or in the project, or declare commands.worker.',
    }
  }
  return {
    request: {
      line,
      timeoutMs: worker?.timeout ?? DEFAULT_LIMITS.timeoutMs,
      environment: { PYTHONHASHSEED: '0' },
      rules: rulesOf(context.manifest),
    },
    sample,
    rows: jsonRows(sample.table, sample.typeOf),
    source,
  }
}

function onnxLine({ table }: FeatureSample, context: FactContext): readonly string[] | undefined {
  const { model, folder } = context.manifest
  return onnxWorker({
    model: projectPath(context, model.path),
    folder,
    features: table.columns,
    task: model.task,
  })
}
