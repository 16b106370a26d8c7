import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { datetimeReader } from '../../src/table/datetime.ts'

const reader = datetimeReader()

const instant = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
})

test('an instant is read back from its ISO 8601 text in every zone', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: -18 * 60, max: 18 * 60 }), (date, ahead) => {
      const text = date.toISOString()
      assert.equal(reader.read(text), 'zoned')
      assert.equal(reader.value, date.getTime())
      const shifted = new Date(date.getTime() + ahead * 60_000)
      if (shifted.getUTCFullYear() > 9999 || shifted.getUTCFullYear() < 1) return
      const minutes = Math.abs(ahead)
      const two = (value: number): string => String(value).padStart(2, '0')
      const zone = `${ahead < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
      assert.equal(reader.read(shifted.toISOString().replace('Z', zone)), 'zoned')
      assert.equal(reader.value, date.getTime())
    }),
  )
})

test('every day of the calendar is read, and no other', () => {
  for (const year of [1, 99, 1900, 2000, 2024, 2026]) {
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        const text = [String(year).padStart(4, '0'), month, day]
          .map((part) => String(part).padStart(2, '0'))
          .join('-')
        const expected = new Date(`${text}T00:00:00Z`)
        const exists = !Number.isNaN(expected.getTime()) && expected.toISOString().startsWith(text)
        assert.equal(reader.read(text), exists ? 'date' : undefined, text)
        if (exists) assert.equal(reader.value, expected.getTime())
      }
    }
  }
})

test('the layouts are told apart, and a text without a zone is UTC', () => {
  const noon = Date.UTC(2026, 10, 24, 12, 5)
  for (const [text, layout, value] of [
    ['2026-11-24', 'date', Date.UTC(2026, 10, 24)],
    ['2026-11-24T12:05', 'local', noon],
    ['2026-11-24 12:05:00', 'local', noon],
    ['2026-11-24 12:05:00.25', 'local', noon + 250],
    ['2026-11-24T12:05:00,123456', 'local', noon + 123.456],
    ['2026-11-24T12:05Z', 'zoned', noon],
    ['2026-11-24T12:05:00+0200', 'zoned', noon - 7_200_000],
    ['2026-11-24T12:05:00-02', 'zoned', noon + 7_200_000],
    ['2026-12-31T23:59:60Z', 'zoned', Date.UTC(2027, 0, 1)],
  ] as const) {
    assert.equal(reader.read(text), layout, text)
    assert.equal(reader.value, value, text)
  }
})

test('nothing else is a date', () => {
  const others = [
    '',
    '2026',
    '2026-11',
    '24/11/2026',
    '2026/11/24',
    '20261124',
    '2026-1-24',
    '2026-11-24T',
    '2026-11-24T1:05',
    '2026-11-24T24:00',
    '2026-11-24T12:60',
    '2026-11-24T12:05:61',
    '2026-11-24T12:05.5',
    '2026-11-24T12:05:00.',
    '2026-11-24T12:05:00.1234567890',
    '2026-11-24T12:05:00 Z',
    '2026-11-24T12:05:00+19:00',
    '2026-11-24T12:05:00+02:60',
    '2026-11-24Z',
    '2026-11-24x12:05',
    ' 2026-11-24',
    '2026-11-24 ',
    '२०२६-११-२४',
  ]
  for (const text of others) assert.equal(reader.read(text), undefined, text)
})

test('the answer for a text does not depend on what was read before', () => {
  const texts = ['2026-02-30', '2026-02-28', '2026-02-28T10:00Z', '2026-13-01', '2026-02-28']
  const answers = texts.map((text) => [datetimeReader().read(text)])
  const again = datetimeReader()
  assert.deepEqual(
    texts.map((text) => [again.read(text)]),
    answers,
  )
})

test('a part of a text reads like a text of its own', () => {
  for (const text of [
    '2026-11-24',
    '2026-11-24T10:05',
    '2026-11-24T10:05:30.25Z',
    '2026-11-24T10',
    '',
  ]) {
    const alone = datetimeReader()
    const layout = alone.read(text)
    for (const around of ['0', ':30', 'Z', '.5', '-']) {
      const part = datetimeReader()
      const bytes = Buffer.from(around + text + around)
      const found = part.readBytes(bytes, around.length, around.length + text.length)
      assert.deepEqual(
        [found, part.value],
        [layout, layout === undefined ? part.value : alone.value],
      )
    }
  }
})

test('milliseconds that are printed are whole milliseconds', () => {
  const own = datetimeReader()
  for (let millisecond = 0; millisecond < 1000; millisecond++) {
    const digits = String(millisecond).padStart(3, '0')
    assert.equal(own.read(`1970-01-01T00:00:00.${digits}Z`), 'zoned')
    assert.equal(own.value, millisecond)
  }
})
