import { InputError } from '../../core/errors.ts'
import type { Field } from '../../table/types.ts'
import type { Baseline, BaselineColumn, BaselineNumbers } from '../baseline.ts'
import type { LoadedReference, ReferenceSide } from '../reference-side.ts'
import type { CodedSample, EnvelopeSample, NumericSample, Sample, Steps } from '../sample.ts'
import { readNumber } from './extended-number.ts'
import { openGrid } from './quantile-grid.ts'

/** Up to this many rows a table of values is written out as the sample it came from. */
const MOST_EXPANDED = 5_000_000

/**
 * A baseline as reference of a comparison. Counts, categories, missing rates, tails and columns of
 * few values are exact; for other numbers the distribution function lies between two step functions.
 */
export function baselineSide(baseline: Baseline): ReferenceSide {
  const columns = new Map(baseline.columns.map((column) => [column.name, column]))
  return {
    fields: baseline.columns.map(fieldOf),
    rowCount: baseline.rows,
    findings: [],
    hasRows: false,
    load: (name) => {
      const column = columns.get(name)
      if (column === undefined) throw new RangeError(`the baseline has no column "${name}"`)
      return Promise.resolve(recorded(column))
    },
  }
}

function fieldOf({ name, type, physical, evidence, precision }: BaselineColumn): Field {
  return { name, type, physical, evidence, ...(precision === undefined ? {} : { precision }) }
}

function recorded(column: BaselineColumn): LoadedReference {
  const { numeric } = column
  return {
    kind: 'recorded',
    holdsValues: column.summary.distinct !== null,
    sample: sampleOf(column),
    summary: column.summary,
    ...(numeric === undefined ? {} : { deciles: numeric.deciles, histogram: numeric.histogram }),
  }
}

function sampleOf({ name, summary, numeric, categories }: BaselineColumn): Sample {
  const { rows, missing, nan } = summary
  if (categories !== undefined) {
    const { rest } = categories
    const sample: CodedSample = { kind: 'coded', rows, missing, counts: new Map(categories.counts) }
    return rest.distinct === 0 ? sample : { ...sample, rest }
  }
  if (numeric === undefined) return { kind: 'coded', rows, missing, counts: new Map() }
  const shared = {
    rows,
    missing,
    nan,
    negativeInfinity: numeric.negativeInfinity,
    positiveInfinity: numeric.positiveInfinity,
  }
  const valid = rows - missing
  const { values } = numeric
  if (values !== undefined && valid <= MOST_EXPANDED) {
    return { kind: 'numeric', ...shared, sorted: writtenOut(values, valid) }
  }
  return envelope(name, numeric, shared, { valid, distinct: summary.distinct })
}

function writtenOut(
  values: NonNullable<BaselineNumbers['values']>,
  valid: number,
): NumericSample['sorted'] {
  const sorted = new Float64Array(valid)
  let end = 0
  for (const [value, count] of values) {
    sorted.fill(readNumber(value), end, end + count)
    end += count
  }
  return sorted.sort()
}

function envelope(
  name: string,
  numeric: BaselineNumbers,
  shared: Pick<
    EnvelopeSample,
    'rows' | 'missing' | 'nan' | 'negativeInfinity' | 'positiveInfinity'
  >,
  counts: Pick<EnvelopeSample, 'valid' | 'distinct'>,
): EnvelopeSample {
  const { tail, largest, values } = numeric
  return {
    kind: 'envelope',
    ...shared,
    ...counts,
    ...(values === undefined ? opened(name, numeric) : exactSteps(values)),
    tail: { r: tail.r, low: readNumber(tail.low), high: readNumber(tail.high) },
    largest,
  }
}

function opened(name: string, { grid }: BaselineNumbers): Pick<EnvelopeSample, 'lower' | 'upper'> {
  try {
    if (grid === undefined) throw new RangeError('there is neither a grid nor a table of values')
    return openGrid(grid)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new InputError(`a damaged baseline: column "${name}": ${error.message}`, {
      hint: 'record it again with `mlcheck profile`',
    })
  }
}

function exactSteps(
  values: NonNullable<BaselineNumbers['values']>,
): Pick<EnvelopeSample, 'lower' | 'upper'> {
  let upTo = 0
  const steps: Steps = {
    at: Float64Array.from(values, ([value]) => readNumber(value)),
    counts: Float64Array.from(values, ([, count]) => (upTo += count)),
  }
  return { lower: steps, upper: steps }
}
