import { compareAucs, logitAucInterval, rocAuc, waldAucInterval } from '../../src/stats/auc.ts'
import { bootstrapInterval } from '../../src/stats/bootstrap.ts'
import { energyDistance } from '../../src/stats/distances/energy.ts'
import { hellinger } from '../../src/stats/distances/hellinger.ts'
import {
  jensenShannonDistance,
  jensenShannonDivergence,
} from '../../src/stats/distances/jensen-shannon.ts'
import { kullbackLeibler } from '../../src/stats/distances/kullback-leibler.ts'
import { lInfinity } from '../../src/stats/distances/l-infinity.ts'
import { squaredMmd } from '../../src/stats/distances/mmd.ts'
import { populationStabilityIndex } from '../../src/stats/distances/population-stability-index.ts'
import { totalVariation } from '../../src/stats/distances/total-variation.ts'
import { wasserstein1 } from '../../src/stats/distances/wasserstein.ts'
import {
  countBetweenCuts,
  countInCells,
  equalWidthEdges,
  quantileCuts,
} from '../../src/stats/histogram.ts'
import { cohensH, newcombeInterval } from '../../src/stats/intervals/newcombe.ts'
import type { Interval } from '../../src/stats/intervals/proportion.ts'
import {
  clopperPearson,
  wilsonInterval,
  wilsonIntervalCorrected,
} from '../../src/stats/intervals/proportion.ts'
import { moments } from '../../src/stats/moments.ts'
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  bonferroni,
  holm,
} from '../../src/stats/multiplicity.ts'
import { quantileSorted } from '../../src/stats/quantile.ts'
import { sortAscending } from '../../src/stats/sort.ts'
import { twoProportionZ } from '../../src/stats/two-sample/two-proportion.ts'
import { lcg } from './generators.ts'
import type { KindAdapter } from './kinds-tests.ts'

type Input = Readonly<Record<string, unknown>>

const list = (input: Input, name: string): number[] => input[name] as number[]
const number = (input: Input, name: string): number => input[name] as number
const values = (input: Input, name: string): number[] =>
  list(input, name).filter((value) => !Number.isNaN(value))
const interquartileRange = (sorted: Float64Array): number =>
  quantileSorted(sorted, 0.75) - quantileSorted(sorted, 0.25)
/** Undefined without a scale; a spread beyond the largest double is one, and makes any distance 0. */
const ratio = (part: number | null, scale: number | null): number | null =>
  part === null || scale === null || !(scale > 0) ? null : part / scale
const pair = (interval: Interval): number[] => [interval.low, interval.high]

