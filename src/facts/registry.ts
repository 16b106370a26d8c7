import { attested } from './attested.ts'
import { claimedMetrics } from './claimed-metrics.ts'
import { classPerformance } from './class-performance.ts'
import type { Collector } from './context.ts'
import { dependencies } from './dependencies.ts'
import { errorAnalysis } from './error-analysis.ts'
import { deployment } from './deployment.ts'
import { improvementActions } from './improvement-actions.ts'
import { referenceDigests } from './reference-digests.ts'
import { runLedger } from './run-ledger.ts'
import type { FactMap } from './fact-map.ts'
import { featureValues } from './feature-values.ts'
import { inputDigests } from './input-digests.ts'
import { missingProbe } from './missing-probe.ts'
import { modelArtifact } from './model-artifact.ts'
import { modelComparisons } from './model-comparisons.ts'
import { outlierLimits } from './outlier-limits.ts'
import { predictions } from './predictions.ts'
import { predictionsBindings } from './predictions-bindings.ts'
import { preprocessingSteps } from './preprocessing.ts'
import { pythonSources } from './python-sources.ts'
import { errorShapes } from './error-shapes.ts'
import { testReports } from './test-reports.ts'
import { testRun } from './test-runs.ts'
import { testSurvey } from './test-survey.ts'
import { recomputedMetrics } from './recomputed-metrics.ts'
import { recordedStatistics } from './recorded-statistics.ts'
import { referenceStatistics } from './reference-statistics.ts'
import { releaseOutcomes } from './release-outcomes.ts'
import { reproducibility } from './reproducibility.ts'
import { retraining } from './retraining.ts'
import { serveProbe } from './serve-probe.ts'
import { modelInspection } from './model-inspection.ts'
import { storedPredictions } from './stored-predictions.ts'
import { edgeCases } from './edge-cases.ts'
import { workerTimings } from './worker-timings.ts'
import { schemaSources } from './schema-sources.ts'
import { segmentRows } from './segment-rows.ts'
import { teamRoster } from './team-roster.ts'
import { trainingStatistics } from './training-statistics.ts'

/** How each fact is gathered. */
export const collectors: { readonly [K in keyof FactMap]: Collector<FactMap[K]> } = {
  'model.artifact': modelArtifact,
  predictions,
  'predictions.bindings': predictionsBindings,
  'predictions.comparisons': modelComparisons,
  'predictions.performance': classPerformance,
  'predictions.segments': segmentRows,
  'reports.error-analysis': errorAnalysis,
  'metrics.claimed': claimedMetrics,
  'metrics.recomputed': recomputedMetrics,
  'data.schema-sources': schemaSources,
  'data.feature-values': featureValues,
  'data.outlier-limits': outlierLimits,
  'data.training-statistics': trainingStatistics,
  'preprocessing.steps': preprocessingSteps,
  'predict.missing-values': missingProbe,
  'baseline.statistics': recordedStatistics,
  'data.reference-statistics': referenceStatistics,
  'dependencies.requirements': dependencies,
  'inputs.digests': inputDigests,
  'code.python-sources': pythonSources,
  'code.tests': testSurvey,
  'code.test-reports': testReports,
  'code.error-shapes': errorShapes,
  'tests.unit': testRun('unit'),
  'tests.integration': testRun('integration'),
  'model.inspection': modelInspection,
  'model.stored-predictions': storedPredictions,
  'model.edge-cases': edgeCases,
  'worker.timings': workerTimings,
  'reproducibility.runs': reproducibility,
  'reproducibility.retraining': retraining,
  'serve.error-probe': serveProbe,
  'people.attested': attested,
  'people.improvement-actions': improvementActions,
  'run.ledger': runLedger,
  'release.deployment': deployment,
  'data.reference-digests': referenceDigests,
  'team.roster': teamRoster,
  'release.outcomes': releaseOutcomes,
}

/**
 * The facts for which a command of the project runs, which may write to any file, and the one that waits
 * until every other item is judged.
 */
export const FACTS_OF_RUNS: ReadonlySet<keyof FactMap> = new Set([
  'tests.unit',
  'tests.integration',
  'metrics.recomputed',
  'predict.missing-values',
  'model.stored-predictions',
  'model.edge-cases',
  'worker.timings',
  'reproducibility.runs',
  'reproducibility.retraining',
  'serve.error-probe',
  'release.outcomes',
])
