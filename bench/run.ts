/** `npm run bench [-- --rows 1000,100000] [--models 100] [--pairs 5]`: see bench/README.md. */
import { mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { makePair } from './data.ts'
import type { Pair } from './data.ts'
import { measurePair } from './measure.ts'
import type { Command, PairMeasurement, Spread } from './measure.ts'
import { makeJoblib } from './models.ts'
import { bareNode, peers } from './peers.ts'

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000,100000,1000000' },
    pairs: { type: 'string', default: '5' },
    formats: { type: 'string', default: 'csv,parquet' },
    models: { type: 'string', default: '100' },
  },
})

const root = path.dirname(import.meta.dirname)
const out = path.join(import.meta.dirname, 'out')
const program = path.join(root, 'bin', 'mlcheck.js')
const pairs = Number(options.pairs)

const mlcheck = (...args: readonly string[]): Command => ({
  name: `mlcheck ${args[0] ?? ''}`,
  file: process.execPath,
  args: [program, ...args],
})

const drift = (pair: Pair): Command =>
  mlcheck('drift', pair.reference, pair.current, '--no-history', '--report', 'json')

interface Comparison extends PairMeasurement {
  readonly subject: string
}

const comparisons: Comparison[] = []

const figures = (spread: Spread): string =>
  `${spread.median.toFixed(3)} [${spread.minimum.toFixed(3)}-${spread.maximum.toFixed(3)}]`

async function compare(subject: string, a: Command, b: Command): Promise<PairMeasurement> {
  const measured = await measurePair(a, b, pairs)
  comparisons.push({ subject, ...measured })
  const memory = measured.a.peakMiB === null ? 'unknown' : `${measured.a.peakMiB.toFixed(0)} MiB`
  process.stdout.write(
    `${subject}: ${measured.a.name} / ${measured.b.name} = ${figures(measured.ratio)}` +
      `  (${figures(measured.a.seconds)} s, peak ${memory}, exit ${measured.a.exitCodes.join(',')})\n`,
  )
  return measured
}

/** What a command takes beyond the start of Node. */
const ownSeconds = ({ a, b }: PairMeasurement): number => a.seconds.median - b.seconds.median

const numbers = (list: string): readonly number[] =>
  list === '' ? [] : list.split(',').map(Number)

await compare('start', mlcheck('--version'), bareNode)
for (const rowCount of numbers(options.rows)) {
  for (const format of options.formats.split(',')) {
    if (format !== 'csv' && format !== 'parquet') throw new Error(`unknown format: ${format}`)
    const pair = makePair(path.join(out, 'data'), rowCount, format)
    const subject = `${String(rowCount)} rows, ${format}`
    if (rowCount <= 1000) await compare(subject, drift(pair), bareNode)
    for (const peer of peers) {
      if (peer.isInstalled()) await compare(subject, drift(pair), peer.command(pair))
      else process.stdout.write(`${subject}: ${peer.title} is not installed, left out\n`)
    }
  }
}

for (const mebibytes of numbers(options.models)) {
  const file = makeJoblib(path.join(out, 'data'), mebibytes)
  const subject = `${String(mebibytes)} MiB joblib`
  const measured = await compare(subject, mlcheck('inspect', file), bareNode)
  const rate = (mebibytes * 1.048576) / ownSeconds(measured)
  process.stdout.write(`${subject}: ${rate.toFixed(0)} MB/s beyond the start of Node\n`)
}

const example = path.join(root, 'fixtures', 'example', 'model.yaml')
const audit = await compare(
  'example',
  mlcheck('audit', '--no-history', '--manifest', example),
  bareNode,
)
process.stdout.write(`example: ${ownSeconds(audit).toFixed(2)} s beyond the start of Node\n`)

mkdirSync(out, { recursive: true })
const record = {
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
  processors: os.cpus().length,
  pairs,
  comparisons,
}
writeFileSync(path.join(out, 'bench.json'), `${JSON.stringify(record, null, 2)}\n`)
process.stdout.write(`written: ${path.relative(process.cwd(), path.join(out, 'bench.json'))}\n`)
