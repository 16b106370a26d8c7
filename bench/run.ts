/** `npm run bench [-- --rows 1000,100000] [--pairs 5]`: see bench/README.md. */
import { mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { makePair } from './data.ts'
import type { Pair } from './data.ts'
import { measurePair } from './measure.ts'
import type { Command, PairMeasurement, Spread } from './measure.ts'
import { bareNode, peers } from './peers.ts'

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000,100000,1000000' },
    pairs: { type: 'string', default: '5' },
    formats: { type: 'string', default: 'csv,parquet' },
  },
})

const out = path.join(import.meta.dirname, 'out')
const program = path.join(path.dirname(import.meta.dirname), 'bin', 'mlcheck.js')
const pairs = Number(options.pairs)

const mlcheck = (...args: readonly string[]): Command => ({
  name: `mlcheck ${args[0] ?? ''}`,
  file: process.execPath,
  args: [program, ...args],
})

const drift = (pair: Pair): Command =>
  mlcheck('drift', pair.reference, pair.current, '--report', 'json')

interface Comparison extends PairMeasurement {
  readonly subject: string
}

const comparisons: Comparison[] = []

const figures = (spread: Spread): string =>
  `${spread.median.toFixed(3)} [${spread.minimum.toFixed(3)}-${spread.maximum.toFixed(3)}]`

async function compare(subject: string, a: Command, b: Command): Promise<void> {
  const measured = await measurePair(a, b, pairs)
  comparisons.push({ subject, ...measured })
  const memory = measured.a.peakMiB === null ? 'unknown' : `${measured.a.peakMiB.toFixed(0)} MiB`
  process.stdout.write(
    `${subject}: ${measured.a.name} / ${measured.b.name} = ${figures(measured.ratio)}` +
      `  (${figures(measured.a.seconds)} s, peak ${memory}, exit ${measured.a.exitCodes.join(',')})\n`,
  )
}

await compare('start', mlcheck('--version'), bareNode)
for (const rowCount of options.rows.split(',').map(Number)) {
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
