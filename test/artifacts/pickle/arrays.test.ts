import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { DEFAULT_INSPECTION_LIMITS } from '../../../src/artifacts/artifact.ts'
import type { ObjectValue } from '../../../src/artifacts/object-facts.ts'
import { inspectPickle } from '../../../src/artifacts/pickle/inspect-pickle.ts'
import { NO_ADDITIONS } from '../../../src/artifacts/policy.ts'

const folder = fileURLToPath(new URL('../../../fixtures/artifacts/pickle/arrays/', import.meta.url))

/** As fixtures/artifacts/pickle/arrays.py writes values that JSON cannot hold. */
function written(value: ObjectValue): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return writtenNumber(value)
  if (Array.isArray(value)) return value.map(written)
  if (value === null || typeof value !== 'object' || !('kind' in value)) return value
  if (value.kind !== 'array') return value
  const { dtype, shape, values, sha256 } = value
  return { dtype, shape, values: values?.map(written) ?? null, sha256 }
}

function writtenNumber(value: number): number | string {
  if (Object.is(value, -0)) return '-0'
  if (Number.isFinite(value)) return value
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
}

const files = readdirSync(folder).filter((name) => !name.endsWith('.json'))

describe('the arrays of a pickle', () => {
  it('were saved in every way', () => {
    assert.equal(files.length, 24)
  })
  for (const file of files) {
    it(`are what numpy saved: ${file}`, async () => {
      const label = file.split('-')[0] ?? ''
      const expected = JSON.parse(readFileSync(join(folder, `${label}.json`), 'utf8')) as object
      const { object, verdict, reasons } = await inspectPickle(
        join(folder, file),
        DEFAULT_INSPECTION_LIMITS,
        NO_ADDITIONS,
        () => performance.now(),
      )
      assert.deepEqual(reasons, [])
      assert.equal(verdict, 'safe')
      const found = Object.entries(object?.parameters ?? {}).map(([key, value]) => [
        key,
        written(value),
      ])
      assert.deepEqual(Object.fromEntries(found), expected)
    })
  }
})
