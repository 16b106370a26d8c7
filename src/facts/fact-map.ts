import type { ClaimedMetric } from './claimed-metrics.ts'
import type { DependencyFiles } from './dependencies.ts'
import type { FeatureValues } from './feature-values.ts'
import type { InputDigests } from './input-digests.ts'
import type { MissingProbe } from './missing-probe.ts'
import type { ModelArtifact } from './model-artifact.ts'
import type { PredictionTables } from './predictions.ts'
import type { RecomputedMetric } from './recomputed-metrics.ts'
import type { RecordedStatistics } from './recorded-statistics.ts'
import type { ReferenceStatistics } from './reference-statistics.ts'
import type { ReproducibilityRuns } from './reproducibility.ts'
import type { SchemaSource } from './schema-sources.ts'

/** Every fact that the audit can know, with the type of its value. The collectors are in `registry.ts`. */
export interface FactMap {
  readonly 'model.artifact': ModelArtifact
  readonly predictions: PredictionTables
  readonly 'metrics.claimed': readonly ClaimedMetric[]
  readonly 'metrics.recomputed': readonly RecomputedMetric[]
  readonly 'data.schema-sources': readonly SchemaSource[]
  readonly 'data.feature-values': readonly FeatureValues[]
  readonly 'predict.missing-values': MissingProbe
  readonly 'baseline.statistics': RecordedStatistics
  readonly 'data.reference-statistics': ReferenceStatistics
  readonly 'dependencies.requirements': DependencyFiles
  readonly 'inputs.digests': InputDigests
  readonly 'reproducibility.runs': ReproducibilityRuns
}
