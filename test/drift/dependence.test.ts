import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { normal } from '../../bench/simulation/features.ts'
import { createRandom } from '../../src/stats/random.ts'
import type { Columns } from './draws.ts'
import { codes, columnOf, compare, keyOf, labels, normals, settingsWith } from './draws.ts'
import { compareSnapshots } from '../../src/drift/compare.ts'
import { categories, memorySnapshot, numbers } from '../memory-snapshot.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 0, 5)

/** Rows of users, half of whose variance is between users. */
function users(seed: number, count: number, rowsEach: number, shift = 0): Columns {
  const random = createRandom(seed).fork('users')
  const ids: string[] = []
  const values: [number[], number[], number[]] = [[], [], []]
  const colours: string[] = []
  for (let user = 0; user < count; user++) {
    const own = values.map(() => normal(random))
    const colour = ['red', 'green', 'blue'][random.integer(3)] ?? ''
    for (let row = 0; row < rowsEach; row++) {
      ids.push(`${String(seed)}-${String(user)}`)
      values.forEach((column, i) =>
        column.push((i === 0 ? shift : 0) + Math.SQRT1_2 * ((own[i] ?? 0) + normal(random))),
      )
      colours.push(random.next() < 0.5 ? colour : 'grey')
    }
  }
  return {
    user: { type: 'identifier', cells: ids },
    a: numbers(values[0]),
    b: numbers(values[1]),
    c: numbers(values[2]),
    colour: categories(colours),
  }
}

/** Days that differ by more than the rows within them would. */
function days(seed: number, count: number, rowsEach: number, effect: number, shift = 0): Columns {
  const random = createRandom(seed).fork('days')
  const times: number[] = []
  const values: number[] = []
  for (let day = 0; day < count; day++) {
    const today = shift + effect * normal(random)
    for (let row = 0; row < rowsEach; row++) {
      times.push(START + (seed + day) * DAY + random.integer(DAY))
      values.push(today + normal(random))
    }
  }
  return { at: { type: 'datetime', cells: times }, x: numbers(values) }
}

describe('a group key', () => {
  it('keeps rows of one user from alarming where independent rows would', async () => {
    let independent = 0
    let grouped = 0
    for (let seed = 1; seed <= 12; seed++) {
      const tables = [users(seed, 50, 20), users(seed + 100, 50, 20)] as const
      const alarms = async (groupKey?: string): Promise<number> => {
        const comparison = await compare(...tables, groupKey === undefined ? {} : { groupKey })
        return Number(comparison.columns.some(({ outcome }) => outcome === 'fail'))
      }
      independent += await alarms()
      grouped += await alarms('user')
    }
    assert.ok(independent >= 6, String(independent))
    assert.ok(grouped <= 1, String(grouped))
  })

  it('still finds what changed for the users', async () => {
    const comparison = await compare(users(1, 400, 10), users(2, 400, 10, 1), { groupKey: 'user' })
    assert.equal(columnOf(comparison, 'a').outcome, 'fail')
    assert.equal(keyOf(comparison, 'a', 'shape').certain, false)
    assert.equal(keyOf(comparison, 'b', 'shape').outcome, 'pass')
    assert.equal(columnOf(comparison, 'user').role, 'group')
  })

  it('says what so many groups could have shown', async () => {
    const comparison = await compare(users(1, 40, 25), users(2, 40, 25), { groupKey: 'user' })
    const key = keyOf(comparison, 'a', 'shape')
    assert.equal(key.outcome, 'inconclusive')
    assert.ok(Number(key.detectable) > 0.1)
  })

  it('cannot decide with a handful of groups or with rows outside any', async () => {
    const few = await compare(users(1, 4, 300), users(2, 4, 300), { groupKey: 'user' })
    assert.ok(codes(few).includes('TOO_FEW_GROUPS'))
    const table = users(1, 100, 10)
    const holes = {
      ...table,
      user: {
        ...table['user'],
        type: 'identifier' as const,
        cells: Array.from({ length: 1000 }, (_, row) =>
          row % 20 === 0 ? null : String(row % 100),
        ),
      },
    }
    const comparison = await compare(holes, users(2, 100, 10), { groupKey: 'user' })
    const finding = comparison.findings.find(({ code }) => code === 'ROWS_WITHOUT_GROUP')
    assert.equal(finding?.severity, 'inconclusive')
  })

  it('gives the same result twice and another for another seed', async () => {
    const tables = [users(1, 60, 10), users(2, 60, 10)] as const
    const run = (seed: number) => compare(...tables, { groupKey: 'user', seed, calibrate: 'auto' })
    assert.deepEqual(await run(1), await run(1))
    assert.notDeepEqual((await run(1)).columns, (await run(2)).columns)
  })
})

