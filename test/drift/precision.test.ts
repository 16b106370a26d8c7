import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { codes, columnOf, compare, keyOf, normals } from './draws.ts'
import { numbers } from './memory-snapshot.ts'

const N = 4000
const decimals = (digits: number) => ({ kind: 'decimals', digits }) as const

describe('precision', () => {
  it('finds no drift between float64 values and their float32 copy', async () => {
    const values = normals(1, N).map((value) => Math.round(value * 10) / 10)
    const comparison = await compare(
      { x: numbers(values, { kind: 'float64' }) },
      { x: numbers(values.map(Math.fround), { kind: 'float32' }) },
    )
    assert.equal(keyOf(comparison, 'x', 'shape').effect, 0)
    assert.equal(columnOf(comparison, 'x').outcome, 'pass')
    assert.ok(codes(comparison, 'x').includes('PRECISION_DIFFERS'))
  })

  it('finds no drift between values and their rounded copy', async () => {
    const values = normals(1, N)
    const comparison = await compare(
      { x: numbers(values, { kind: 'float64' }) },
      {
        x: numbers(
          values.map((value) => Number(value.toFixed(1))),
          decimals(1),
        ),
      },
    )
    assert.equal(keyOf(comparison, 'x', 'shape').effect, 0)
    assert.deepEqual(codes(comparison, 'x'), ['PRECISION_DIFFERS'])
  })

  it('finds no drift between scores and their copy with one decimal', async () => {
    const scores = normals(2, N).map((value) => 1 / (1 + Math.exp(-2 * value)))
    const comparison = await compare(
      { x: numbers(scores, decimals(6)) },
      {
        x: numbers(
          scores.map((value) => Number(value.toFixed(1))),
          decimals(1),
        ),
      },
    )
    assert.equal(keyOf(comparison, 'x', 'shape').effect, 0)
    assert.equal(columnOf(comparison, 'x').outcome, 'pass')
  })

  it('finds the drift of scores that were replaced by labels', async () => {
    const scores = normals(1, N).map((value) => 1 / (1 + Math.exp(-value)))
    const comparison = await compare(
      { x: numbers(scores, decimals(6)) },
      { x: { type: 'integer', cells: scores.map((score) => Math.round(score)) } },
    )
    assert.equal(columnOf(comparison, 'x').outcome, 'fail')
    assert.ok(codes(comparison, 'x').includes('PRECISION_LOST'))
  })

  it('says nothing where rounding changes no value', async () => {
    const values = normals(1, N).map((value) => Math.round(value))
    const comparison = await compare(
      { x: numbers(values, { kind: 'float64' }) },
      { x: { type: 'integer', cells: values } },
    )
    assert.deepEqual(codes(comparison, 'x'), ['TYPE_CHANGED'])
    assert.equal(columnOf(comparison, 'x').outcome, 'pass')
  })
})
