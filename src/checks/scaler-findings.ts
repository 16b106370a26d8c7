import type { FindingArgs, FindingCode, GradedFinding, Severity } from '../core/finding.ts'
import { reaches } from '../core/threshold.ts'
import { moments } from '../stats/moments.ts'
import type { ColumnSample } from './column-sample.ts'
import type { FoundStep } from './declared-steps.ts'
import { rowsSeen, type ScalerParameter } from './scaler-parameters.ts'

/** Beyond so many tolerances a difference is no rounding of another library. */
const FAIL_TOLERANCES = 5

interface Difference {
  readonly column: string
  readonly at: number
  readonly parameter: ScalerParameter
  readonly saved: number
  readonly recomputed: number
  readonly severity: 'warn' | 'fail'
}

/**
 * How the parameters of one scaler differ from what its training data give: one finding a column, or
 * one for all where the parameters of columns are swapped or are of the sample variance.
 */
export function parameterFindings(
  found: FoundStep,
  columns: readonly string[],
  parameters: readonly ScalerParameter[],
  samples: readonly (ColumnSample | undefined)[],
  tolerance: number,
): readonly GradedFinding[] {
  const { name: step, file } = found
  const location = { path: file.path }
  const wrongLength = parameters.find(({ saved }) => saved.length !== columns.length)
  if (wrongLength !== undefined) {
    const { name: parameter, saved } = wrongLength
    const args = { step, file: file.path, parameter, saved: saved.length, columns: columns.length }
    return [{ severity: 'fail', code: 'SCALER_LENGTH_DIFFERS', args, location }]
  }
  const notFinite = parameters.flatMap(({ name: parameter, saved }): readonly GradedFinding[] =>
    columns
      .filter((_, at) => !Number.isFinite(saved[at]))
      .map((feature) => ({
        severity: 'fail',
        code: 'SCALER_NOT_FINITE',
        args: { step, file: file.path, feature, parameter },
        location,
      })),
  )
  const spreads = samples.map((sample) => (sample === undefined ? 0 : spreadOf(sample)))
  const compare = (parameter: ScalerParameter, at: number, saved: number | undefined) =>
    gradeOf(saved, parameter.expected[at], parameter.isShift ? (spreads[at] ?? 0) : 0, tolerance)
  const differences = columns.flatMap((column, at): readonly Difference[] => {
    const wrong = parameters.flatMap((parameter): readonly Difference[] => {
      const [saved, recomputed] = [parameter.saved[at], parameter.expected[at]]
      const severity = compare(parameter, at, saved)
      if (severity === undefined || typeof recomputed !== 'number' || saved === undefined) return []
      return [{ column, at, parameter, saved, recomputed, severity }]
    })
    const gravest = wrong.find(({ severity }) => severity === 'fail') ?? wrong[0]
    return gravest === undefined ? [] : [gravest]
  })
  if (differences.length === 0) return notFinite
  const features = differences.map(({ column }) => column)
  const isFail = differences.some(({ severity }) => severity === 'fail')
  const severity: Severity = isFail ? 'fail' : 'warn'
  // Where all of them are the values of another column, the columns are what is wrong.
  const others = differences.map(({ at }) =>
    columns.findIndex(
      (_, other) =>
        other !== at &&
        parameters.every(
          (parameter) =>
            parameter.expected[other] !== null &&
            compare(parameter, other, parameter.saved[at]) === undefined,
        ),
    ),
  )
  if (isFail && others.every((other) => other !== -1)) {
    const of = others.map((other) => columns[other] ?? '')
    const args = { step, file: file.path, features, of }
    return [...notFinite, { severity, code: 'SCALER_ORDER_DIFFERS', args, location }]
  }
  const isOfSample = differences.every(({ parameter, at, saved }) => {
    const rows = samples[at]?.values.length ?? 0
    const factor = SAMPLE_FACTORS[parameter.name]?.(rows / (rows - 1))
    const expected = parameter.expected[at] ?? Number.NaN
    return factor !== undefined && gradeOf(saved, expected * factor, 0, tolerance) === undefined
  })
  if (isOfSample) {
    const args = { step, file: file.path, features }
    return [...notFinite, { severity, code: 'SCALER_SAMPLE_VARIANCE', args, location }]
  }
  return [
    ...notFinite,
    ...differences.map((difference) => differenceFinding(difference, step, file.path)),
  ]
}

/** What the variance of n - 1 makes of each parameter. */
const SAMPLE_FACTORS: Readonly<Record<string, (ratio: number) => number>> = {
  var_: (ratio) => ratio,
  scale_: Math.sqrt,
  variance: (ratio) => ratio,
  scale: (ratio) => 1 / Math.sqrt(ratio),
}

const CODES: Readonly<Record<string, FindingCode>> = {
  mean_: 'SCALER_MEAN_DIFFERS',
  mean: 'SCALER_MEAN_DIFFERS',
  var_: 'SCALER_VARIANCE_DIFFERS',
  variance: 'SCALER_VARIANCE_DIFFERS',
}

function differenceFinding(
  { column, parameter, saved, recomputed, severity }: Difference,
  step: string,
  file: string,
): GradedFinding {
  const args: FindingArgs = {
    step,
    file,
    feature: column,
    parameter: parameter.name,
    saved,
    recomputed,
  }
  const code = CODES[parameter.name] ?? 'SCALER_PARAMETER_DIFFERS'
  return { severity, code, args, location: { path: file } }
}

/**
 * How far a saved number is from the computed one, relative to the larger of both, and of the spread.
 *
 * @returns `undefined` within the tolerance, where nothing could be computed, and for what is not finite,
 * which is a finding of its own.
 */
export function gradeOf(
  saved: number | undefined,
  recomputed: number | null | undefined,
  spread: number,
  tolerance: number,
): 'warn' | 'fail' | undefined {
  if (saved === undefined || recomputed === null || recomputed === undefined) return undefined
  if (!Number.isFinite(saved)) return undefined
  if (!Number.isFinite(recomputed)) return 'fail'
  const size = Math.max(Math.abs(saved), Math.abs(recomputed), spread)
  const difference = Math.abs(saved - recomputed)
  if (reaches(tolerance * size, difference)) return undefined
  return reaches(FAIL_TOLERANCES * tolerance * size, difference) ? 'warn' : 'fail'
}

/** The count of rows that a scaler keeps beside its parameters. */
export function rowFindings(
  { name: step, file, step: { object } }: FoundStep,
  columns: readonly string[],
  samples: readonly (ColumnSample | undefined)[],
  rows: number,
): readonly GradedFinding[] {
  const value = object.parameters['n_samples_seen_']
  if (value === undefined) return []
  const seen = rowsSeen(value, columns.length)
  const at = columns.findIndex((_, index) => {
    const sample = samples[index]
    return sample !== undefined && seen[index] !== sample.values.length && seen[index] !== rows
  })
  if (at === -1) return []
  const saved = seen[at]
  const args = {
    step,
    file: file.path,
    saved: saved !== undefined && Number.isFinite(saved) ? saved : null,
    rows: samples[at]?.values.length ?? rows,
  }
  return [{ severity: 'warn', code: 'SCALER_ROWS_DIFFER', args, location: { path: file.path } }]
}

function spreadOf({ values }: ColumnSample): number {
  return Math.sqrt(moments(values).populationVariance ?? 0)
}