describe('a time column', () => {
  it('raises thresholds to what the windows of the reference show by themselves', async () => {
    let without = 0
    let within = 0
    for (let seed = 1; seed <= 10; seed++) {
      const tables = [days(seed, 28, 300, 0.8), days(seed + 500, 4, 300, 0.8)] as const
      const warned = async (timeColumn?: string): Promise<number> => {
        const comparison = await compare(...tables, timeColumn === undefined ? {} : { timeColumn })
        const { outcome } = keyOf(comparison, 'x', 'shape')
        return Number(outcome === 'warn' || outcome === 'fail')
      }
      without += await warned()
      within += await warned('at')
    }
    assert.ok(without >= 6, String(without))
    assert.ok(within <= 3, String(within))
  })

  it('warns of a failing change that the reference shows by itself, and never passes it', async () => {
    let warned = 0
    for (let seed = 1; seed <= 10; seed++) {
      const comparison = await compare(days(seed, 28, 300, 0.8), days(seed + 500, 4, 300, 0.8), {
        timeColumn: 'at',
      })
      const { effect, adjustedPValue, warn } = keyOf(comparison, 'x', 'shape')
      if ((effect ?? 0) < 0.1 || (adjustedPValue ?? 1) >= 0.01 || (effect ?? 0) >= (warn ?? 0))
        continue
      warned++
      assert.equal(columnOf(comparison, 'x').outcome, 'warn')
      const found = columnOf(comparison, 'x').findings
      const noise = found.find(({ code }) => code === 'WITHIN_REFERENCE_NOISE')
      assert.deepEqual(
        [noise?.args['effect'], noise?.args['configured'], noise?.args['floor']],
        [effect, 0.1, warn],
      )
    }
    assert.ok(warned >= 3, String(warned))
  })

  it('leaves windows out that a placeholder date empties, and says so', async () => {
    const reference = days(1, 28, 300, 0.1)
    for (const placeholder of [0, Date.UTC(2999, 0, 1)]) {
      const cells = Array.from(reference['at']?.cells ?? [])
      cells[0] = placeholder
      const comparison = await compare(
        { ...reference, at: { type: 'datetime', cells } },
        days(500, 4, 300, 0.1),
        { timeColumn: 'at' },
      )
      const windows = Number(comparison.parameters['timeWindows'])
      assert.ok(windows >= 6 && windows <= 8, String(windows))
      assert.ok(codes(comparison).includes('TIME_WINDOWS_LEFT_OUT'))
    }
  })

  it('still fails a change beyond them', async () => {
    const comparison = await compare(days(1, 28, 300, 0.1), days(500, 4, 300, 0.1, 1), {
      timeColumn: 'at',
    })
    assert.equal(columnOf(comparison, 'x').outcome, 'fail')
    assert.equal(columnOf(comparison, 'at').role, 'time')
    assert.equal(comparison.parameters['timeWindows'], 7)
  })

  it('is usable on a reference whose days differ, and not when many windows alarm', async () => {
    const tables = [days(1, 112, 300, 0.8), days(600, 4, 300, 0.8)] as const
    const settings = { timeColumn: 'at', calibrate: 'auto' as const }
    const { calibration } = await compare(...tables, settings)
    assert.equal(calibration?.splits, 28)
    // The floor is what the windows show, so that the windows of the largest effects reach it.
    assert.ok(calibration.alarms >= 1 && calibration.alarms <= 3, String(calibration.alarms))
    assert.equal(calibration.usable, true)
    // The textbook rule knows no floor and sees every window.
    const textbook = await compare(...tables, { ...settings, rule: 'textbook', failOn: 'warn' })
    assert.ok(Number(textbook.calibration?.alarms) > 20)
    assert.equal(textbook.calibration?.usable, false)
  })

  it('cannot decide with fewer than four windows', async () => {
    const comparison = await compare(days(1, 6, 300, 0.1), days(500, 4, 300, 0.1), {
      timeColumn: 'at',
    })
    assert.deepEqual(codes(comparison), ['TIME_WINDOWS_TOO_FEW'])
  })
})

describe('the self-check', () => {
  const table = (seed: number) => ({
    x: numbers(normals(seed, 1200)),
    c: categories(labels(seed, 1200, ['a', 'b', 'c'])),
  })
  const check = (changes: Parameters<typeof settingsWith>[0]) =>
    compareSnapshots(memorySnapshot(table(1)), memorySnapshot(table(2)), settingsWith(changes))

  it('reports alarms of the whole rule on halves of the reference, with a bound', async () => {
    const { calibration } = await check({ calibrate: 'auto' })
    assert.equal(calibration?.splits, 200)
    // At most alpha of the splits on average: more than 6 of 200 happen once in 250 runs.
    assert.ok(calibration.alarms <= 6, String(calibration.alarms))
    assert.ok(calibration.upperBound >= 1 - 0.05 ** (1 / 200))
    assert.ok(calibration.upperBound > calibration.alarms / 200)
    assert.match(calibration.scheme, /375 rows each/)
    assert.equal(calibration.usable, true)
  })

  it('says when a rule is not usable on this reference', async () => {
    const wide = (seed: number) =>
      memorySnapshot(
        Object.fromEntries(
          Array.from({ length: 5 }, (_, i) => [
            `x${String(i)}`,
            numbers(normals(seed + i, 400, 1000, 200)),
          ]),
        ),
      )
    const settings = settingsWith({ rule: 'textbook', calibrate: 50 })
    const comparison = await compareSnapshots(wide(1), wide(20), settings)
    assert.equal(comparison.calibration?.alarms, 50)
    assert.equal(comparison.calibration.usable, false)
    const finding = comparison.findings.find(({ code }) => code === 'RULE_NOT_USABLE')
    assert.equal(finding?.severity, 'inconclusive')
  })

  it('is switched off by 0 and takes the number it is given', async () => {
    assert.equal((await check({ calibrate: 0 })).calibration, null)
    assert.equal((await check({ calibrate: 30 })).calibration?.splits, 30)
  })

  it('goes by group with a group key', async () => {
    const comparison = await compare(users(1, 60, 10), users(2, 60, 10), {
      groupKey: 'user',
      calibrate: 'auto',
    })
    assert.equal(comparison.calibration?.splits, 200)
    assert.ok(comparison.calibration.alarms <= 2)
    assert.match(comparison.calibration.scheme, /30 groups/)
  })
})
