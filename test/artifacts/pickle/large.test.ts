import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import {
  DEFAULT_INSPECTION_LIMITS,
  type InspectionLimits,
} from '../../../src/artifacts/artifact.ts'
import type { ArrayFacts } from '../../../src/artifacts/object-facts.ts'
import { inspectPickle } from '../../../src/artifacts/pickle/inspect-pickle.ts'
import { NO_ADDITIONS } from '../../../src/artifacts/policy.ts'

const folder = fileURLToPath(new URL('../../../fixtures/artifacts/pickle/', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'large-test-'))
after(() => rmSync(root, { recursive: true, force: true }))

const COUNT = 4_000_000
const data = Buffer.alloc(COUNT * 8, 'elements')

/** The fixture with a small array, with the array replaced by a large one. */
function largeJoblib(): Buffer {
  const small = readFileSync(join(folder, 'hostile', 'harmless-array.joblib'))
  const shape = small.indexOf(Buffer.from([0x4b, 2, 0x85]))
  const padding = small.indexOf(Buffer.from([5, 255, 255, 255, 255, 255]))
  const count = Buffer.alloc(6)
  count[0] = 0x4a
  count.writeInt32LE(COUNT, 1)
  count[5] = 0x85
  const head = [small.subarray(0, shape), count, small.subarray(shape + 3, padding + 6)]
  return Buffer.concat([...head, data, small.subarray(padding + 6 + 16)])
}

async function arrayIn(bytes: Uint8Array, limits: Partial<InspectionLimits>): Promise<ArrayFacts> {
  const path = join(root, 'model.joblib')
  writeFileSync(path, bytes)
  const { object, verdict } = await inspectPickle(
    path,
    { ...DEFAULT_INSPECTION_LIMITS, ...limits },
    NO_ADDITIONS,
    () => performance.now(),
  )
  assert.equal(verdict, 'safe')
  const [value] = Object.values(object?.parameters ?? {}).flat()
  return value as ArrayFacts
}

describe('an array with more elements than are listed', () => {
  it('is told by its digest, and its bytes are not kept', async () => {
    const before = process.memoryUsage().arrayBuffers
    const { dtype, shape, values, sha256 } = await arrayIn(largeJoblib(), {})
    assert.deepEqual({ dtype, shape, values }, { dtype: '<f8', shape: [COUNT], values: null })
    assert.equal(sha256, createHash('sha256').update(data).digest('hex'))
    assert.ok(process.memoryUsage().arrayBuffers - before < 2 * data.length)
  })

  it('has the same digest when it is listed', async () => {
    const bytes = readFileSync(join(folder, 'hostile', 'harmless-array.joblib'))
    const listed = await arrayIn(bytes, {})
    const digested = await arrayIn(bytes, { listedElements: 1 })
    assert.deepEqual(listed.values, [0, 1])
    assert.equal(digested.values, null)
    assert.equal(digested.sha256, listed.sha256)
  })
})
