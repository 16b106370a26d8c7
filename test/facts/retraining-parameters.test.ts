import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { ArtifactKind, Inspection } from '../../src/artifacts/artifact.ts'
import { inspectArtifact } from '../../src/artifacts/registry.ts'
import type { ArrayFacts, ObjectFacts, ObjectValue } from '../../src/artifacts/object-facts.ts'
import { compareModels } from '../../src/facts/retraining-parameters.ts'

const artifacts = fileURLToPath(new URL('../../fixtures/artifacts/sklearn/', import.meta.url))
const inspect = (path: string) =>
  inspectArtifact(join(artifacts, path), { now: () => performance.now() })

function scaler(parameters: Readonly<Record<string, ObjectValue>>): ObjectFacts {
  return {
    kind: 'object',
    class: 'sklearn.preprocessing._data.StandardScaler',
    fitted: true,
    features: ['a', 'b'],
    featureCount: 2,
    parameters,
    steps: [],
  }
}

function array(values: readonly ObjectValue[] | null, sha256: string | null = null): ArrayFacts {
  return { kind: 'array', dtype: '<f8', shape: [values?.length ?? 2e6], values, sha256 }
}

function file(object: ObjectFacts | null, kind: ArtifactKind = 'joblib'): Inspection {
  return { kind, verdict: 'safe', reasons: [], globals: [], producers: [], object }
}

const compare = (first: ObjectValue, second: ObjectValue) =>
  compareModels(file(scaler({ mean_: first })), file(scaler({ mean_: second })))

test('a model agrees with itself in every parameter, undefined ones included', () => {
  const agreement = compare(array([1, NaN, Infinity, -0]), array([1, NaN, Infinity, 0]))
  assert.deepEqual(agreement.differences, [])
  assert.deepEqual(agreement.notCompared, [])
  assert.ok(agreement.compared > 4)
})

test('a number that becomes undefined or infinite is no matter of distance', () => {
  for (const [first, second] of [
    [1, NaN],
    [NaN, 1],
    [Infinity, -Infinity],
    [1, Infinity],
    [-Number.MAX_VALUE, Number.MAX_VALUE],
  ] as const) {
    const [difference] = compare(array([first]), array([second])).differences
    assert.deepEqual(difference?.gaps, [{ absolute: null, relative: null }])
  }
})

test('distances are told for each number that differs', () => {
  const [difference] = compare(array([1, 4, 3]), array([1, 5, 3.75])).differences
  assert.deepEqual(difference, {
    place: 'mean_',
    released: '4',
    retrained: '5',
    gaps: [
      { absolute: 1, relative: 0.2 },
      { absolute: 0.75, relative: 0.2 },
    ],
  })
})

test('another type, shape, class, order of columns or set of parameters is a difference', () => {
  const differing = (first: ObjectValue, second: ObjectValue) =>
    compare(first, second).differences.map(({ gaps }) => gaps.length)
  assert.deepEqual(differing(array([1]), array([1, 1])), [0])
  assert.deepEqual(differing(array([1]), { ...array([1]), dtype: '<f4' }), [0])
  assert.deepEqual(differing(1, '1'), [0])
  assert.deepEqual(differing(1, null), [0])
  assert.deepEqual(differing([1, 2], [1]), [0])
  assert.deepEqual(differing('l1', 'l2'), [0])
  assert.deepEqual(differing(scaler({}), { ...scaler({}), class: 'sklearn.X' }), [0])
  const other: ObjectFacts = { ...scaler({}), features: ['b', 'a'] }
  assert.equal(compareModels(file(scaler({})), file(other)).differences.length, 1)
  const more = compareModels(file(scaler({ a: 1 })), file(scaler({ a: 1, b: 2 })))
  assert.deepEqual(
    more.differences.map(({ place, released }) => [place, released]),
    [['b', 'not there']],
  )
})

test('what was not read is never taken for equal', () => {
  const opaque = { kind: 'opaque', class: 'builtins.bytes' } as const
  const helper: ObjectFacts = { ...scaler({ a: 1 }), class: 'own.Thing', fitted: null }
  const empty = scaler({})
  for (const value of [opaque, helper, empty, array(null), [1, opaque]]) {
    assert.equal(compare(value, value).notCompared.length, 1, JSON.stringify(value))
    assert.deepEqual(compare(value, value).differences, [])
  }
  assert.deepEqual(compare(array(null, 'x'), array(null, 'x')).notCompared, [])
  assert.deepEqual(compare(array(null, 'x'), array(null, 'y')).notCompared, ['mean_'])
  const whole = file(scaler({ a: 1 }))
  assert.deepEqual(compareModels(file(null), whole).notCompared, ['the model'])
  assert.deepEqual(compareModels(null, null).notCompared, ['the model'])
  const header = file(scaler({ a: 1 }), 'onnx')
  assert.deepEqual(compareModels(header, header).notCompared, ['the weights'])
  const partly: Inspection = {
    ...whole,
    reasons: [{ code: 'ARTIFACT_MALFORMED', severity: 'inconclusive', args: {} }],
  }
  assert.deepEqual(compareModels(whole, partly).notCompared, ['what could not be read'])
})

test('a real model has the same parameters in every form in which it was saved', async () => {
  for (const [first, second] of [
    ['1.2.2/StandardScaler-names.joblib', '1.2.2/StandardScaler-names.zlib.joblib'],
    ['1.2.2/StandardScaler-names.p0.pickle', '1.2.2/StandardScaler-names.p5.pickle'],
    ['1.2.2/ColumnTransformer-deep.joblib', '1.2.2/ColumnTransformer-deep.zlib.joblib'],
    ['1.2.2/TransformedTargetRegressor.joblib', '1.2.2/TransformedTargetRegressor.skops'],
  ] as const) {
    const agreement = compareModels(await inspect(first), await inspect(second))
    assert.deepEqual(agreement.differences, [], second)
    assert.deepEqual(agreement.notCompared, [], second)
    assert.ok(agreement.compared > 10, second)
  }
})

test('a real model of another version or fitted on other rows is told apart', async () => {
  const saved = await inspect('1.2.2/StandardScaler-names.joblib')
  const newer = compareModels(saved, await inspect('1.5.2/StandardScaler-names.joblib'))
  assert.deepEqual(
    newer.differences.map(({ place }) => place),
    ['_sklearn_version'],
  )
  const unfitted = compareModels(saved, await inspect('1.2.2/StandardScaler-unfitted.joblib'))
  const places = unfitted.differences.map(({ place }) => place)
  assert.ok(places.includes('mean_') && places.includes('the model: fitted'), places.join(', '))
})
