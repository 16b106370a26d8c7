import type { Source } from '../core/evidence.ts'
import { findMetric } from '../stats/metrics/registry.ts'
import type { Collector, FactContext } from './context.ts'
import { readModelCard, type CardMetric } from './model-card.ts'
import { absentBlock, projectPath } from './project-files.ts'

/** A metric that somebody states. */
export interface ClaimedMetric {
  readonly origin: 'manifest' | 'model-card'
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
/** Where a card does not say it, and there is more than one block of predictions. */
const USUAL_SPLIT = 'test'

export const claimedMetrics: Collector<readonly ClaimedMetric[]> = {
  title: 'The metrics that the manifest and the model card claim',
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
    const card = manifest.reports?.modelCard
    const fromCard = card === undefined ? [] : await readModelCard(projectPath(context, card), card)
    const claims = [...stated, ...fromCard.map((metric) => claimOf(metric, context))]
    const [first] = claims
    if (first === undefined) return absentBlock(key, context, 'metrics')
    const source = stated.length === 0 ? first.source : manifest.locate(['metrics'])
    return { key, state: 'present', value: claims, source }
  },
}

function claimOf(metric: CardMetric, { manifest }: FactContext): ClaimedMetric {
  const [only, ...others] = Object.keys(manifest.predictions ?? {})
  const usual = only === undefined || others.length > 0 ? USUAL_SPLIT : only
  return {
    origin: 'model-card',
    name: metric.name,
    split: metric.split ?? usual,
    value: valueOf(metric),
    interval: undefined,
    level: DEFAULT_LEVEL,
    source: metric.source,
  }
}

const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%?)$/i

/** Cards often give shares in percent; the digits stay those that were printed. */
function valueOf({ name, value: written }: CardMetric): number | string {
  const [, digits, percent] = NUMBER.exec(String(written).trim()) ?? []
  const value = Number(digits ?? NaN)
  if (!Number.isFinite(value)) return String(written)
  const isPercent = percent === '%' || (isPercentable(name) && value > 1 && value <= 100)
  return isPercent ? Number(`${String(value)}e-2`) : value
}

function isPercentable(name: string): boolean {
  const metric = findMetric(name)
  return metric?.kind === 'classification' && metric.id !== 'log_loss'
}
