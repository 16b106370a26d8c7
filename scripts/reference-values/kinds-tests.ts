import { betaCdf, betaQuantile } from '../../src/stats/distributions/beta.ts'
import { binomialSurvival } from '../../src/stats/distributions/binomial.ts'
import {
  chiSquareSurvival,
  noncentralChiSquareSurvival,
} from '../../src/stats/distributions/chi-square.ts'
import { normalQuantile, normalSurvival } from '../../src/stats/distributions/normal.ts'
import { studentTSurvival } from '../../src/stats/distributions/student-t.ts'
import { sortAscending } from '../../src/stats/sort.ts'
import { kolmogorovSurvival } from '../../src/stats/special/kolmogorov.ts'
import { andersonDarlingKSample } from '../../src/stats/two-sample/anderson-darling.ts'
import { chiSquareHomogeneity, gTest } from '../../src/stats/two-sample/contingency.ts'
import { cramerVonMises } from '../../src/stats/two-sample/cramer-von-mises.ts'
import { fisherExact } from '../../src/stats/two-sample/fisher-exact.ts'
import { hodgesLehmann } from '../../src/stats/two-sample/hodges-lehmann.ts'
import { kolmogorovSmirnov } from '../../src/stats/two-sample/kolmogorov-smirnov.ts'
import { kuiper } from '../../src/stats/two-sample/kuiper.ts'
import { mannWhitney } from '../../src/stats/two-sample/mann-whitney.ts'
import { mcNemar } from '../../src/stats/two-sample/mcnemar.ts'
import { meanEffects, sampleMoments, studentT, welchT } from '../../src/stats/two-sample/t-test.ts'
import { tailExceedance } from '../../src/stats/two-sample/tail-exceedance.ts'

/** A case's input: generated arrays are filled in and the strings for NaN and infinities read. */
type Input = Readonly<Record<string, unknown>>

/** Turns a case of one kind into the named quantities that its file expects. */
export type KindAdapter = (input: Input, params: Input) => Record<string, unknown>

