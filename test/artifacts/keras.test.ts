import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { configObjects } from '../../src/artifacts/keras/config-objects.ts'
import { codes, fixture, inspect, step, values, workFolder } from './inspected.ts'

const work = workFolder()

/** What Keras itself says; `generate.py` beside the models writes it. */
const adapted = JSON.parse(readFileSync(fixture('keras/small.json'), 'utf8')) as {
  readonly mean: readonly number[]
  readonly variance: readonly number[]
}

for (const file of ['small.keras', 'small.h5']) {
  describe(`a Keras model in ${file}`, () => {
    it('tells what its normalisation has learnt', async () => {
      const found = await inspect(fixture(`keras/${file}`))
      assert.equal(found.verdict, 'safe')
      assert.deepEqual(found.producers, [{ library: 'keras', version: '3.15.1' }])
      const { object } = step(found, 'scale')
      assert.equal(object.class, 'keras.layers.Normalization')
      assert.equal(object.fitted, true)
      assert.deepEqual(values(object.parameters['mean']), adapted.mean)
      assert.deepEqual(values(object.parameters['variance']), adapted.variance)
      assert.deepEqual(values(step(found, 'steady').object.parameters['moving_mean']), [0, 0])
    })

    it('tells its layers and how many numbers a row has', async () => {
      const { object } = await inspect(fixture(`keras/${file}`))
      const names = object?.steps.map(({ name }) => name)
      assert.deepEqual(names, ['features', 'scale', 'steady', 'out'])
      assert.equal(object?.featureCount, 2)
    })
  })
}

describe('a Keras model', () => {
  it('is unsafe with a Lambda layer', async () => {
    for (const file of ['lambda.keras', 'lambda.h5']) {
      const found = await inspect(fixture(`keras/${file}`))
      assert.equal(found.verdict, 'unsafe', file)
      assert.deepEqual(found.reasons[0]?.args, { layers: ['double'] })
    }
  })

  it('is inconclusive with a class of the project', async () => {
    const found = await inspect(fixture('keras/custom.keras'))
    assert.deepEqual([found.verdict, codes(found)], ['inconclusive', ['KERAS_CUSTOM_OBJECTS']])
    assert.deepEqual(found.reasons[0]?.args, { classes: ['ours>Doubling'] })
  })

  it('is never safe when its configuration names what Keras does not have', () => {
    const foreign = [
      { module: 'os', class_name: 'function', config: 'system', registered_name: 'function' },
      { module: 'builtins', class_name: 'function', config: 'eval', registered_name: 'function' },
      { module: 'keras_evil', class_name: 'Dense', config: {} },
      { class_name: 'Unheard', config: {} },
      { module: 'keras.utils', class_name: 'get_file', config: {} },
      { module: 'keras.models', class_name: 'function', config: 'load_model' },
      { module: 'keras.losses', class_name: 'deserialize', config: {} },
      { module: 'keras.init^ializers', class_name: 'Zeros', config: {} },
      { module: 'keras.initializers', class_name: 'Zeros.mro', config: {} },
      { module: 'keras.layers', class_name: 'StringLookup', config: { vocabulary: '/etc/hosts' } },
    ]
    for (const object of foreign) {
      const { custom } = configObjects({ class_name: 'Sequential', config: [{ inner: object }] })
      assert.equal(custom.size, 1, JSON.stringify(object))
    }
    const hidden = { arguments: { f: { class_name: '__lambda__', config: { code: '' } } } }
    assert.equal(configObjects(hidden).code.size, 1)
    for (const layer of ['TorchModuleWrapper', 'TFSMLayer']) {
      assert.equal(configObjects({ module: 'keras.layers', class_name: layer }).code.size, 1)
    }
  })

  it('may name the losses, metrics and activations of Keras, which are functions', () => {
    for (const module of ['keras.losses', 'keras.src.activations.activations']) {
      const { custom } = configObjects({ module, class_name: 'function', config: 'relu' })
      assert.equal(custom.size, 0, module)
    }
  })
})

describe('an HDF5 file', () => {
  it('that holds no model is told by its members', async () => {
    const found = await inspect(fixture('keras/plain.h5'))
    assert.deepEqual([found.kind, found.verdict], ['hdf5', 'safe'])
    assert.deepEqual(found.object?.parameters['members'], ['numbers'])
  })

  it('is inconclusive wherever it is cut off', async () => {
    const whole = readFileSync(fixture('keras/small.h5'))
    for (const length of [8, 64, 512, 4096, whole.length - 1]) {
      const found = await inspect(work.write('cut.h5', whole.subarray(0, length)))
      assert.deepEqual([found.verdict, codes(found)], ['inconclusive', ['ARTIFACT_MALFORMED']])
    }
  })
})
