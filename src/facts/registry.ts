import { claimedMetrics } from './claimed-metrics.ts'
import type { Collector } from './context.ts'
import { dependencies } from './dependencies.ts'
import type { FactMap } from './fact-map.ts'
import { featureValues } from './feature-values.ts'
import { inputDigests } from './input-digests.ts'
import { missingProbe } from './missing-probe.ts'
import { modelArtifact } from './model-artifact.ts'
import { predictions } from './predictions.ts'
import { recomputedMetrics } from './recomputed-metrics.ts'
import { recordedStatistics } from './recorded-statistics.ts'
import { referenceStatistics } from './reference-statistics.ts'
import { reproducibility } from './reproducibility.ts'
import { schemaSources } from './schema-sources.ts'

/** How each fact is gathered. */
export const collectors: { readonly [K in keyof FactMap]: Collector<FactMap[K]> } = {
  'model.artifact': modelArtifact,
  predictions,
  'metrics.claimed': claimedMetrics,
  'metrics.recomputed': recomputedMetrics,
  'data.schema-sources': schemaSources,
  'data.feature-values': featureValues,
  'predict.missing-values': missingProbe,
  'baseline.statistics': recordedStatistics,
  'data.reference-statistics': referenceStatistics,
  'dependencies.requirements': dependencies,
  'inputs.digests': inputDigests,
  'reproducibility.runs': reproducibility,
}

/** The facts for which a command of the project runs, which may write to any file. */
export const FACTS_OF_RUNS: ReadonlySet<keyof FactMap> = new Set([
  'metrics.recomputed',
  'predict.missing-values',
  'reproducibility.runs',
])
