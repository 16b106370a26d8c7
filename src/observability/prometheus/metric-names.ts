import type { Location } from '../../core/evidence.ts'

export type MetricKind = 'counter' | 'gauge' | 'histogram' | 'summary' | 'unknown'

/** A metric that code registers or updates. */
export interface EmittedMetric {
  /** As the code writes it; `*` stands for a part that the code computes. */
  readonly name: string
  readonly kind: MetricKind
  /** The unit that the client library or OpenTelemetry adds to the name: `seconds`, `ms`, `By`, `1`. */
  readonly unit?: string
  /** Upper bounds without infinity; `undefined` when they are not known. */
  readonly buckets?: readonly number[]
  /** `undefined` when they are not known. */
  readonly labels?: readonly string[]
  readonly place: Location
}

export type SeriesPart = 'value' | 'total' | 'bucket' | 'sum' | 'count' | 'created' | 'info'

/** A series that a metric is scraped as. */
export interface Series {
  readonly name: string
  readonly part: SeriesPart
}

/** What each kind is scraped as, beside the start of the name. */
const PARTS: Readonly<Record<MetricKind, readonly SeriesPart[]>> = {
  // A counter without the suffix is what other exporters and older libraries give.
  counter: ['total', 'created', 'value'],
  gauge: ['value'],
  histogram: ['bucket', 'sum', 'count', 'created'],
  summary: ['value', 'sum', 'count', 'created'],
  unknown: ['value', 'total', 'bucket', 'sum', 'count', 'created', 'info'],
}

/** The words that OpenTelemetry's units become in names. */
const UNITS: Readonly<Record<string, string>> = {
  d: 'days',
  h: 'hours',
  min: 'minutes',
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  By: 'bytes',
  KiBy: 'kibibytes',
  MiBy: 'mebibytes',
  GiBy: 'gibibytes',
  TiBy: 'tibibytes',
  KBy: 'kilobytes',
  MBy: 'megabytes',
  GBy: 'gigabytes',
  TBy: 'terabytes',
  m: 'meters',
  V: 'volts',
  A: 'amperes',
  J: 'joules',
  W: 'watts',
  g: 'grams',
  Cel: 'celsius',
  Hz: 'hertz',
  '%': 'percent',
  '1': 'ratio',
}
const PER: Readonly<Record<string, string>> = {
  s: 'second',
  m: 'minute',
  min: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mo: 'month',
  y: 'year',
}

/**
 * The names that a metric is scraped under. Counters are given with and without `_total`; a name in
 * the style of OpenTelemetry or statsd (`http.server.duration`) with underscores and, when the unit
 * is known, with and without the unit. A histogram has no series under its plain name.
 */
export function seriesOf(metric: EmittedMetric): readonly Series[] {
  const found = new Map<string, Series>()
  for (const base of basesOf(metric)) {
    for (const part of PARTS[metric.kind]) {
      const name = part === 'value' ? base : `${base}_${part}`
      if (!found.has(name)) found.set(name, { name, part })
    }
  }
  return [...found.values()]
}

function basesOf({ name, kind, unit }: EmittedMetric): readonly string[] {
  const stem = kind === 'counter' || kind === 'unknown' ? name.replace(/_total$/, '') : name
  const clean = promName(stem)
  const suffix = unit === undefined ? undefined : unitWord(unit, kind)
  const names = [stem, clean]
  if (suffix !== undefined && !clean.endsWith(`_${suffix}`)) names.push(`${clean}_${suffix}`)
  return [...new Set(names)]
}

/** A name as Prometheus without UTF-8 writes it; `*` is kept. */
export function promName(name: string): string {
  return name.replaceAll(/[^\w:*]+/g, '_').replace(/^(?=\d)/, '_')
}

function unitWord(unit: string, kind: MetricKind): string | undefined {
  const bare = unit.replaceAll(/\{[^}]*\}/g, '').trim()
  if (bare === '' || (bare === '1' && kind !== 'gauge')) return undefined
  const [main = '', per] = bare.split('/')
  const word = UNITS[main] ?? promName(main)
  if (per === undefined || per === '') return word
  const rate = PER[per] ?? promName(per)
  return word === '' ? `per_${rate}` : `${word}_per_${rate}`
}

/** The series of a metric that a name selects; `undefined` when it is none of them. */
export function seriesNamed(metric: EmittedMetric, name: string): Series | undefined {
  return seriesOf(metric).find((series) => isNamed(series.name, name))
}

/** Whether a name with parts that are not known can be a name. */
export function isNamed(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern === name
  const pieces = pattern.split('*')
  const [first = '', last = ''] = [pieces[0], pieces.at(-1)]
  if (name.length < first.length + last.length) return false
  if (!name.startsWith(first) || !name.endsWith(last)) return false
  let at = first.length
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return at <= name.length - last.length
}
