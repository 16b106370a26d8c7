import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { InputError } from '../../src/core/errors.ts'
import { readOnnx } from '../../src/artifacts/onnx/onnx.ts'
import { countSafetensors } from '../../src/artifacts/safetensors/safetensors.ts'

const models = fileURLToPath(new URL('../../fixtures/checks/model-files/', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'formats-test-'))
after(() => rmSync(root, { recursive: true, force: true }))

let made = 0
function written(bytes: Uint8Array): string {
  const path = join(root, `model-${String(made++)}`)
  writeFileSync(path, bytes)
  return path
}

function safetensors(header: unknown, dataBytes: number): string {
  const text = typeof header === 'string' ? header : JSON.stringify(header)
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(text)))
  return written(Buffer.concat([length, Buffer.from(text), Buffer.alloc(dataBytes)]))
}

describe('an ONNX model', () => {
  it('tells its inputs and how many numbers its initializers hold', async () => {
    assert.deepEqual(await readOnnx(join(models, 'named.onnx')), {
      inputs: [
        { name: 'age', elementType: 1, shape: [undefined, 1] },
        { name: 'income', elementType: 1, shape: [undefined, 1] },
      ],
      parameters: 9,
      externalFiles: [],
    })
  })

  it('names the files that hold its weights', async () => {
    const model = await readOnnx(join(models, 'external.onnx'))
    assert.deepEqual(model.externalFiles, ['external.weights'])
    assert.equal(model.parameters, 9)
  })

  it('is refused wherever it is cut off, and never understood as another one', async () => {
    const whole = readFileSync(join(models, 'external.onnx'))
    const { parameters } = await readOnnx(join(models, 'external.onnx'))
    for (let length = 0; length < whole.length; length++) {
      const path = written(whole.subarray(0, length))
      const result = await readOnnx(path).catch((error: unknown) => error)
      if (result instanceof InputError) continue
      // Only what follows the graph may be missing: the versions of the operators.
      assert.ok(length > whole.length - 8, String(length))
      assert.deepEqual({ ...(result as object) }, { ...(result as object), parameters })
    }
  })

  it('may not lead outside of its folder', async () => {
    const whole = readFileSync(join(models, 'external.onnx')).toString('latin1')
    for (const name of ['../weights.wgts', '/xternal.weight', 'a\\\\ernal.weight']) {
      const moved = whole.replaceAll('external.weights', name.padEnd(16, '_').slice(0, 16))
      const path = written(Buffer.from(moved, 'latin1'))
      await assert.rejects(readOnnx(path), InputError, name)
    }
  })
})

describe('a safetensors file', () => {
  it('tells how many numbers it holds, a scalar included', async () => {
    assert.equal(await countSafetensors(join(models, 'small.safetensors')), 20 + 5 + 1)
  })

  it('is refused wherever it is cut off', async () => {
    const whole = readFileSync(join(models, 'small.safetensors'))
    for (const length of [0, 4, 8, 100, whole.length - 1]) {
      const path = written(whole.subarray(0, length))
      await assert.rejects(countSafetensors(path), InputError, String(length))
    }
  })

  it('is refused when tensors leave a gap, overlap, or do not fit their shape', async () => {
    const tensor = (begin: number, end: number, shape = [2]) => ({
      dtype: 'F32',
      shape,
      data_offsets: [begin, end],
    })
    assert.equal(await countSafetensors(safetensors({ a: tensor(0, 8), b: tensor(8, 16) }, 16)), 4)
    for (const header of [
      { a: tensor(0, 8), b: tensor(12, 20) },
      { a: tensor(0, 8), b: tensor(4, 12) },
      { a: tensor(0, 16, [3]) },
      { a: tensor(0, 16, [-2, -2]) },
      { a: tensor(8, 0) },
      { a: tensor(0, 8), b: null },
      { a: { dtype: 'F32', shape: [4], data_offsets: [0] } },
      [],
      'no JSON',
      'null',
    ]) {
      const path = safetensors(header, 16)
      await assert.rejects(countSafetensors(path), InputError, JSON.stringify(header))
    }
  })

  it('is refused before a header of a hostile length is read', async () => {
    const length = Buffer.alloc(8, 0xff)
    await assert.rejects(countSafetensors(written(length)), InputError)
  })
})
