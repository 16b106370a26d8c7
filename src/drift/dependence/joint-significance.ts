import type { KeyName } from '../../core/result.ts'
import { permutationPValue } from '../../stats/permutation.ts'
import type { JointSignificance } from '../rules/rule.ts'
import type { DealtStatistics, EffectScale } from './permuted-statistics.ts'

interface KeyRow {
  readonly column: string
  readonly key: KeyName
  /** Deals standardised by their own mean and standard deviation; the first is the observed one. */
  readonly standardised: Float64Array
  readonly mean: number
  readonly deviation: number
  readonly scale: number
}

/** The statistics of all keys of a run under the same deals of labels. */
export interface DealtRun {
  /** One entry per deal, in the same order for every column; the first is the observed deal. */
  add(column: string, deals: readonly DealtStatistics[], scale: EffectScale): void
  /** Significance of one deal against all, by the largest standardised statistic of the run. */
  significance(deal: number, alpha: number): JointSignificance
}

/**
 * Westfall and Young's single-step maxT: each key's statistic, standardised over the deals, is
 * compared with the largest standardised statistic of the whole run under every deal. The deals move
 * whole units with all their columns, so dependence between rows of a unit and between columns is
 * kept.
 *
 * @param deals - Number of deals, the observed one included.
 * @returns Adjusted p-values (1 + #{other maxima >= t}) / deals, never 0.
 * Complexity: O(keys * deals). Source: Westfall, Young 1993; Phipson, Smyth 2010.
 */
export function startDealtRun(deals: number): DealtRun {
  const rows: KeyRow[] = []
  const maxima = new Float64Array(deals).fill(-Infinity)
  return {
    add: (column, statistics, scale) => {
      for (const key of Object.keys(statistics[0] ?? {}) as KeyName[]) {
        const row = standardise(column, key, statistics, scale[key] ?? 1)
        row.standardised.forEach((value, deal) => {
          maxima[deal] = Math.max(maxima[deal] as number, value)
        })
        rows.push(row)
      }
    },
    significance: (deal, alpha) => significanceOf(rows, maxima, deal, alpha),
  }
}

function standardise(
  column: string,
  key: KeyName,
  deals: readonly DealtStatistics[],
  scale: number,
): KeyRow {
  const values = Float64Array.from(deals, (deal) => deal[key] ?? 0)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / values.length)
  // A statistic that no deal moves is no evidence of anything.
  const isConstant = !(deviation > Math.abs(mean) * 1e-12)
  const standardised = values.map((value) => (isConstant ? 0 : (value - mean) / deviation))
  return { column, key, standardised, mean, deviation: isConstant ? 0 : deviation, scale }
}

function significanceOf(
  rows: readonly KeyRow[],
  maxima: Float64Array,
  deal: number,
  alpha: number,
): JointSignificance {
  const others = maxima.filter((_, other) => other !== deal)
  const critical = criticalMaximum(others, alpha)
  const find = (column: string, key: KeyName): KeyRow | undefined =>
    rows.find((row) => row.column === column && row.key === key)
  return {
    adjustedPValue: (column, key) => {
      const row = find(column, key)
      return row === undefined
        ? undefined
        : permutationPValue(row.standardised[deal] as number, others)
    },
    detectable: (column, key) => {
      const row = find(column, key)
      if (row === undefined || row.deviation === 0) return undefined
      if (critical === undefined) return 1
      return Math.min(1, Math.max(0, (row.mean + critical * row.deviation) * row.scale))
    },
  }
}

/** What a statistic has to exceed for p < alpha; `undefined` when there are too few deals. */
function criticalMaximum(others: Float64Array, alpha: number): number | undefined {
  const descending = Float64Array.from(others).sort().reverse()
  const allowed = Math.ceil(alpha * (others.length + 1)) - 2
  return allowed < 0 ? undefined : descending[allowed]
}
