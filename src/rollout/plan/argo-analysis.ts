import type { Location } from '../../core/evidence.ts'
import { at, entriesOf, has, itemsOf, numberOf, textOf, type Value } from '../located.ts'
import { durationOf } from '../quantities.ts'
import { isConstant, noDataOf } from './argo-conditions.ts'
import type { PlanAnalysis, Toothless } from './plan.ts'

/** Where an analysis stands: as a step it must end, in the background it need not. */
export type AnalysisPlace = 'step' | 'background'

export interface ArgoAnalysis {
  readonly analyses: readonly PlanAnalysis[]
  /** How long a step with this analysis takes at least, in milliseconds. */
  readonly takesMs: number
}

const TEMPLATE_KINDS = ['AnalysisTemplate', 'ClusterAnalysisTemplate']
/** Providers that decide by themselves whether a measurement failed. */
const SELF_JUDGING = ['job', 'kayenta']
const ARGUMENT = /\{\{\s*args\.([\w.-]+)\s*\}\}/g

type Args = ReadonlyMap<string, string>

/**
 * The measurements of an analysis of a Rollout (background, step, or of an experiment), looked up in
 * the templates of the same files.
 *
 * @param analysis what stands under `analysis:`
 * @param documents where templates are looked for; one that is not there is `unknown`
 */
export function analysisOf(
  analysis: Value,
  place: AnalysisPlace,
  fromStep: number,
  documents: readonly Value[],
): ArgoAnalysis {
  const given = argsOf(at(analysis, 'args'))
  const dryRun = dryRunOf(at(analysis, 'dryRun'))
  const single = textOf(at(analysis, 'templateName'))
  const named = itemsOf(at(analysis, 'templates')).map((item) => ({
    name: textOf(at(item, 'templateName')),
    location: item.location,
  }))
  const wanted =
    single === undefined ? named : [...named, { name: single, location: analysis.location }]
  const parts = wanted.map(({ name = '', location }): ArgoAnalysis => {
    const template = templateOf(name, documents)
    if (template !== undefined) {
      return metricsOf({ template, place, fromStep, documents, given, dryRun, above: [name] })
    }
    return bare(name, location, fromStep, 'unknown')
  })
  return merge(parts)
}

/** An analysis of which nothing more than the name is there. */
function bare(
  name: string,
  location: Location,
  fromStep: number,
  toothless: PlanAnalysis['toothless'],
): ArgoAnalysis {
  const conditions = { successCondition: undefined, failureCondition: undefined }
  return {
    analyses: [{ name, location, fromStep, toothless, noData: 'unstated', ...conditions }],
    takesMs: 0,
  }
}

function merge(parts: readonly ArgoAnalysis[]): ArgoAnalysis {
  return {
    analyses: parts.flatMap(({ analyses }) => analyses),
    takesMs: Math.max(0, ...parts.map(({ takesMs }) => takesMs)),
  }
}

function templateOf(name: string, documents: readonly Value[]): Value | undefined {
  return documents.find(
    (document) =>
      TEMPLATE_KINDS.includes(textOf(at(document, 'kind')) ?? '') &&
      textOf(at(document, 'metadata', 'name')) === name,
  )
}

interface Metrics {
  readonly template: Value
  readonly place: AnalysisPlace
  readonly fromStep: number
  readonly documents: readonly Value[]
  readonly given: Args
  readonly dryRun: readonly DryRun[]
  /** Names of the templates around, so that a cycle ends. */
  readonly above: readonly string[]
}

function metricsOf(of: Metrics): ArgoAnalysis {
  const spec = at(of.template, 'spec')
  const args: Args = new Map([...argsOf(at(spec, 'args')), ...of.given])
  const dryRun = [...of.dryRun, ...dryRunOf(at(spec, 'dryRun'))]
  const own = itemsOf(at(spec, 'metrics')).map((metric) => metricOf(metric, args, dryRun, of))
  const nested = itemsOf(at(spec, 'templates')).flatMap((item) => {
    const name = textOf(at(item, 'templateName')) ?? ''
    const template = of.above.includes(name) ? undefined : templateOf(name, of.documents)
    return template === undefined
      ? []
      : [metricsOf({ ...of, template, dryRun, given: args, above: [...of.above, name] })]
  })
  if (own.length + nested.length > 0) return merge([...own, ...nested])
  const { location } = of.template
  return bare(of.above.at(-1) ?? '', location, of.fromStep, 'nothing-measured')
}