/** Distances, intervals, resampling and adjustments of reference-value files, by the product. */
export const distanceKinds: Readonly<Record<string, KindAdapter>> = {
  wasserstein_energy: (input) => {
    const x = sortAscending(values(input, 'x'))
    const y = sortAscending(values(input, 'y'))
    const wasserstein = wasserstein1(x, y).statistic
    const populationStd = x.every(Number.isFinite) ? moments(x).populationStd : null
    const robustScale = x.length === 0 ? null : interquartileRange(x) / 1.349
    return {
      wasserstein,
      energy: energyDistance(x, y).statistic,
      ref_std_ddof0: populationStd,
      'ref_iqr_over_1.349': robustScale,
      wasserstein_over_std: ratio(wasserstein, populationStd),
      wasserstein_over_riqr: ratio(wasserstein, robustScale),
    }
  },
  divergence: (input) => {
    const reference = list(input, 'counts_ref')
    const current = list(input, 'counts_cur')
    return {
      js_distance_nats: jensenShannonDistance(reference, current, 'nats').statistic,
      js_distance_bits: jensenShannonDistance(reference, current).statistic,
      js_divergence_nats: jensenShannonDivergence(reference, current, 'nats').statistic,
      js_divergence_bits: jensenShannonDivergence(reference, current).statistic,
      hellinger: hellinger(reference, current).statistic,
      total_variation: totalVariation(reference, current).statistic,
      l_infinity: lInfinity(reference, current).statistic,
      kl_pq_nats: kullbackLeibler(reference, current).statistic,
      kl_qp_nats: kullbackLeibler(current, reference).statistic,
      psi_jeffreys: populationStabilityIndex(reference, current).statistic,
      'psi_floor_1e-4': populationStabilityIndex(reference, current, { floor: 1e-4 }).statistic,
    }
  },
  histogram_js: (input) => {
    const x = sortAscending(values(input, 'x'))
    const y = sortAscending(values(input, 'y'))
    const low = x[0] as number
    const high = x.at(-1) as number
    // numpy widens the range of a constant by half a unit on each side.
    const half = low === high ? 0.5 : 0
    const edges = equalWidthEdges(low - half, high + half, number(input, 'bins'))
    const reference = countInCells(x, edges)
    const current = countInCells(y, edges)
    const whole = ({ under, counts, over }: typeof current): number[] => [under, ...counts, over]
    return {
      edges_first: edges[0],
      edges_last: edges.at(-1),
      counts_ref: reference.counts,
      counts_cur_in_range: current.counts,
      under: current.under,
      over: current.over,
      // Cells of equal width, so counts and densities have the same proportions.
      seed_js_distance_nats: jensenShannonDistance(reference.counts, current.counts, 'nats')
        .statistic,
      js_distance_bits_with_overflow_bins: jensenShannonDistance(whole(reference), whole(current))
        .statistic,
    }
  },
  psi_quantile: (input) => {
    const x = sortAscending(values(input, 'x'))
    const y = sortAscending(values(input, 'y'))
    const cuts = quantileCuts(x, number(input, 'bins'))
    const reference = countBetweenCuts(x, cuts)
    const current = countBetweenCuts(y, cuts)
    return {
      cuts,
      counts_ref: reference,
      counts_cur: current,
      psi_jeffreys: populationStabilityIndex(reference, current).statistic,
    }
  },
  moments_quantiles: (input) => {
    const x = sortAscending(values(input, 'x'))
    const { n, mean, min, max, populationVariance, sampleVariance } = moments(x)
    const quantile = (probability: number): number | null =>
      n === 0 ? null : quantileSorted(x, probability)
    return {
      n,
      mean,
      min,
      max,
      var_ddof0: populationVariance,
      var_ddof1: sampleVariance,
      q01: quantile(0.01),
      q25: quantile(0.25),
      median: quantile(0.5),
      q75: quantile(0.75),
      q99: quantile(0.99),
    }
  },
  binomial_ci: (input) => {
    const k = number(input, 'k')
    const n = number(input, 'n')
    return Object.fromEntries(
      [0.95, 0.99].flatMap((level) => [
        [`wilson_${String(level)}`, pair(wilsonInterval(k, n, level))],
        [`wilson_cc_${String(level)}`, pair(wilsonIntervalCorrected(k, n, level))],
        [`clopper_pearson_${String(level)}`, pair(clopperPearson(k, n, level))],
      ]),
    )
  },
  newcombe_two_prop: (input) => {
    const [k1, n1, k2, n2] = ['k1', 'n1', 'k2', 'n2'].map((name) => number(input, name)) as [
      number,
      number,
      number,
      number,
    ]
    const interval = newcombeInterval(k1, n1, k2, n2)
    const pooled = twoProportionZ(k1, n1, k2, n2)
    return {
      diff: interval.difference,
      newcombe_lo: interval.low,
      newcombe_hi: interval.high,
      // The file takes the first sample minus the second; the product takes current minus reference.
      z_pooled: pooled.z === null ? null : -pooled.z,
      p_pooled: pooled.pValue,
      cohens_h: cohensH(k1 / n1, k2 / n2),
    }
  },
  auc_delong: (input) => {
    const labels = list(input, 'y')
    const first = rocAuc(labels, list(input, 'score1'))
    const second = rocAuc(labels, list(input, 'score2'))
    const wald = first && waldAucInterval(first)
    const logit = first && logitAucInterval(first)
    const difference = first && second && compareAucs(first, second)
    return {
      auc1: first?.auc ?? null,
      auc2: second?.auc ?? null,
      var1: first?.variance ?? null,
      cov12: difference?.covariance ?? null,
      ci1_lo_wald: wald?.low ?? null,
      ci1_hi_wald: wald?.high ?? null,
      ci1_lo_logit: logit?.low ?? null,
      ci1_hi_logit: logit?.high ?? null,
      z_diff: difference?.z ?? null,
      p_diff: difference?.pValue ?? null,
    }
  },
  mmd_rbf_1d: (input) => {
    const mmd = squaredMmd(values(input, 'x'), values(input, 'y'), number(input, 'gamma'))
    return { mmd2_unbiased: mmd.unbiased, mmd2_biased: mmd.biased }
  },
  p_adjust: (input) => {
    const p = list(input, 'p')
    return {
      bonferroni: bonferroni(p),
      holm: holm(p),
      bh: benjaminiHochberg(p),
      by: benjaminiYekutieli(p),
    }
  },
  bootstrap_bca_mean: (input) => {
    const x = list(input, 'x')
    const draw = lcg(number(input, 'lcg_seed'))
    const mean = (indices: Uint32Array): number => {
      let sum = 0
      for (const index of indices) sum += x[index] as number
      return sum / indices.length
    }
    const interval = bootstrapInterval(x.length, mean, {
      random: {
        integers: (target, bound) => target.map(() => Math.floor(draw() * bound)),
      },
      resamples: number(input, 'B'),
    })
    if (interval === null) return {}
    return {
      theta: interval.estimate,
      z0: interval.bias,
      accel: interval.acceleration,
      alpha1: interval.probabilities[0],
      alpha2: interval.probabilities[1],
      lo: interval.low,
      hi: interval.high,
      percentile_lo: interval.percentile.low,
      percentile_hi: interval.percentile.high,
    }
  },
}
