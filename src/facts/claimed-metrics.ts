import { realpath, stat } from 'node:fs/promises'
import { isInside } from '../config/repository.ts'
import type { Source } from '../core/evidence.ts'
import { findMetric } from '../stats/metrics/registry.ts'
import { metricsOfCard } from './claims/json-card.ts'
import { readJson } from './claims/json-file.ts'
import { metricsOf } from './claims/metrics-file.ts'
import { metricsOfRun } from './claims/mlflow-run.ts'
import type { StatedMetric } from './claims/stated-metric.ts'
import type { Collector, FactContext } from './context.ts'
import { readModelCard } from './model-card.ts'
import { absentBlock, projectPath } from './project-files.ts'

/** A metric that somebody states. */
export interface ClaimedMetric {
  readonly origin: 'manifest' | 'model-card' | 'metrics-file' | 'mlflow'
  readonly name: string
  readonly split: string
  /** As written where it stands for no number: a claim that nobody can check is still a claim. */
  readonly value: number | string
  readonly interval: readonly [low: number, high: number] | undefined
  /** The confidence of the interval. */
  readonly level: number
  readonly source: Source
}

const DEFAULT_LEVEL = 0.95
/** Where a file does not say it, and there is more than one block of predictions. */
const USUAL_SPLIT = 'test'
/** Where tools write metrics unless they are told otherwise. */
const USUAL_FILE = 'metrics.json'

export const claimedMetrics: Collector<readonly ClaimedMetric[]> = {
  title: 'The metrics that the manifest, the model card, metrics.json and MLflow claim',
  async collect(key, context) {
    const { manifest } = context
    const stated = (manifest.metrics ?? []).map(
      ({ name, split, value, ci, level }, index): ClaimedMetric => ({
        origin: 'manifest',
        name,
        split,
        value,
        interval: ci,
        level: level ?? DEFAULT_LEVEL,
        source: manifest.locate(['metrics', index]),
      }),
    )
    const of = (origin: ClaimedMetric['origin'], found: readonly StatedMetric[]) =>
      found.map((metric) => claimOf(origin, metric, context))
    const claims = [
      ...stated,
      ...of('model-card', await onCard(context)),
      ...of('metrics-file', await inMetricsFile(context)),
      ...of('mlflow', await ofRun(context)),
    ]
    const [first] = claims
    if (first === undefined) return absentBlock(key, context, 'metrics')
    const source = stated.length === 0 ? first.source : manifest.locate(['metrics'])
    return { key, state: 'present', value: claims, source }
  },
}

async function onCard(context: FactContext): Promise<readonly StatedMetric[]> {
  const card = context.manifest.reports?.modelCard
  if (card === undefined) return []
  const path = projectPath(context, card)
  if (!/\.json$/i.test(card)) return readModelCard(path, card)
  const content = await readJson(path, card, 'reports.model_card')
  return metricsOfCard(content, { path: card }, splitsOf(context))
}

async function inMetricsFile(context: FactContext): Promise<readonly StatedMetric[]> {
  const named = context.manifest.reports?.metrics
  const path = named ?? USUAL_FILE
  const absolute = projectPath(context, path)
  if (named === undefined && !(await isInProject(absolute, context))) return []
  const content = await readJson(absolute, path, 'reports.metrics')
  return metricsOf(content, { path }, splitsOf(context))
}

/** A file that nobody named is read when it is there and no link out of the repository. */
async function isInProject(path: string, { manifest }: FactContext): Promise<boolean> {
  const real = await realpath(path).catch(() => undefined)
  if (real === undefined || !isInside(manifest.repositoryRoot, real)) return false
  return (await stat(real)).isFile()
}

function ofRun(context: FactContext): Promise<readonly StatedMetric[]> {
  const { folder, repositoryRoot, model } = context.manifest
  return metricsOfRun(projectPath(context, model.path), folder, repositoryRoot, splitsOf(context))
}

function splitsOf({ manifest }: FactContext): readonly string[] {
  return Object.keys(manifest.predictions ?? {})
}

function claimOf(
  origin: ClaimedMetric['origin'],
  metric: StatedMetric,
  context: FactContext,
): ClaimedMetric {
  const [only, ...others] = splitsOf(context)
  const usual = only === undefined || others.length > 0 ? USUAL_SPLIT : only
  return {
    origin,
    name: metric.name,
    split: metric.split ?? usual,
    ...valuesOf(metric),
    level: metric.level ?? DEFAULT_LEVEL,
    source: metric.source,
  }
}

const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%?)$/i

/** Cards often give shares in percent; the digits stay those that were printed. */
function valuesOf({
  name,
  value: written,
  interval,
}: StatedMetric): Pick<ClaimedMetric, 'value' | 'interval'> {
  const [, digits, percent] = NUMBER.exec(String(written).trim()) ?? []
  const value = Number(digits ?? NaN)
  if (!Number.isFinite(value)) return { value: String(written), interval }
  const isPercent = percent === '%' || (isPercentable(name) && value > 1 && value <= 100)
  if (!isPercent) return { value, interval }
  const share = (number: number) => Number(`${String(number)}e-2`)
  const ends = interval?.map(share) as [number, number] | undefined
  return { value: share(value), interval: ends }
}

function isPercentable(name: string): boolean {
  const metric = findMetric(name)
  return metric?.kind === 'classification' && metric.id !== 'log_loss'
}
