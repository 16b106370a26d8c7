import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  parseChoices,
  parseDay,
  parseInteger,
  parseNames,
  parseNumber,
} from '../../src/cli/values.ts'

const anyNumber = parseNumber({})
const anyInteger = parseInteger({})

test('a finite number is read as it is written', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      assert.equal(anyNumber(String(value)), value === 0 ? 0 : value)
    }),
  )
})

test('a whole number is read as it is written', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      assert.equal(anyInteger(String(value)), value)
    }),
  )
})

test('what is not wholly a number is refused, never read as its first part', () => {
  const texts = ['', ' ', '1 ', ' 1', '1x', '1,5', '1_000', '0x10', '1e', 'e5', '.', '-', '١']
  for (const text of [...texts, 'NaN', 'Infinity', '-Infinity', '1e400', '-1e400', '1e-5e']) {
    assert.throws(() => anyNumber(text), { name: 'InvalidArgumentError' }, text)
    assert.throws(() => anyInteger(text), { name: 'InvalidArgumentError' }, text)
  }
  for (const text of ['1.0', '1e3', '9007199254740993']) {
    assert.throws(() => anyInteger(text), { name: 'InvalidArgumentError' }, text)
  }
})

test('bounds belong to the range unless it is open', () => {
  const bounds = { min: 0, max: 1 }
  for (const text of ['0', '1']) {
    assert.equal(parseNumber(bounds)(text), Number(text))
    assert.throws(() => parseNumber({ ...bounds, isOpen: true })(text))
  }
  for (const text of ['-1e-9', '1.000001']) assert.throws(() => parseNumber(bounds)(text))
})

test('exactly the days of the calendar are accepted', () => {
  const digits = (value: number, length: number) => String(value).padStart(length, '0')
  const year = fc.integer({ min: 1900, max: 2200 })
  const any = fc.integer({ min: 0, max: 40 })
  fc.assert(
    fc.property(year, any, any, (y, m, d) => {
      const text = `${digits(y, 4)}-${digits(m, 2)}-${digits(d, 2)}`
      const isLeap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0
      const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      const exists = d >= 1 && d <= (lengths[m - 1] ?? 0)
      if (exists) assert.equal(parseDay(text), text)
      else assert.throws(() => parseDay(text), /not a day/)
    }),
    {
      numRuns: 1000,
      examples: [
        [2000, 2, 29],
        [1900, 2, 29],
        [2026, 12, 31],
      ],
    },
  )
})

test('a list of names has no empty part', () => {
  assert.deepEqual(parseNames('a,b c,d'), ['a', 'b c', 'd'])
  for (const text of ['', ',', 'a,', ',a', 'a,,b']) assert.throws(() => parseNames(text))
})

test('choices are collected in order, without changing what was collected', () => {
  const parse = parseChoices(['a', 'b'])
  const one = parse('b', undefined)
  assert.deepEqual(parse('a', one), ['b', 'a'])
  assert.deepEqual(one, ['b'])
  assert.throws(() => parse('c', one), /Choose from a, b\./)
})
