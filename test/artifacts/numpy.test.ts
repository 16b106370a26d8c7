import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { datetimeText } from '../../src/artifacts/numpy/datetime.ts'
import { arrayElements } from '../../src/artifacts/numpy/elements.ts'
import { parseLiteral } from '../../src/artifacts/numpy/literal.ts'

describe('the elements of an array', () => {
  it('are exact in every type', () => {
    const one = (dtype: string, ...bytes: number[]) => arrayElements(dtype, Uint8Array.of(...bytes))
    assert.deepEqual(one('|b1', 0, 1, 2), [false, true, true])
    assert.deepEqual(one('|i1', 0xff, 0x7f), [-1, 127])
    assert.deepEqual(one('>u2', 1, 2), [258])
    assert.deepEqual(one('<f2', 0x00, 0x3c, 0x01, 0x00, 0x00, 0xfc), [1, 2 ** -24, -Infinity])
    assert.deepEqual(one('<u8', ...Array<number>(8).fill(0xff)), [2n ** 64n - 1n])
    assert.deepEqual(one('<c8', 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0), [[1, -2]])
    assert.deepEqual(one('>U1', 0, 1, 0xf4, 0x00), ['🐀'])
    assert.deepEqual(one('|S3', 97, 0, 98, 99, 0, 0), ['a\0b', 'c'])
  })

  it('are unknown where the type or the length does not tell them', () => {
    assert.equal(arrayElements('<f8', new Uint8Array(7)), undefined)
    assert.equal(arrayElements('<f16', new Uint8Array(16)), undefined)
    assert.equal(arrayElements('|V8', new Uint8Array(8)), undefined)
    assert.equal(arrayElements('|O', new Uint8Array(8)), undefined)
    assert.equal(arrayElements("[('a', '<f8')]", new Uint8Array(8)), undefined)
  })
})

// As str() of numpy.datetime64 gives them (numpy 2.0).
const TIMES: readonly (readonly [bigint, string, string])[] = [
  [54n, 'Y', '2024'],
  [-1n, 'M', '1969-12'],
  [19782n, 'D', '2024-02-29'],
  [-1n, 'W', '1969-12-25'],
  [25n, 'h', '1970-01-02T01'],
  [61n, 'm', '1970-01-01T01:01'],
  [-1n, 's', '1969-12-31T23:59:59'],
  [1n, 'ms', '1970-01-01T00:00:00.001'],
  [-1n, 'ns', '1969-12-31T23:59:59.999999999'],
]

describe('a datetime64', () => {
  for (const [count, unit, text] of TIMES) {
    it(`of ${String(count)} ${unit} is ${text}`, () =>
      assert.equal(datetimeText(count, unit), text))
  }
  it('without a plain unit or beyond the calendar has no text', () => {
    assert.equal(datetimeText(1n, 'ps'), undefined)
    assert.equal(datetimeText(2n ** 62n, 'D'), undefined)
    assert.equal(datetimeText(-(10n ** 6n), 'Y'), undefined)
  })
})

describe('a literal of Python', () => {
  it('of text, numbers and containers is read', () => {
    const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4L), }  \n"
    assert.deepEqual(
      parseLiteral(header),
      new Map<string, unknown>([
        ['descr', '<f8'],
        ['fortran_order', false],
        ['shape', [3, 4]],
      ]),
    )
    assert.deepEqual(parseLiteral('()'), [])
    assert.deepEqual(parseLiteral('[("a", None)]'), [['a', null]])
  })

  it('of anything else is none', () => {
    for (const text of [
      '',
      '{',
      'f()',
      '{1: 2}',
      "{'a': 1, 'a': 2}",
      '1 2',
      '(1',
      '-1',
      "'",
      ',',
    ]) {
      assert.equal(parseLiteral(text), undefined, text)
    }
    assert.equal(parseLiteral('['.repeat(100_000)), undefined)
  })
})
