import type { Check } from '../core/check.ts'
import type { FactMap } from '../facts/fact-map.ts'
import { afterDailyMonitoring } from './after-daily-monitoring.ts'
import { afterWeeklyPerformanceReview } from './after-weekly-performance-review.ts'
import { afterMonthlyDriftAnalysis } from './after-monthly-drift-analysis.ts'
import { afterQuarterlyRetrainingEvaluation } from './after-quarterly-retraining-evaluation.ts'
import { afterContinuousImprovement } from './after-continuous-improvement.ts'
import { beforeAllChecksPassed } from './before-all-checks-passed.ts'
import { beforeTeamTrained } from './before-team-trained.ts'
import { codeDependenciesPinned } from './code-dependencies-pinned.ts'
import { codeErrorHandling } from './code-error-handling.ts'
import { codeIntegrationTests } from './code-integration-tests.ts'
import { codeSerialization } from './code-serialization.ts'
import { codeReproducibility } from './code-reproducibility.ts'
import { codeUnitTests } from './code-unit-tests.ts'
import { dataDistributionRecorded } from './data-distribution-recorded.ts'
import { dataEncodingsSaved } from './data-encodings-saved.ts'
import { dataInputSchema } from './data-input-schema.ts'
import { dataMissingValues } from './data-missing-values.ts'
import { dataOutlierThresholds } from './data-outlier-thresholds.ts'
import { dataScalingSaved } from './data-scaling-saved.ts'
import { modelBaselineComparison } from './model-baseline-comparison.ts'
import { modelErrorAnalysis } from './model-error-analysis.ts'
import { modelPerClassMetrics } from './model-per-class-metrics.ts'
import { modelPerformanceDocumented } from './model-performance-documented.ts'
import { modelEdgeCases } from './model-edge-cases.ts'
import { modelLatency } from './model-latency.ts'
import { modelSize } from './model-size.ts'

/** Every check, in the order of the checklist. */
export const CHECKS: readonly Check<FactMap>[] = [
  modelPerformanceDocumented,
  modelBaselineComparison,
  modelPerClassMetrics,
  modelErrorAnalysis,
  modelEdgeCases,
  modelSize,
  modelLatency,
  dataInputSchema,
  dataMissingValues,
  dataScalingSaved,
  dataEncodingsSaved,
  dataDistributionRecorded,
  dataOutlierThresholds,
  codeSerialization,
  codeReproducibility,
  codeDependenciesPinned,
  codeUnitTests,
  codeIntegrationTests,
  codeErrorHandling,
  beforeAllChecksPassed,
  beforeTeamTrained,
  afterDailyMonitoring,
  afterWeeklyPerformanceReview,
  afterMonthlyDriftAnalysis,
  afterQuarterlyRetrainingEvaluation,
  afterContinuousImprovement,
]

/** The check with an id, or `undefined` when there is none. */
export function findCheck(id: string): Check<FactMap> | undefined {
  return CHECKS.find((check) => check.id === id)
}
