import type { Evidence } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { Fact } from '../core/fact.ts'
import { reaches } from '../core/threshold.ts'
import type { ModelArtifact } from '../facts/model-artifact.ts'
import type { WorkerTimings } from '../facts/worker-timings.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { missingFactFinding, undecided } from './undecided.ts'

export const modelSize = defineCheck({
  id: 'model.size',
  title: 'Model size within its limit',
  section: 'model',
  motivation:
    'A model that does not fit the memory or the download budget of its target fails at deployment, not in the notebook.',
  decides:
    'Pass: the bytes of the file, of everything in the directory, of all shards or of an ONNX model with its external weights are at most model.limits.size, and the numbers in the weights at most model.limits.parameters and the peak memory of a running worker at most model.limits.memory where these are declared. ' +
    'Warn: more than warn_share of a limit. Fail: more than a limit, an empty artefact, or another digest than model.sha256. ' +
    'Inconclusive: no limit on the size is declared, the artefact is missing, cut off or unreadable, a pointer file (Git LFS, DVC, git-annex) stands in its place, ' +
    'or model.limits.parameters is declared and the format does not tell them in its header (safetensors and ONNX do), ' +
    'or model.limits.memory is declared and no worker ran to its end or the system does not tell its memory. The measured peak stands in `run.measurements`.',
  remediation:
    'Declare model.limits.size from what the target can hold; prune, quantise or compress the model, or raise the limit with a reason.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Infra 4 and Monitor 6',
    'https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md',
  ],
  params: {
    warn_share: {
      type: 'number',
      default: 0.8,
      min: 0,
      max: 1,
      description: 'The share of a limit above which the model is a warning.',
    },
  },
  needs: ['model.artifact', 'worker.timings'],
  judge(facts, params) {
    const fact = facts['model.artifact']
    if (fact.state !== 'present') return undecided(fact)
    const model = fact.value
    const pointer = pointerFinding(model)
    if (pointer !== undefined) return conclude('documented', [pointer], [])
    const evidence: Evidence = {
      level: 'recomputed',
      claim: 'The model is at most as large as its limit.',
      observed: {
        bytes: model.bytes,
        files: model.files,
        ...(model.parameters === undefined ? {} : { parameters: model.parameters }),
      },
      expected: {
        limit: model.sizeLimit ?? null,
        ...(model.parameterLimit === undefined ? {} : { parameters: model.parameterLimit }),
      },
      source: fact.source,
    }
    const worker = facts['worker.timings']
    const isMeasured = model.memoryLimit !== undefined && peakOf(worker) !== undefined
    const judgement = conclude(
      isMeasured ? 'executed' : 'recomputed',
      [
        ...digestFindings(model),
        ...sizeFindings(model, params.warn_share),
        ...parameterFindings(model, params.warn_share),
        ...memoryFindings(model, worker, params.warn_share),
      ],
      [evidence, ...memoryEvidence(model, worker)],
    )
    const peak = peakOf(worker)
    return peak === undefined
      ? judgement
      : { ...judgement, measurements: { peakMemoryBytes: peak } }
  },
})

function pointerFinding(model: ModelArtifact): GradedFinding | undefined {
  const [pointer] = model.pointers
  if (pointer === undefined) return undefined
  return {
    severity: 'inconclusive',
    code: 'MODEL_IS_POINTER',
    args: { path: pointer.path, kind: pointer.kind, count: model.pointers.length },
    location: { path: model.path },
  }
}

function digestFindings(model: ModelArtifact): readonly GradedFinding[] {
  if (model.declaredSha256 === undefined) return []
  if (model.declaredSha256.toLowerCase() === model.sha256) return []
  return [
    {
      severity: 'fail',
      code: 'MODEL_DIGEST_DIFFERS',
      args: { path: model.path, declared: model.declaredSha256, actual: model.sha256 },
      location: { path: model.path },
    },
  ]
}

function sizeFindings(model: ModelArtifact, warnShare: number): readonly GradedFinding[] {
  const { bytes, path, sizeLimit } = model
  const location = { path }
  if (bytes === 0) return [{ severity: 'fail', code: 'MODEL_EMPTY', args: { path }, location }]
  if (sizeLimit === undefined) {
    const args = { block: 'model.limits.size', bytes }
    return [{ severity: 'inconclusive', code: 'MODEL_SIZE_LIMIT_UNDECLARED', args, location }]
  }
  const args = { path, bytes, limit: sizeLimit }
  if (!reaches(sizeLimit, bytes)) {
    return [{ severity: 'fail', code: 'MODEL_TOO_LARGE', args, location }]
  }
  if (!reaches(warnShare * sizeLimit, bytes)) {
    const share = bytes / sizeLimit
    return [{ severity: 'warn', code: 'MODEL_NEAR_SIZE_LIMIT', args: { ...args, share }, location }]
  }
  return []
}

function parameterFindings(model: ModelArtifact, warnShare: number): readonly GradedFinding[] {
  const { parameterLimit: limit, parameters, path } = model
  if (limit === undefined || model.bytes === 0) return []
  const location = { path }
  if (parameters === undefined) {
    const args = { path, limit }
    return [{ severity: 'inconclusive', code: 'MODEL_PARAMETERS_UNKNOWN', args, location }]
  }
  const args = { path, parameters, limit }
  if (!reaches(limit, parameters)) {
    return [{ severity: 'fail', code: 'MODEL_TOO_MANY_PARAMETERS', args, location }]
  }
  if (reaches(warnShare * limit, parameters)) return []
  const near = { ...args, share: parameters / limit }
  return [{ severity: 'warn', code: 'MODEL_NEAR_PARAMETER_LIMIT', args: near, location }]
}

/** A session that broke off may not have come to its peak. */
function peakOf(worker: Fact<WorkerTimings>): number | undefined {
  if (worker.state !== 'present' || worker.value.problem !== undefined) return undefined
  return worker.value.rows === 0 ? undefined : worker.value.peakMemory
}

/** The numbers differ from run to run and stay out of the findings. */
function memoryFindings(
  { memoryLimit: limit }: ModelArtifact,
  worker: Fact<WorkerTimings>,
  warnShare: number,
): readonly GradedFinding[] {
  if (limit === undefined) return []
  if (worker.state !== 'present') {
    return [{ severity: 'inconclusive', ...missingFactFinding(worker) }]
  }
  const peak = peakOf(worker)
  const { source: location } = worker
  const args = { limit }
  if (peak === undefined) {
    return [{ severity: 'inconclusive', code: 'MODEL_MEMORY_UNKNOWN', args, location }]
  }
  if (!reaches(limit, peak)) {
    return [{ severity: 'fail', code: 'MODEL_NEEDS_TOO_MUCH_MEMORY', args, location }]
  }
  if (reaches(warnShare * limit, peak)) return []
  const near = { limit, share: warnShare }
  return [{ severity: 'warn', code: 'MODEL_NEAR_MEMORY_LIMIT', args: near, location }]
}

function memoryEvidence(
  { memoryLimit: limit }: ModelArtifact,
  worker: Fact<WorkerTimings>,
): readonly Evidence[] {
  const peak = peakOf(worker)
  if (limit === undefined || peak === undefined || worker.state !== 'present') return []
  return [
    {
      level: 'executed',
      claim: 'The worker needs at most as much memory as its limit, summed over its processes.',
      observed: { measured: 'run.measurements', isWithin: reaches(limit, peak) },
      expected: { limit },
      source: worker.source,
    },
  ]
}
