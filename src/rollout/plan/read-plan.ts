import type { Location } from '../../core/evidence.ts'
import type { GradedFinding } from '../../core/finding.ts'
import { readDocuments } from '../documents.ts'
import { at, itemsOf, textOf, type SourceText, type Value } from '../located.ts'
import { argoPlan } from './argo.ts'
import { flaggerPlan } from './flagger.ts'
import { isKayenta, kayentaPlan } from './kayenta.ts'
import { kservePlan } from './kserve.ts'
import { isOwnPlan, ownPlan } from './own-plan.ts'
import type { CanaryPlan, PlanRead } from './plan.ts'
import { deploymentConfigOf, sagemakerPlan } from './sagemaker.ts'

/**
 * Reads a canary plan: a Rollout of Argo Rollouts, a Canary of Flagger, an InferenceService of
 * KServe, a deployment configuration of SageMaker, a configuration of Kayenta, or our own format.
 *
 * @param source the plan, YAML with one or more documents or JSON
 * @param others more texts in which analysis templates are looked for
 * @returns the first plan of the text, or why there is none; what is wrong inside the plan is among
 * its findings
 */
export async function readCanaryPlan(
  source: SourceText,
  others: readonly SourceText[] = [],
): Promise<PlanRead> {
  const read = await readDocuments(source)
  if ('problem' in read) return unreadable(source.path, read.problem, read.location)
  const own = read.documents.flatMap(flattened)
  const further: Value[] = []
  for (const other of others) {
    const found = await readDocuments(other)
    if ('problem' in found) return unreadable(other.path, found.problem, found.location)
    further.push(...found.documents.flatMap(flattened))
  }
  for (const document of own) {
    const plan = planOf(document, [...own, ...further])
    if (plan !== undefined) return { plan }
  }
  return unreadable(source.path, 'it holds no plan of a known format', { path: source.path })
}

/** `kubectl get -o yaml` wraps resources in a List. */
function flattened(document: Value): readonly Value[] {
  return textOf(at(document, 'kind')) === 'List' ? itemsOf(at(document, 'items')) : [document]
}

function planOf(document: Value, documents: readonly Value[]): CanaryPlan | undefined {
  const group = textOf(at(document, 'apiVersion'))?.split('/')[0]
  const kind = textOf(at(document, 'kind'))
  if (group === 'argoproj.io' && kind === 'Rollout') return argoPlan(document, documents)
  if (group === 'flagger.app' && kind === 'Canary') return flaggerPlan(document)
  if (group === 'serving.kserve.io' && kind === 'InferenceService') return kservePlan(document)
  if (isKayenta(document)) return kayentaPlan(document)
  if (isOwnPlan(document)) return ownPlan(document)
  const config = deploymentConfigOf(document)
  return config === undefined ? undefined : sagemakerPlan(config)
}

function unreadable(path: string, problem: string, location: Location): PlanRead {
  const finding: GradedFinding = {
    severity: 'inconclusive',
    code: 'CANARY_PLAN_UNREADABLE',
    args: { path, problem },
    location,
  }
  return { finding }
}
