import type { Fact } from '../core/fact.ts'
import type { ManifestServe } from '../config/manifest.ts'
import { probeService } from '../runner/probe.ts'
import type { ProbeAnswer, ProbeProblem } from '../runner/probe-plan.ts'
import type { Collector, FactContext } from './context.ts'
import { featureSample } from './feature-sample.ts'
import { changedInputs } from './input-digests.ts'
import { jsonRows } from './json-rows.ts'
import { movedErrorCounters } from './moved-counters.ts'
import { absentBlock } from './project-files.ts'
import { serveCases, type ServeCase } from './serve-requests.ts'

/** What the running service made of good and bad requests. */
export interface ServeProbe {
  /** Why it could not be asked; `null` when it became ready. */
  readonly notReady: ProbeProblem | null
  readonly cases: readonly ServeAnswer[]
  /** Whether its process still ran after the last request. */
  readonly isAlive: boolean
  /** Series about errors that grew; `null` when there are no metrics to read. */
  readonly movedCounters: readonly string[] | null
  /** The manifest's `commands.serve.metrics`. */
  readonly metricsPath: string | null
  /** The beginning of what it wrote to standard error. */
  readonly stderr: string
  /** Files that the audit reads and that are not what they were before the first command. */
  readonly changedInputs: readonly string[]
}

export interface ServeAnswer
  extends Omit<ServeCase, 'request'>, Pick<ProbeAnswer, 'status' | 'failure'> {
  /** Whether the answer says itself that it is no prediction of the model. */
  readonly isFallback: boolean
  /** Whether its body holds nothing, or tells of an error. */
  readonly saysNothing: boolean
}

const DEFAULT_READY_MS = 60_000
const REQUEST_MS = 10_000
const READY_PATH = '/health'

export const serveProbe: Collector<ServeProbe> = {
  title: 'What the service answers to requests that it should refuse',
  async collect(key, context, facts) {
    const serve = context.manifest.commands?.serve
    if (serve === undefined) return absentBlock(key, context, 'commands.serve')
    const source = context.manifest.locate(['commands', 'serve'])
    if (!context.permission.run) {
      return {
        key,
        state: 'unreadable',
        reason: 'commands of the manifest were not allowed to run',
        source,
        remedy:
          'Pass --allow-run, or set `run: {allow: true}` in the mlcheck.yaml of the repository.',
      }
    }
    const sample = await featureSample(context, 1)
    const [row] = sample === undefined ? [] : jsonRows(sample.table, sample.typeOf)
    if (row === undefined) return absentBlock(key, context, 'data')
    const before = await facts.get('inputs.digests')
    const probed = await probe(key, serve, serveCases(serve, row, context.manifest), context)
    if (probed.state !== 'present') return probed
    const value = { ...probed.value, changedInputs: await changedInputs(before, context) }
    return { ...probed, value }
  },
}

async function probe(
  key: string,
  serve: ManifestServe,
  cases: readonly ServeCase[],
  context: FactContext,
): Promise<Fact<Omit<ServeProbe, 'changedInputs'>>> {
  const source = context.manifest.locate(['commands', 'serve'])
  const metricsPath = serve.metrics ?? null
  const result = await probeService(context.runner, {
    line: serve.run,
    ready: serve.ready ?? READY_PATH,
    readyTimeoutMs: serve.timeout ?? DEFAULT_READY_MS,
    requestTimeoutMs: REQUEST_MS,
    metrics: metricsPath,
    requests: cases.map(({ request }) => request),
  })
  if (result.kind === 'broken') {
    const reason = `the probe of the service did not come to its end (${result.end.kind})`
    return { key, state: 'unreadable', reason, source }
  }
  const { notReady, answers, metricsBefore, metricsAfter, isAlive, stderr } = result.report
  const moved =
    metricsBefore === null || metricsAfter === null
      ? null
      : movedErrorCounters(metricsBefore, metricsAfter)
  return {
    key,
    state: 'present',
    value: {
      notReady,
      cases: answers.flatMap((answer, index) => answerTo(cases[index], answer)),
      isAlive,
      movedCounters: moved,
      metricsPath,
      stderr,
    },
    source,
  }
}

function answerTo(asked: ServeCase | undefined, answer: ProbeAnswer): readonly ServeAnswer[] {
  if (asked === undefined) return []
  const { name, kind, feature, mustRefuse } = asked
  const { status, failure, body } = answer
  const isFallback = /"fallback"\s*:\s*true/i.test(body)
  const saysNothing = body.trim() === '' || tellsError(body)
  return [{ name, kind, feature, mustRefuse, status, failure, isFallback, saysNothing }]
}

/** Services that answer everything with 200 say in an object what went wrong. */
function tellsError(body: string): boolean {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return false
  }
  if (typeof value !== 'object' || value === null) return false
  const { error, errors } = value as Readonly<Record<string, unknown>>
  return [error, errors].some((each) => {
    const isEmpty = Array.isArray(each) && each.length === 0
    return Boolean(each) && !isEmpty
  })
}
