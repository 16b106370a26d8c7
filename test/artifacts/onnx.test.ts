import assert from 'node:assert/strict'
import { copyFileSync, readFileSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { codes, fixture, inspect, members, step, values, workFolder } from './inspected.ts'

const work = workFolder()

/** What scikit-learn itself says; `generate.py` beside the models writes it. */
const fitted = JSON.parse(readFileSync(fixture('onnx/pipeline.json'), 'utf8')) as {
  readonly statistics_: readonly number[]
  readonly mean_: readonly number[]
  readonly scale_: readonly number[]
  readonly categories_: readonly (readonly string[])[]
}

/** ONNX holds these numbers in single precision. */
function assertClose(actual: readonly unknown[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length)
  for (const [index, value] of expected.entries()) {
    assert.ok(Math.abs(Number(actual[index]) - value) <= 1e-6 * Math.abs(value), String(value))
  }
}

describe('an ONNX pipeline of scikit-learn', () => {
  it('tells inputs, versions and metadata', async () => {
    const { verdict, producers, object } = await inspect(fixture('onnx/pipeline.onnx'))
    assert.equal(verdict, 'safe')
    assert.deepEqual(producers, [{ library: 'skl2onnx', version: '1.20.0' }])
    assert.deepEqual(object?.features, ['age', 'income', 'city'])
    assert.deepEqual(members(object.parameters['opset_import']), {
      'ai.onnx': 18,
      'ai.onnx.ml': 1,
    })
    assert.deepEqual(members(object.parameters['metadata_props']), { trained: 'in spring' })
  })

  it('tells what its scaler, imputer and encoder have learnt, and of which columns', async () => {
    const found = await inspect(fixture('onnx/pipeline.onnx'))
    const scaler = step(found, 'Scaler')
    assert.deepEqual(scaler.columns, ['age', 'income'])
    assertClose(values(scaler.object.parameters['offset']), fitted.mean_)
    const scales = fitted.scale_.map((scale) => 1 / scale)
    assertClose(values(scaler.object.parameters['scale']), scales)
    const imputer = step(found, 'Imputer')
    assert.deepEqual(imputer.object.features, ['age', 'income'])
    assertClose(values(imputer.object.parameters['imputed_value_floats']), fitted.statistics_)
    const encoder = step(found, 'OneHotEncoder')
    assert.deepEqual(encoder.columns, ['city'])
    assert.deepEqual(values(encoder.object.parameters['cats_strings']), fitted.categories_[0])
  })

  it('names columns by position where the model takes a matrix', async () => {
    const found = await inspect(fixture('onnx/scaler.onnx'))
    assert.equal(found.object?.features, null)
    assert.equal(found.object.featureCount, 2)
    assert.deepEqual(step(found, 'Scaler').columns, [0, 1])
  })
})

describe('an ONNX model', () => {
  it('tells the attributes of encoders in lists and tensors', async () => {
    const found = await inspect(fixture('onnx/encoders.onnx'))
    const encoders = found.object?.steps.filter(({ name }) => name === 'LabelEncoder') ?? []
    const [listed, tensors] = encoders.map(({ object }) =>
      typeof object === 'string' ? {} : object.parameters,
    )
    assert.deepEqual(values(listed?.['keys_strings']), ['no', 'yes'])
    assert.deepEqual(values(listed?.['values_int64s']), [0, 1])
    assert.equal(listed?.['default_int64'], -1)
    assert.deepEqual(values(tensors?.['keys_tensor']), ['no', 'yes'])
    assert.deepEqual(values(tensors?.['values_tensor']), [0.5, Number.NaN])
    const mapper = step(found, 'CategoryMapper').object.parameters
    assert.deepEqual(values(mapper['cats_int64s']), [3, 4])
    assert.equal(step(found, 'Normalizer').object.parameters['norm'], 'L2')
  })

  it('says which operators no plain runtime has, and is safe all the same', async () => {
    const found = await inspect(fixture('onnx/encoders.onnx'))
    assert.deepEqual(found.reasons, [
      {
        code: 'ONNX_CUSTOM_OPERATORS',
        severity: 'notice',
        args: { operators: ['com.example.Mystery'] },
      },
    ])
    assert.equal(found.verdict, 'safe')
  })

  it('is read when a tensor has more sizes than a function takes arguments', async () => {
    const packed = (field: number, content: Buffer): Buffer => {
      const length: number[] = []
      for (let left = content.length; left > 0; left >>>= 7) {
        length.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0))
      }
      return Buffer.concat([Buffer.from([field * 8 + 2, ...length]), content])
    }
    const tensor = packed(5, packed(1, Buffer.alloc(200_000, 1)))
    const file = work.write('sizes.onnx', Buffer.concat([Buffer.from([8, 8]), packed(7, tensor)]))
    const { kind, object } = await inspect(file)
    assert.deepEqual([kind, object?.parameters['parameters']], ['onnx', 1])
  })

  it('is inconclusive without its weights, or with some of them', async () => {
    assert.equal((await inspect(fixture('onnx/external.onnx'))).verdict, 'safe')
    const model = path.join(work.folder, 'external.onnx')
    copyFileSync(fixture('onnx/external.onnx'), model)
    assert.deepEqual(codes(await inspect(model)), ['ARTIFACT_FILE_MISSING'])
    const weights = path.join(work.folder, 'external.weights')
    copyFileSync(fixture('onnx/external.weights'), weights)
    truncateSync(weights, 100)
    const short = await inspect(model)
    assert.deepEqual([short.verdict, codes(short)], ['inconclusive', ['ARTIFACT_FILE_SHORT']])
  })

  it('is unsafe when it names weights outside of its folder', async () => {
    const whole = readFileSync(fixture('onnx/external.onnx')).toString('latin1')
    for (const name of ['../ernal.weights', '/etc/nal.weights', 'C:\\ernal.weights']) {
      const moved = whole.replaceAll('external.weights', name)
      const found = await inspect(work.write('outside.onnx', Buffer.from(moved, 'latin1')))
      assert.deepEqual([found.verdict, codes(found)], ['unsafe', ['ARTIFACT_LEAVES_FOLDER']], name)
    }
  })

  it('is inconclusive when it defines a value twice', async () => {
    const found = await inspect(fixture('onnx/repeated.onnx'))
    assert.deepEqual(found.reasons, [
      { code: 'ONNX_NAME_REPEATED', severity: 'inconclusive', args: { names: ['unit'] } },
    ])
  })
})
