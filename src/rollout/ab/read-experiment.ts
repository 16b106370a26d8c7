import type { Location } from '../../core/evidence.ts'
import { readDocuments } from '../documents.ts'
import { at, has, itemsOf, numberOf, textOf, type SourceText, type Value } from '../located.ts'
import { durationOf, percentOf } from '../quantities.ts'
import type { ExperimentRead, ToolExperiment } from './experiment.ts'
import { isOwnExperiment, ownExperiment } from './own-experiment.ts'

/**
 * Reads an experiment: a plan in our own format with its numbers, an Experiment of Argo Rollouts (also
 * as a step of a Rollout), or the A/B testing of Flagger (`match` with `iterations`).
 *
 * @returns the first experiment of the text, or why there is none
 */
export async function readExperiment(source: SourceText): Promise<ExperimentRead> {
  const read = await readDocuments(source)
  if ('problem' in read) return unreadable(source.path, read.problem, read.location)
  for (const document of read.documents) {
    if (isOwnExperiment(document)) return { plan: ownExperiment(document) }
    const tool = toolExperiment(document)
    if (tool !== undefined) return { tool }
  }
  return unreadable(source.path, 'it holds no experiment of a known format', { path: source.path })
}

function toolExperiment(document: Value): ToolExperiment | undefined {
  const kind = textOf(at(document, 'kind'))
  const name = textOf(at(document, 'metadata', 'name'))
  if (kind === 'Experiment') return argoExperiment(at(document, 'spec') ?? document, name)
  if (kind === 'Rollout') {
    const steps = itemsOf(at(document, 'spec', 'strategy', 'canary', 'steps'))
    const step = steps.find((each) => has(each, 'experiment'))
    return step === undefined ? undefined : argoExperiment(at(step, 'experiment') ?? step, name)
  }
  const analysis = at(document, 'spec', 'analysis') ?? at(document, 'spec', 'canaryAnalysis')
  const match = at(analysis, 'match')
  if (kind !== 'Canary' || analysis === undefined || itemsOf(match).length === 0) return undefined
  const interval = durationOf(textOf(at(analysis, 'interval'))) ?? 60_000
  const iterations = numberOf(at(analysis, 'iterations'))
  return {
    format: 'flagger',
    name,
    location: analysis.location,
    durationMs: iterations === undefined ? undefined : interval * iterations,
    arms: ['primary', 'canary'].map((arm) => ({ name: arm, percent: undefined })),
    metrics: itemsOf(at(analysis, 'metrics')).flatMap((item) => textOf(at(item, 'name')) ?? []),
  }
}

function argoExperiment(spec: Value, name: string | undefined): ToolExperiment {
  return {
    format: 'argo-experiment',
    name,
    location: spec.location,
    durationMs: durationOf(textOf(at(spec, 'duration'))),
    arms: itemsOf(at(spec, 'templates')).map((item) => ({
      name: textOf(at(item, 'name')) ?? '',
      percent: percentOf(at(item, 'weight')),
    })),
    metrics: itemsOf(at(spec, 'analyses')).flatMap((item) => textOf(at(item, 'name')) ?? []),
  }
}

function unreadable(path: string, problem: string, location: Location): ExperimentRead {
  const args = { path, problem }
  return { finding: { severity: 'inconclusive', code: 'AB_PLAN_UNREADABLE', args, location } }
}