function metricOf(
  metric: Value,
  args: Args,
  dryRun: readonly DryRun[],
  { place, fromStep }: Metrics,
): ArgoAnalysis {
  const said = (key: string): string | undefined => filled(textOf(at(metric, key)), args)
  const name = said('name') ?? ''
  const success = said('successCondition')
  const failure = said('failureCondition')
  const interval = durationOf(said('interval'))
  const count = said('count')
  const provider = entriesOf(at(metric, 'provider'))[0]?.[0]
  const runs = count === undefined ? (interval === undefined ? 1 : Infinity) : runsOf(count)
  const isDryRun = dryRun.some(({ pattern }) => pattern?.test(name) === true)
  const mayBeDry = dryRun.some(({ pattern }) => pattern === undefined)
  const asks = provider !== undefined && !isWithoutQuery(metric)
  const judged = { success, failure, provider, asks, runs, place, limit: said('failureLimit') }
  const analysis: PlanAnalysis = {
    name,
    location: metric.location,
    successCondition: success,
    failureCondition: failure,
    fromStep,
    toothless: isDryRun ? 'dry-run' : mayBeDry ? 'unknown' : toothlessOf(judged),
    noData:
      provider === 'job'
        ? 'abort'
        : noDataOf({
            success,
            failure,
            statesErrorLimit: has(metric, 'consecutiveErrorLimit'),
            statesInconclusiveLimit: has(metric, 'inconclusiveLimit'),
          }),
  }
  const delay = durationOf(said('initialDelay')) ?? 0
  const isBounded = place === 'step' && Number.isFinite(runs)
  return {
    analyses: [analysis],
    takesMs: isBounded ? delay + (runs - 1) * (interval ?? 0) : 0,
  }
}

interface Judged {
  readonly success: string | undefined
  readonly failure: string | undefined
  readonly provider: string | undefined
  /** Whether there is something that it asks. */
  readonly asks: boolean
  readonly runs: number
  readonly place: AnalysisPlace
  readonly limit: string | undefined
}

function toothlessOf(metric: Judged): Toothless | 'unknown' | undefined {
  const { success, failure, provider, asks, runs, place } = metric
  if (!asks) return 'nothing-measured'
  const limit = metric.limit === undefined ? 0 : Number(metric.limit)
  if (Number.isNaN(runs) || !Number.isInteger(limit)) return 'unknown'
  if (place === 'step' && runs === Infinity) return 'refused-by-tool'
  if (limit < 0) return 'failures-ignored'
  // The run fails when there are more failures than the limit.
  if (limit >= runs) return 'limit-out-of-reach'
  if (success === undefined && failure === undefined) {
    if (provider === 'plugin') return 'unknown'
    return SELF_JUDGING.includes(provider ?? '') ? undefined : 'no-condition'
  }
  const isFixed = (condition: string | undefined) =>
    condition === undefined || isConstant(condition)
  return isFixed(success) && isFixed(failure) ? 'constant-condition' : undefined
}

function isWithoutQuery(metric: Value): boolean {
  const prometheus = at(metric, 'provider', 'prometheus')
  return prometheus !== undefined && (textOf(at(prometheus, 'query')) ?? '').trim() === ''
}

/** How often a metric is measured: 0 means without end; NaN for an argument that nothing fills. */
function runsOf(count: string): number {
  const runs = /^\d+$/.test(count.trim()) ? Number(count) : Number.NaN
  return runs === 0 ? Infinity : runs
}

function argsOf(list: Value | undefined): Args {
  return new Map(
    itemsOf(list).flatMap((item) => {
      const [name, value] = [textOf(at(item, 'name')), textOf(at(item, 'value'))]
      return name === undefined || value === undefined ? [] : [[name, value] as const]
    }),
  )
}

function filled(text: string | undefined, args: Args): string | undefined {
  return text?.replace(ARGUMENT, (written, name: string) => args.get(name) ?? written)
}

/** Names that run dry are patterns. */
interface DryRun {
  readonly pattern: RegExp | undefined
}

/** Only names and `.*` are read: another pattern could take for ever, and may match anything. */
const READ_PATTERN = /^\^?[\w-]*(?:\.\*[\w-]*)*\$?$/

function dryRunOf(list: Value | undefined): readonly DryRun[] {
  return itemsOf(list).map((item) => {
    const pattern = textOf(at(item, 'metricName')) ?? ''
    return { pattern: READ_PATTERN.test(pattern) ? new RegExp(pattern) : undefined }
  })
}

/** The replicas that a Rollout asks for; `undefined` when something else decides. */
export function replicasOf(rollout: Value): number | undefined {
  return numberOf(at(rollout, 'spec', 'replicas'))
}
