import assert from 'node:assert/strict'
import { test } from 'node:test'
import { modelBinding } from '../../src/policy/model-binding.ts'
import { MODEL, OTHER_MODEL } from './terms.ts'

const location = { path: 'model.yaml', line: 6, column: 11 }
const bind = (declared: string | undefined, actual: string | null): readonly string[] =>
  modelBinding({ path: 'm.bin', declared, actual, location }).map(
    ({ code, severity }) => `${severity} ${code}`,
  )

test('another model than the manifest names fails the run, and one that cannot be read leaves it open', () => {
  assert.deepEqual(bind(MODEL, MODEL), [])
  assert.deepEqual(bind(MODEL.toUpperCase(), MODEL), [])
  assert.deepEqual(bind(MODEL, OTHER_MODEL), ['fail MODEL_DIGEST_DIFFERS'])
  assert.deepEqual(bind(MODEL, null), ['inconclusive MODEL_NOT_BOUND'])
})

test('a manifest that states no digest binds nothing', () => {
  assert.deepEqual(bind(undefined, MODEL), [])
  assert.deepEqual(bind(undefined, null), [])
})