/** The statistical tests and distributions of reference-value files, computed by the product. */
export const testKinds: Readonly<Record<string, KindAdapter>> = {
  ks_2samp: (input) => {
    const { x, y } = samples(input)
    const scipy = kolmogorovSmirnov(x, y, { ties: 'ignore' })
    const limit = kolmogorovSmirnov(x, y, { method: 'asymptotic' })
    return {
      statistic: scipy.statistic,
      pvalue_exact: scipy.method === 'exact' ? scipy.pValue : null,
      pvalue_exact_ties: kolmogorovSmirnov(x, y).pValue,
      pvalue_asymp_limit: limit.pValue,
    }
  },
  contingency_2xk: (input) => {
    const reference = numbers(input, 'counts_ref')
    const current = numbers(input, 'counts_cur')
    const pearson = chiSquareHomogeneity(reference, current)
    const likelihood = gTest(reference, current)
    return {
      chi2: pearson.statistic,
      p: pearson.pValue,
      df: pearson.degreesOfFreedom,
      g: likelihood.statistic,
      g_p: likelihood.pValue,
      cramers_v: pearson.cramersV,
      min_expected: pearson.minExpected,
      ...(reference.length === 2 ? twoByTwo(reference, current) : {}),
    }
  },
  tail_exceedance: (input) => ({
    p: tailExceedance(
      number(input, 'k_outside'),
      number(input, 'n_ref'),
      number(input, 'm_cur'),
      number(input, 'r_low'),
      number(input, 's_high'),
    ),
  }),
  mann_whitney: (input) => {
    const { x, y } = samples(input)
    const exact = mannWhitney(x, y)
    return {
      U1: exact.statistic,
      p_asymptotic_cc: mannWhitney(x, y, { method: 'asymptotic' }).pValue,
      p_asymptotic_nocc: mannWhitney(x, y, { method: 'asymptotic', continuity: false }).pValue,
      p_exact: exact.method === 'exact' ? exact.pValue : null,
      auc_x_gt_y: exact.statistic === null ? null : exact.statistic / (x.length * y.length),
      rank_biserial: exact.auc === null ? null : 1 - 2 * exact.auc,
      hodges_lehmann: hodgesLehmann(x, y),
    }
  },
  mcnemar: (input) => {
    const result = mcNemar(number(input, 'b'), number(input, 'c'))
    return {
      p_exact: result.exact,
      p_mid: result.midP,
      chi2: result.chiSquare,
      p_chi2: result.chiSquarePValue,
      chi2_cc: result.correctedChiSquare,
      p_chi2_cc: result.correctedChiSquarePValue,
    }
  },
  cramer_von_mises_2samp: (input) => {
    const { x, y } = samples(input)
    const exact = cramerVonMises(x, y, { ties: 'midrank', method: 'exact' })
    return {
      statistic: exact.statistic,
      p_asymptotic: cramerVonMises(x, y, { ties: 'midrank', method: 'asymptotic' }).pValue,
      p_exact: exact.method === 'exact' ? exact.pValue : null,
    }
  },
  anderson_ksamp: (input) => {
    const lists = input['samples'] as readonly (readonly number[])[]
    const result = andersonDarlingKSample(lists.map(valid))
    return {
      statistic: result.statistic,
      critical_values: result.criticalValues,
      p_capped: result.tablePValue,
    }
  },
  t_welch_effect: (input) => {
    const { x, y } = samples(input)
    const [reference, current] = [sampleMoments(x), sampleMoments(y)]
    const student = studentT(reference, current)
    const welch = welchT(reference, current)
    const effects = meanEffects(reference, current)
    return {
      t: student.statistic,
      p: student.pValue,
      welch_t: welch.statistic,
      welch_df: welch.degreesOfFreedom,
      welch_p: welch.pValue,
      cohens_d: effects.cohensD,
      hedges_g: effects.hedgesG,
      glass_delta_ref_x: effects.glassDelta,
    }
  },
  kuiper_2samp: (input) => {
    const { x, y } = samples(input)
    const result = kuiper(x, y)
    return { statistic: result.statistic, p_asymptotic: result.pValue }
  },
  ncx2_sf: (input) => ({
    value: noncentralChiSquareSurvival(
      number(input, 'x'),
      number(input, 'df'),
      number(input, 'nc'),
    ),
  }),
  chi2_sf: pointwise((p) => chiSquareSurvival(number(p, 'x'), number(p, 'df'))),
  t_sf: pointwise((p) => studentTSurvival(number(p, 't'), number(p, 'df'))),
  beta_cdf: pointwise((p) => betaCdf(number(p, 'x'), number(p, 'a'), number(p, 'b'))),
  beta_ppf: pointwise((p) => betaQuantile(number(p, 'p'), number(p, 'a'), number(p, 'b'))),
  norm_sf: pointwise((p) => normalSurvival(number(p, 'z'))),
  norm_ppf: pointwise((p) => normalQuantile(number(p, 'p'))),
  kolm_sf: pointwise((p) => kolmogorovSurvival(number(p, 'lambda'))),
  binom_sf: pointwise((p) => binomialSurvival(number(p, 'k'), number(p, 'n'), number(p, 'p'))),
}

function twoByTwo(
  reference: readonly number[],
  current: readonly number[],
): Record<string, unknown> {
  const yates = chiSquareHomogeneity(reference, current, { yates: true })
  const [a, b] = reference as [number, number]
  const [c, d] = current as [number, number]
  return { chi2_yates: yates.statistic, p_yates: yates.pValue, fisher_p: fisherExact(a, b, c, d) }
}

function pointwise(value: (point: Input) => number): KindAdapter {
  return (input) => ({ values: (input['points'] as readonly Input[]).map(value) })
}

function number(input: Input, key: string): number {
  const value = input[key]
  if (typeof value !== 'number') throw new TypeError(`${key} is not a number: ${String(value)}`)
  return value
}

function numbers(input: Input, key: string): readonly number[] {
  const value = input[key]
  if (!Array.isArray(value)) throw new TypeError(`${key} is not a list`)
  return value as readonly number[]
}

function samples(input: Input): { x: Float64Array; y: Float64Array } {
  return { x: valid(numbers(input, 'x')), y: valid(numbers(input, 'y')) }
}

/** NaN means missing: removed before every statistic. */
function valid(values: ArrayLike<number>): Float64Array {
  return sortAscending(Array.from(values).filter((value) => !Number.isNaN(value)))
}
