import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createRandom } from '../../src/stats/random.ts'
import { compareSnapshots } from '../../src/drift/compare.ts'
import { profileSnapshot } from '../../src/drift/profile.ts'
import { codes, columnOf, compare, settingsWith } from './draws.ts'
import type { MemoryColumn } from '../memory-snapshot.ts'
import { memorySnapshot } from '../memory-snapshot.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A Monday. */
const START = Date.UTC(2026, 0, 5)

/** Times spread over days; a weight per weekday or hour says where they fall. */
function times(
  seed: number,
  from: number,
  days: number,
  keep: (time: Date) => boolean = () => true,
  n = 6000,
): MemoryColumn {
  const random = createRandom(seed).fork('times')
  const cells: number[] = []
  while (cells.length < n) {
    const time = START + (from + random.next() * days) * DAY
    if (keep(new Date(time))) cells.push(Math.floor(time))
  }
  return { type: 'datetime', cells }
}

const isWorkday = (time: Date): boolean => time.getUTCDay() % 6 !== 0
const isDaytime = (time: Date): boolean => time.getUTCHours() >= 8 && time.getUTCHours() < 20

describe('a datetime column', () => {
  it('does not drift because time went on', async () => {
    const comparison = await compare({ at: times(1, 0, 56) }, { at: times(2, 56, 28) })
    const column = columnOf(comparison, 'at')
    assert.equal(column.outcome, 'pass')
    assert.deepEqual(
      column.keys.map(({ test, outcome }) => [test, outcome]),
      [
        ['weekday-mix', 'pass'],
        ['hour-mix', 'pass'],
        ['missing-rate', 'pass'],
      ],
    )
    assert.deepEqual(codes(comparison, 'at'), ['TIMES_RANGE'])
    assert.match(JSON.stringify(column.reference?.min), /^"2026-01-05T.*Z"$/)
  })

  it('does not call a part of a week another mix of weekdays', async () => {
    const comparison = await compare({ at: times(1, 0, 28) }, { at: times(2, 28, 17) })
    assert.equal(columnOf(comparison, 'at').outcome, 'pass')
    const short = await compare({ at: times(1, 0, 28) }, { at: times(2, 28, 3) })
    const [weekdays] = columnOf(short, 'at').keys
    assert.equal(weekdays?.outcome, 'not-applicable')
    assert.match(String(weekdays['statisticReason']), /whole weeks/)
  })

  it('fails when the weekdays or the hours changed', async () => {
    const weekdays = await compare({ at: times(1, 0, 28) }, { at: times(2, 28, 28, isWorkday) })
    assert.equal(columnOf(weekdays, 'at').keys[0]?.outcome, 'fail')
    const hours = await compare({ at: times(1, 0, 28) }, { at: times(2, 28, 28, isDaytime) })
    assert.equal(columnOf(hours, 'at').keys[1]?.outcome, 'fail')
  })

  it('has no hours when it holds dates', async () => {
    const dates = (seed: number): MemoryColumn => ({
      type: 'datetime',
      cells: Array.from(
        times(seed, 0, 56).cells as readonly number[],
        (time) => time - (time % DAY),
      ),
    })
    const comparison = await compare({ at: dates(1) }, { at: dates(2) })
    assert.equal(columnOf(comparison, 'at').outcome, 'pass')
    assert.equal(columnOf(comparison, 'at').keys[1]?.outcome, 'not-applicable')
  })

  it('warns about implausible times and notes gaps and old data', async () => {
    const table = times(2, 28, 28)
    const sentinel = {
      ...table,
      cells: [...(table.cells as readonly number[]), Date.UTC(2999, 0, 1)],
    }
    const comparison = await compare({ at: times(1, 0, 28) }, { at: sentinel })
    assert.equal(columnOf(comparison, 'at').outcome, 'warn')
    assert.deepEqual(codes(comparison, 'at').slice(0, 3), ['TIMES_RANGE', 'FAR_FUTURE', 'TIME_GAP'])
    const older = await compare({ at: times(1, 28, 28) }, { at: times(2, 0, 28) })
    assert.ok(codes(older, 'at').includes('TIMES_OLDER'))
  })

  it('warns when every row has the same time', async () => {
    const table = times(2, 28, 28)
    const [frozen = NaN] = table.cells as readonly number[]
    const comparison = await compare(
      { at: times(1, 0, 28) },
      { at: { ...table, cells: Array.from(table.cells, () => frozen) } },
    )
    assert.equal(columnOf(comparison, 'at').outcome, 'warn')
    const found = columnOf(comparison, 'at').findings.find(({ code }) => code === 'BECAME_CONSTANT')
    assert.match(JSON.stringify(found?.args['value']), /^"2026-.*Z"$/)
  })

  it('warns about implausible times against a baseline too, and says what it cannot see', async () => {
    const baseline = await profileSnapshot(memorySnapshot({ at: times(1, 0, 28) }), settingsWith())
    const against = async (time: number) => {
      const table = times(2, 28, 28)
      const cells = [...(table.cells as readonly number[]), time]
      const current = memorySnapshot({ at: { ...table, cells } })
      return compareSnapshots(baseline, current, settingsWith())
    }
    for (const [time, code] of [
      [Date.UTC(2999, 0, 1), 'FAR_FUTURE'],
      [0, 'FAR_PAST'],
    ] as const) {
      const comparison = await against(time)
      assert.equal(columnOf(comparison, 'at').outcome, 'warn')
      assert.deepEqual(codes(comparison, 'at'), ['TIMES_RANGE', code, 'TIMES_NOT_RECORDED'])
    }
  })

  it('gives the same result in every time zone', async () => {
    const zone = process.env['TZ']
    const run = () => compare({ at: times(1, 0, 56) }, { at: times(2, 56, 28, isWorkday) })
    const here = await run()
    process.env['TZ'] = 'Pacific/Auckland'
    const there = await run()
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
    assert.deepEqual(there, here)
  })
})
