import type { JsonValue } from '../../core/evidence.ts'
import type { GradedFinding } from '../../core/finding.ts'
import type { SourceText } from '../located.ts'
import { isList, isObject, labelsOf, listOf, member, parseJson, stringOf } from './json.ts'

/** A value at a moment; not a number where the query had no answer. */
export interface Sample {
  readonly timeMs: number
  readonly value: number
}

/** One series of a range query. */
export interface Series {
  /** The name of the query where the export has one, else the name of the metric. */
  readonly name: string | undefined
  readonly labels: ReadonlyMap<string, string>
  readonly samples: readonly Sample[]
}

export type RangeRead = { readonly series: readonly Series[] } | { readonly finding: GradedFinding }

/**
 * Reads the answer of a Prometheus range query (`/api/v1/query_range`), or a list of such answers, each
 * of which may carry a `name`. An answer without series is kept as it is: nothing was measured.
 *
 * @returns the series with their samples in time order as they stand there, or why there are none
 */
export function readRange({ path, text }: SourceText): RangeRead {
  const parsed = parseJson(text)
  const series = 'problem' in parsed ? parsed.problem : seriesOf(parsed.value)
  if (typeof series !== 'string') return { series }
  const args = { path, problem: series }
  return {
    finding: { severity: 'inconclusive', code: 'METRICS_UNREADABLE', args, location: { path } },
  }
}

function seriesOf(value: JsonValue): readonly Series[] | string {
  const answers = isList(value) ? value : [value]
  if (answers.length === 0) return 'it holds no answer of a query'
  const all: Series[] = []
  for (const answer of answers) {
    const read = ofAnswer(answer)
    if (typeof read === 'string') return read
    all.push(...read)
  }
  return all
}

function ofAnswer(answer: JsonValue): readonly Series[] | string {
  if (member(answer, 'status') === 'error') return 'the query ended with an error'
  const result = member(answer, 'data', 'result') ?? member(answer, 'result')
  if (!isList(result)) return 'it has no data.result as the answer of a range query has'
  const name = stringOf(member(answer, 'name'))
  const series: Series[] = []
  for (const item of result) {
    const values = member(item, 'values')
    if (!isObject(item) || !isList(values)) return 'a series has no values'
    const samples = values.map(sampleOf)
    if (samples.includes(undefined)) return 'a sample is no pair of a time and a number'
    const labels = labelsOf(member(item, 'metric'))
    series.push({
      name: name ?? labels.get('__name__'),
      labels,
      samples: samples.filter((sample) => sample !== undefined),
    })
  }
  return series
}

function sampleOf(pair: JsonValue): Sample | undefined {
  const [time, written] = listOf(pair)
  if (typeof time !== 'number' || !Number.isFinite(time)) return undefined
  const value = typeof written === 'string' ? numberFrom(written) : undefined
  return value === undefined ? undefined : { timeMs: time * 1000, value }
}

/** As Prometheus writes numbers. */
function numberFrom(text: string): number | undefined {
  if (text === 'NaN') return Number.NaN
  if (/^\+?Inf$/.test(text)) return Infinity
  if (text === '-Inf') return -Infinity
  return /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : undefined
}
