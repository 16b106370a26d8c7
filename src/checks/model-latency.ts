import type { Evidence } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { Measurements } from '../core/judgement.ts'
import { reaches } from '../core/threshold.ts'
import type { WorkerTimings } from '../facts/worker-timings.ts'
import { quantileInterval, type QuantileInterval } from '../stats/intervals/order-statistic.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { undecided } from './undecided.ts'
import { workerFinding } from './worker-problem.ts'

export const modelLatency = defineCheck({
  id: 'model.latency',
  title: 'Inference latency within its limit',
  section: 'model',
  motivation:
    'A model that answers too late is as good as none, and the mean of a batch hides what one request waits.',
  decides:
    'A warm worker is asked for single rows of the data, 300 times after a warm-up; the 95th percentile gets a 95 % confidence interval from order statistics, which assumes no distribution. Times are multiplied by hardware_scale. ' +
    'Pass: the upper end of the interval is at most model.limits.latency_p95. ' +
    'Warn: the percentile is within the limit and the upper end of its interval is not. ' +
    'Fail: the percentile is above the limit, or an answer breaks the protocol. ' +
    'Inconclusive: no limit is declared, there is no worker and no ONNX model, it may not run, it does not start or end, it declares errors instead of predicting, ' +
    'fewer than min_calls were measured, or some calls took longer than the limit and the times vary more than max_variation. ' +
    'The times themselves, the cold start, the throughput of batches and the hardware stand in `run.measurements` of the result, since they differ from run to run.',
  remediation:
    'Declare model.limits.latency_p95 and commands.worker; load the model once, and profile what a single row costs.',
  references: [
    'David, Nagaraja 2003, "Order Statistics", 7.1',
    'Dean, Barroso 2013, "The Tail at Scale", CACM 56',
  ],
  params: {
    min_calls: {
      type: 'number',
      default: 200,
      min: 72,
      description: 'The fewest measured calls; with fewer than 72 the interval has no upper end.',
    },
    max_variation: {
      type: 'number',
      default: 1,
      min: 0,
      description: 'The largest coefficient of variation that still decides near the limit.',
    },
    hardware_scale: {
      type: 'number',
      default: 1,
      min: 0.01,
      description: 'How many times longer the target takes than the machine of the audit.',
    },
  },
  needs: ['worker.timings'],
  judge(facts, params) {
    const fact = facts['worker.timings']
    if (fact.state !== 'present') return undecided(fact)
    const { value, source } = fact
    if (value.rows === 0) {
      return conclude('executed', [inconclusive('DATA_WITHOUT_ROWS', { file: value.data })], [])
    }
    const calls = value.calls.map((ms) => ms * params.hardware_scale)
    const sorted = Float64Array.from(calls).sort()
    const p95 = sorted.length === 0 ? undefined : quantileInterval(sorted, 0.95)
    const findings = [
      ...(value.changedInputs.length === 0
        ? []
        : [inconclusive('INPUT_CHANGED_DURING_RUN', { files: value.changedInputs })]),
      ...(value.problem === undefined ? [] : [workerFinding(value.problem, value.isFirstProblem)]),
      ...(value.declared === 0
        ? []
        : [
            inconclusive('LATENCY_ROWS_NOT_PREDICTED', {
              calls: value.calls.length,
              declared: value.declared,
            }),
          ]),
      ...(value.problem === undefined ? limitFindings(value, sorted, p95, params) : []),
    ]
    const evidence: Evidence = {
      level: 'executed',
      claim: 'The 95th percentile of a single-row call is at most the limit, with its interval.',
      observed: {
        data: value.data,
        measured: 'run.measurements',
        conclusion: conclusionOf(p95, value.latencyLimit),
      },
      expected: { limitMs: value.latencyLimit ?? null, hardwareScale: params.hardware_scale },
      source,
    }
    const located = findings.map((each) => ({ ...each, location: source }))
    const hasNumbers = p95 !== undefined && value.latencyLimit !== undefined
    return {
      ...conclude('executed', located, hasNumbers ? [evidence] : []),
      measurements: measurementsOf(value, sorted),
    }
  },
})

function inconclusive(code: GradedFinding['code'], args: GradedFinding['args']): GradedFinding {
  return { severity: 'inconclusive', code, args }
}

interface Demands {
  readonly min_calls: number
  readonly max_variation: number
}

function limitFindings(
  { latencyLimit: limit }: WorkerTimings,
  sorted: Float64Array,
  p95: QuantileInterval | undefined,
  { min_calls: needed, max_variation: largest }: Demands,
): readonly GradedFinding[] {
  if (limit === undefined) {
    return [inconclusive('LATENCY_LIMIT_UNDECLARED', { block: 'model.limits.latency_p95' })]
  }
  if (p95?.high == null || !reaches(sorted.length, needed)) {
    return [inconclusive('LATENCY_TOO_FEW_CALLS', { needed })]
  }
  const args = { limit }
  // Where every call is on one side of the limit, no amount of noise changes the verdict.
  const [fastest = 0] = sorted
  const slowest = sorted[sorted.length - 1] ?? 0
  const isMixed = !reaches(limit, slowest) && reaches(limit, fastest)
  if (isMixed && !reaches(largest, variation(sorted))) {
    return [inconclusive('LATENCY_TOO_NOISY', { limit, largest })]
  }
  if (!reaches(limit, p95.estimate))
    return [{ severity: 'fail', code: 'LATENCY_ABOVE_LIMIT', args }]
  return reaches(limit, p95.high) ? [] : [{ severity: 'warn', code: 'LATENCY_NEAR_LIMIT', args }]
}

/** The coefficient of variation. */
function variation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return Math.sqrt(squares / (values.length - 1)) / mean
}

function conclusionOf(p95: QuantileInterval | undefined, limit: number | undefined): string {
  if (p95?.high == null || limit === undefined) return 'not decided'
  if (reaches(limit, p95.high)) return 'the upper end of the interval is within the limit'
  return reaches(limit, p95.estimate)
    ? 'the percentile is within the limit, the upper end of its interval is not'
    : 'the percentile is above the limit'
}

function measurementsOf(value: WorkerTimings, sorted: Float64Array): Measurements {
  const quantiles =
    sorted.length === 0
      ? []
      : ([50, 95, 99] as const).map((percent) => {
          const { estimate, low, high } = quantileInterval(sorted, percent / 100)
          return [`p${String(percent)}Ms`, { estimate, low, high }] as const
        })
  return {
    calls: sorted.length,
    ...Object.fromEntries(quantiles),
    coldStartMs: value.coldStartMs ?? null,
    rowsPerSecond: Object.fromEntries(
      value.batches.map(({ rows, ms }) => [String(rows), (1000 * rows) / ms]),
    ),
    hardware: { ...value.hardware },
  }
}
