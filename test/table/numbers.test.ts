import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { numberReader } from '../../src/table/numbers.ts'

const reader = numberReader()

function reads(text: string, decimal: '.' | ',' = '.'): readonly [string, number, number] {
  const own = numberReader(decimal)
  return [own.read(text), own.value, own.digits]
}

const digits = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom('0', '1', '2', '5', '8', '9'), minLength, maxLength })

const decimalText = fc
  .record({
    sign: fc.constantFrom('', '-', '+'),
    whole: digits(0, 20),
    point: fc.constantFrom('.', ''),
    fraction: digits(0, 25),
    exponent: fc.oneof(
      fc.constant(''),
      fc.integer({ min: -330, max: 330 }).map((e) => `e${String(e)}`),
    ),
  })
  .map(({ sign, whole, point, fraction, exponent }) => sign + whole + point + fraction + exponent)

test('a number has the value that the nearest double has', () => {
  fc.assert(
    fc.property(decimalText, (text) => {
      const kind = reader.read(text)
      if (kind === 'integer' || kind === 'decimal') assert.equal(reader.value, Number(text), text)
      else if (kind === 'none')
        assert.ok(/^[+-]?\.?(e.*)?$/.test(text) || !Number.isFinite(Number(text)), text)
      else assert.match(text, /^[+-]?\d+$/)
    }),
    { numRuns: 3000 },
  )
})

test('every double is read back from the text that it prints as', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (value) => {
      assert.notEqual(reader.read(String(value)), 'none')
      // Digits beyond 2^53 are kept as a code, not as this double.
      if (!/^-?\d+$/.test(String(value))) assert.equal(reader.value, value)
    }),
  )
})

test('an integer is a number as long as a double tells it from its neighbours', () => {
  assert.deepEqual(reads('9007199254740991'), ['integer', 2 ** 53 - 1, 0])
  assert.deepEqual(reads('-9007199254740991'), ['integer', 1 - 2 ** 53, 0])
  for (const beyond of [
    '9007199254740992',
    '-9007199254740993',
    '123456789012345678901234567890',
  ]) {
    assert.equal(reader.read(beyond), 'code')
  }
})

test('digits with a leading zero are a code, zero itself and fractions are numbers', () => {
  for (const code of ['01000', '00', '-007', '+01']) assert.equal(reader.read(code), 'code')
  for (const [text, value] of [
    ['0', 0],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['00.5', 0.5],
  ] as const) {
    assert.ok(['integer', 'decimal'].includes(reader.read(text)), text)
    assert.equal(reader.value, value)
  }
})

test('the digits after the point count what was printed, the exponent included', () => {
  for (const [text, count] of [
    ['1.50', 2],
    ['-0.125', 3],
    ['1.5e-3', 4],
    ['1.5e3', 0],
    ['12', 0],
    ['0.1234567890123456789', 19],
  ] as const) {
    reader.read(text)
    assert.equal(reader.digits, count, text)
  }
})

test('a decimal comma is read where it is the separator, and only there', () => {
  assert.deepEqual(reads('1,5', ','), ['decimal', 1.5, 1])
  assert.deepEqual(reads('-1234567,123456789', ','), ['decimal', -1234567.123456789, 9])
  assert.equal(reads('1.5', ',')[0], 'none')
  assert.equal(reads('1,5')[0], 'none')
})

test('infinities are read in their usual spellings', () => {
  for (const [text, value] of [
    ['inf', Infinity],
    ['-Infinity', -Infinity],
    ['+INF', Infinity],
  ] as const) {
    assert.equal(reader.read(text), 'infinite')
    assert.equal(reader.value, value)
  }
})

test('nothing else is a number', () => {
  const others = [
    '',
    ' ',
    '1 ',
    ' 1',
    '1_000',
    '1.000,5',
    '1,000',
    '0x10',
    '1e',
    'e5',
    '--1',
    '+',
    '.',
    '1e99999',
    '1.2.3',
    'NaN',
    '१',
    '1e400',
  ]
  for (const text of others) assert.equal(reader.read(text), 'none', JSON.stringify(text))
})

/** Digits as printed for doubles, and those of points half-way between two doubles, which are hard to round. */
const longText = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.tuple(digits(0, 15), digits(1, 19)).map(([whole, fraction]) => `${whole}.${fraction}`),
  fc
    .tuple(fc.bigInt({ min: 2n ** 52n, max: 2n ** 53n }), fc.integer({ min: 1, max: 11 }))
    .map(([odd, power]) => {
      const [scale, halves] = [10n ** BigInt(power), 2n * odd + 1n]
      const scaled = (halves * scale) / 2n ** BigInt(power + 1)
      const text = String(scaled).padStart(power + 1, '0')
      return `${text.slice(0, -power)}.${text.slice(-power)}`
    }),
)

test('sixteen to nineteen digits are rounded as Number() rounds them', () => {
  fc.assert(
    fc.property(longText, (text) => {
      const kind = reader.read(text)
      if (kind === 'integer' || kind === 'decimal') assert.equal(reader.value, Number(text), text)
      else assert.ok(kind === 'code' || !Number.isFinite(Number(text)), text)
    }),
    { numRuns: 20_000 },
  )
})

test('a part of a text reads like a text of its own', () => {
  const own = numberReader()
  fc.assert(
    fc.property(decimalText, fc.constantFrom('', '9', '.', 'e5', '-'), (text, around) => {
      const [kind, value, places] = reads(text)
      const bytes = Buffer.from(around + text + around)
      const part = own.readBytes(bytes, around.length, around.length + text.length)
      assert.equal(part, kind)
      if (part === 'integer' || part === 'decimal' || part === 'infinite') {
        assert.deepEqual([own.value, own.digits], [value, places])
      }
    }),
  )
})
