import type { Check } from '../core/check.ts'
import type { FactMap } from '../facts/fact-map.ts'
import { codeDependenciesPinned } from './code-dependencies-pinned.ts'
import { codeReproducibility } from './code-reproducibility.ts'
import { dataDistributionRecorded } from './data-distribution-recorded.ts'
import { dataInputSchema } from './data-input-schema.ts'
import { dataMissingValues } from './data-missing-values.ts'
import { modelPerformanceDocumented } from './model-performance-documented.ts'
import { modelSize } from './model-size.ts'

/** Every check, in the order of the checklist. */
export const CHECKS: readonly Check<FactMap>[] = [
  modelPerformanceDocumented,
  modelSize,
  dataInputSchema,
  dataMissingValues,
  dataDistributionRecorded,
  codeReproducibility,
  codeDependenciesPinned,
]

/** The check with an id, or `undefined` when there is none. */
export function findCheck(id: string): Check<FactMap> | undefined {
  return CHECKS.find((check) => check.id === id)
}
