import type { Source } from '../core/evidence.ts'
import type { Collector } from './context.ts'
import { absentBlock } from './project-files.ts'

/** A metric that somebody states. */
export interface ClaimedMetric {
  readonly name: string
  readonly split: string
  readonly value: number
  readonly interval: readonly [low: number, high: number] | undefined
  /** The confidence of the interval. */
  readonly level: number
  readonly source: Source
}

const DEFAULT_LEVEL = 0.95

export const claimedMetrics: Collector<readonly ClaimedMetric[]> = {
  title: 'The metrics that the manifest claims',
  collect(key, context) {
    const { manifest } = context
    const claims = (manifest.metrics ?? []).map(
      ({ name, split, value, ci, level }, index): ClaimedMetric => ({
        name,
        split,
        value,
        interval: ci,
        level: level ?? DEFAULT_LEVEL,
        source: manifest.locate(['metrics', index]),
      }),
    )
    return Promise.resolve(
      claims.length === 0
        ? absentBlock(key, context, 'metrics')
        : { key, state: 'present', value: claims, source: manifest.locate(['metrics']) },
    )
  },
}
