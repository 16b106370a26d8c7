import type { Attested } from './attested.ts'
import type { Deployment } from './deployment.ts'
import type { ImprovementActions } from './improvement-actions.ts'
import type { ReferenceDigests } from './reference-digests.ts'
import type { RunLedger } from './run-ledger.ts'
import type { ClaimedMetric } from './claimed-metrics.ts'
import type { SplitPerformance } from './class-performance.ts'
import type { DependencyFiles } from './dependencies.ts'
import type { ErrorAnalysis } from './error-analysis.ts'
import type { FeatureValues } from './feature-values.ts'
import type { InputDigests } from './input-digests.ts'
import type { MissingProbe } from './missing-probe.ts'
import type { ModelArtifact } from './model-artifact.ts'
import type { SplitComparisons } from './model-comparisons.ts'
import type { OutlierLimits } from './outlier-limits.ts'
import type { PredictionTables } from './predictions.ts'
import type { PreprocessingSteps } from './preprocessing.ts'
import type { PythonSources } from './python-sources.ts'
import type { ErrorShapes } from './error-shapes.ts'
import type { TestReports } from './test-reports.ts'
import type { TestRun } from './test-runs.ts'
import type { TestSurvey } from './test-survey.ts'
import type { PredictionsBinding, RecomputedMetric } from './recomputed-metrics.ts'
import type { RecordedStatistics } from './recorded-statistics.ts'
import type { ReferenceStatistics } from './reference-statistics.ts'
import type { ReleaseOutcomes } from './release-outcomes.ts'
import type { ReproducibilityRuns } from './reproducibility.ts'
import type { Retraining } from './retraining.ts'
import type { ServeProbe } from './serve-probe.ts'
import type { Inspection } from '../artifacts/artifact.ts'
import type { StoredPredictionRuns } from './stored-predictions.ts'
import type { EdgeCases } from './edge-cases.ts'
import type { WorkerTimings } from './worker-timings.ts'
import type { SchemaSource } from './schema-sources.ts'
import type { SegmentRows } from './segment-rows.ts'
import type { TeamRoster } from './team-roster.ts'
import type { TrainingStatistics } from './training-statistics.ts'

/** Every fact that the audit can know, with the type of its value. The collectors are in `registry.ts`. */
export interface FactMap {
  readonly 'model.artifact': ModelArtifact
  readonly predictions: PredictionTables
  readonly 'predictions.bindings': readonly PredictionsBinding[]
  readonly 'predictions.comparisons': readonly SplitComparisons[]
  readonly 'predictions.performance': readonly SplitPerformance[]
  readonly 'predictions.segments': readonly SegmentRows[]
  readonly 'reports.error-analysis': ErrorAnalysis
  readonly 'metrics.claimed': readonly ClaimedMetric[]
  readonly 'metrics.recomputed': readonly RecomputedMetric[]
  readonly 'data.schema-sources': readonly SchemaSource[]
  readonly 'data.feature-values': readonly FeatureValues[]
  readonly 'data.outlier-limits': OutlierLimits
  readonly 'data.training-statistics': TrainingStatistics
  readonly 'preprocessing.steps': PreprocessingSteps
  readonly 'predict.missing-values': MissingProbe
  readonly 'baseline.statistics': RecordedStatistics
  readonly 'data.reference-statistics': ReferenceStatistics
  readonly 'dependencies.requirements': DependencyFiles
  readonly 'inputs.digests': InputDigests
  readonly 'code.python-sources': PythonSources
  readonly 'code.tests': TestSurvey
  readonly 'code.test-reports': TestReports
  readonly 'code.error-shapes': ErrorShapes
  readonly 'tests.unit': TestRun
  readonly 'tests.integration': TestRun
  readonly 'model.inspection': Inspection
  readonly 'model.stored-predictions': StoredPredictionRuns
  readonly 'model.edge-cases': EdgeCases
  readonly 'worker.timings': WorkerTimings
  readonly 'reproducibility.runs': ReproducibilityRuns
  readonly 'reproducibility.retraining': Retraining
  readonly 'serve.error-probe': ServeProbe
  readonly 'people.attested': Attested
  readonly 'people.improvement-actions': ImprovementActions
  readonly 'run.ledger': RunLedger
  readonly 'release.deployment': Deployment
  readonly 'data.reference-digests': ReferenceDigests
  readonly 'team.roster': TeamRoster
  readonly 'release.outcomes': ReleaseOutcomes
}
