import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { MlcheckError } from '../../src/core/errors.ts'
import { createRandom } from '../../src/stats/random.ts'
import type { Snapshot } from '../../src/table/types.ts'
import { makeScratch, refusal } from './scratch.ts'

const scratch = makeScratch()
const FIXTURES = path.join(import.meta.dirname, '../../fixtures/readers')
const TABLE = /\.(parquet|arrows?|feather|csv|csv\.gz)$/

/** More of them find rarer defects: `MLCHECK_DAMAGE=2000 npm test -- damaged`. */
const FLIPS = Number(process.env['MLCHECK_DAMAGE'] ?? 16)
const CUTS = FLIPS / 6
const MOST_MS = 2000
const MOST_RSS_KIB = 1.5 * 2 ** 20

const files = ['parquet', 'arrow', 'same'].flatMap((folder) =>
  readdirSync(path.join(FIXTURES, folder))
    .filter((name) => TABLE.test(name))
    .map((name) => path.join(folder, name)),
)

interface Reading {
  /** `undefined` when the file was refused. */
  readonly table: Snapshot | undefined
  /** Of processor time: how busy the machine is says nothing about the file. */
  readonly ms: number
}

/** Opens a file and scans each column that can be; only an error that a person can act on is let through. */
async function read(name: string, bytes: Uint8Array, what: string): Promise<Reading> {
  scratch.write(name, bytes)
  const start = process.cpuUsage()
  const table = await scratch.open(name).catch((error: unknown) => requireTelling(error, what))
  for (const { name: column, type } of table?.fields ?? []) {
    if (type === 'unsupported') continue
    let rows = 0
    await table
      ?.scan([column], (batch) => {
        rows += batch.rows
      })
      .then(() => {
        assert.equal(rows, table.rowCount, `${what}: rows of ${column}`)
      })
      .catch((error: unknown) => requireTelling(error, what))
  }
  const { user, system } = process.cpuUsage(start)
  return { table, ms: (user + system) / 1000 }
}

function requireTelling(error: unknown, what: string): undefined {
  if (error instanceof MlcheckError && ['input', 'nothing-checked'].includes(error.kind)) return
  throw new Error(`${what} ended with something that tells a person nothing`, { cause: error })
}

for (const [seed, file] of files.entries()) {
  test(`${file}, damaged anywhere, is refused, reported, or has its rows`, async () => {
    const whole = readFileSync(path.join(FIXTURES, file))
    const name = path.basename(file)
    const expected = (await read(name, whole, 'the whole file')).table?.rowCount
    const random = createRandom(seed)
    for (let round = 0; round < FLIPS + CUTS; round++) {
      const at = random.integer(whole.length)
      const bytes = Buffer.from(whole)
      let what = `${file} cut at ${String(at)}`
      if (round < FLIPS) {
        const flip = 1 + random.integer(255)
        bytes.writeUInt8(whole.readUInt8(at) ^ flip, at)
        what = `${file} with byte ${String(at)} xor ${String(flip)}`
      }
      const damaged = round < FLIPS ? bytes : bytes.subarray(0, at)
      const { table, ms } = await read(name, damaged, what)
      assert.ok(ms < MOST_MS, `${what} took ${ms.toFixed(0)} ms`)
      if (table !== undefined && /\.(parquet|arrows?|feather)$/.test(name)) {
        assert.equal(table.rowCount, expected, what)
      }
    }
    assert.ok(process.resourceUsage().maxRSS < MOST_RSS_KIB, 'memory grew beyond all bounds')
  })
}

test('a length of millions, wherever Arrow metadata have one, is refused before room is made', async () => {
  const whole = readFileSync(path.join(FIXTURES, 'arrow/plain.arrows'))
  for (let at = 0; at + 4 <= whole.length; at += 4) {
    const bytes = Buffer.from(whole)
    bytes.writeUInt32LE(2 ** 24 - 1, at)
    const what = `plain.arrows with 2^24 - 1 at ${String(at)}`
    const { ms } = await read('lengths.arrows', bytes, what)
    assert.ok(ms < MOST_MS, `${what} took ${ms.toFixed(0)} ms`)
  }
  assert.ok(process.resourceUsage().maxRSS < MOST_RSS_KIB, 'memory grew beyond all bounds')
})

test('a page header that announces millions of values makes its column unreadable, at once', async () => {
  for (const [at, flip, column] of [
    [134, 128, 'float'],
    [1184, 255, 'time'],
  ] as const) {
    const bytes = readFileSync(path.join(FIXTURES, 'parquet/gzip-v2.parquet'))
    bytes.writeUInt8(bytes.readUInt8(at) ^ flip, at)
    scratch.write('announced.parquet', bytes)
    const table = await scratch.open('announced.parquet')
    const error = await refusal(() => table.scan([column], () => undefined))
    assert.match(error.message, /announces more values than fit/)
  }
})
