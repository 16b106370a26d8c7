/** Seeded tables of ten mixed columns, as CSV and as Parquet, kept between runs. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import path from 'node:path'
import { parquetWriteFile } from 'hyparquet-writer'

export interface Pair {
  readonly reference: string
  readonly current: string
}

type Row = readonly [
  normal: number,
  lognormal: number,
  wide: number,
  small: number,
  float32: number,
  low: string,
  high: string,
  flag: boolean,
  holes: number | null,
  time: Date,
]

const NAMES = [
  'normal',
  'lognormal',
  'wide',
  'small',
  'float32',
  'low',
  'high',
  'flag',
  'holes',
  'time',
]

/** A 32-bit linear congruential generator: enough for filling files, the same everywhere. */
function uniforms(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0
    return (state + 0.5) / 4294967296
  }
}

function* rows(count: number, seed: number): Generator<Row> {
  const uniform = uniforms(seed)
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
  for (let i = 0; i < count; i++) {
    yield [
      normal(),
      Math.exp(normal()),
      Math.floor(uniform() * 1e6),
      Math.floor(uniform() * 100),
      Math.fround(normal()),
      `level ${String(Math.floor(uniform() * 10))}`,
      `k${String(Math.floor(uniform() * 10_000))}`,
      uniform() < 0.3,
      uniform() < 0.05 ? null : normal(),
      new Date(1.7e12 + i * 1000),
    ]
  }
}

function cell(value: Row[number]): string {
  if (value === null) return ''
  return value instanceof Date ? value.toISOString() : String(value)
}

function writeCsv(file: string, count: number, seed: number): void {
  const handle = openSync(file, 'w')
  let text = `${NAMES.join(',')}\n`
  for (const row of rows(count, seed)) {
    text += `${row.map(cell).join(',')}\n`
    if (text.length > 1 << 20) {
      writeSync(handle, text)
      text = ''
    }
  }
  writeSync(handle, text)
  closeSync(handle)
}

function writeParquet(file: string, count: number, seed: number): void {
  const columns = NAMES.map((name) => ({ name, data: [] as Row[number][] }))
  for (const row of rows(count, seed)) {
    row.forEach((value, index) => columns[index]?.data.push(value))
  }
  parquetWriteFile({ filename: file, columnData: columns, codec: 'SNAPPY' })
}

/** The pair of files of one size and format, generated when it is not there yet. */
export function makePair(folder: string, rowCount: number, format: 'csv' | 'parquet'): Pair {
  mkdirSync(folder, { recursive: true })
  const make = (name: string, seed: number): string => {
    const file = path.join(folder, `${name}-${String(rowCount)}.${format}`)
    if (existsSync(file)) return file
    const partial = `${file}.partial`
    if (format === 'csv') writeCsv(partial, rowCount, seed)
    else writeParquet(partial, rowCount, seed)
    renameSync(partial, file)
    return file
  }
  return { reference: make('reference', 1), current: make('current', 2) }
}
