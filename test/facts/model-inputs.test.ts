import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { MlcheckError } from '../../src/core/errors.ts'
import { readModelInputs } from '../../src/facts/model-inputs.ts'

const models = path.resolve(import.meta.dirname, '../../fixtures/checks/model-files')
const root = mkdtempSync(path.join(tmpdir(), 'inputs-test-'))
after(() => rmSync(root, { recursive: true, force: true }))

function written(name: string, text: string): string {
  const file = path.join(root, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}

const stored = (name: string) => readModelInputs(path.join(models, name), name)
const xgboost = (learner: unknown) =>
  readModelInputs(written('model.json', JSON.stringify({ learner })), 'model.json')

test('inputs keep the names, order and types that the header gives them', async () => {
  const columns = (type: string) => [
    { name: 'age', type },
    { name: 'income', type },
  ]
  const onnx = { format: 'onnx', count: 2, isPositional: false }
  assert.deepEqual(await stored('named.onnx'), { ...onnx, columns: columns('number') })
  assert.deepEqual(await stored('integers.onnx'), { ...onnx, columns: columns('integer') })
})

test('one matrix has a width and no names', async () => {
  assert.deepEqual(await stored('matrix.onnx'), {
    format: 'onnx',
    columns: [],
    count: 2,
    isPositional: true,
  })
})

test('LightGBM tells the range of the data it was trained on', async () => {
  const inputs = await stored('lightgbm.txt')
  assert.equal(inputs?.isPositional, true)
  assert.deepEqual(
    inputs.columns.map(({ name, range }) => [name, range?.map(Math.floor)]),
    [
      ['age', [21, 79]],
      ['income', [1010, 4952]],
    ],
  )
})

test('LightGBM trained without names has a count only, and codes of a category no range', async () => {
  const head = (names: string, infos: string) =>
    `tree\nversion=v4\nmax_feature_idx=1\nfeature_names=${names}\nfeature_infos=${infos}\n\nTree=0\n`
  const unnamed = await readModelInputs(
    written('a.txt', head('Column_0 Column_1', 'none none')),
    'a',
  )
  assert.deepEqual([unnamed?.columns, unnamed?.count], [[], 2])
  const coded = await readModelInputs(written('b.txt', head('x region', '[0:1] 0:1:2')), 'b')
  assert.deepEqual(coded?.columns, [
    { name: 'x', type: 'number', range: [0, 1] },
    { name: 'region', type: undefined },
  ])
  await assert.rejects(readModelInputs(written('c.txt', head('x', 'none')), 'c'), MlcheckError)
})

test('XGBoost tells how many features there are even when it has no names', async () => {
  const named = await xgboost({
    feature_names: ['a', 'b', 'c'],
    feature_types: ['float', 'int', 'c'],
    learner_model_param: { num_feature: '3' },
  })
  assert.deepEqual(named?.columns, [
    { name: 'a', type: 'number' },
    { name: 'b', type: 'integer' },
    { name: 'c', type: undefined },
  ])
  const unnamed = await xgboost({ learner_model_param: { num_feature: '3' } })
  assert.deepEqual([unnamed?.columns, unnamed?.count], [[], 3])
  assert.equal(await xgboost({ other: 1 }), undefined)
  const cut = written('cut.json', '{"learner": {"feature_names": [')
  await assert.rejects(readModelInputs(cut, 'cut.json'), MlcheckError)
})

test('an MLflow folder without a signature says nothing, a signature that is no list is refused', async () => {
  const mlflow = (name: string, text: string) => {
    written(`${name}/MLmodel`, text)
    return readModelInputs(path.join(root, name), name)
  }
  assert.equal(await mlflow('none', 'flavors: {}\n'), undefined)
  assert.equal(await mlflow('null', 'signature: null\n'), undefined)
  await assert.rejects(mlflow('object', "signature: {inputs: '{}'}\n"), MlcheckError)
  await assert.rejects(mlflow('text', 'signature: {inputs: "["}\n'), MlcheckError)
  await assert.rejects(mlflow('yaml', 'signature: [\n'), MlcheckError)
})

test('other formats and what is not there say nothing', async () => {
  assert.equal(await stored('small.safetensors'), undefined)
  assert.equal(await readModelInputs(path.join(root, 'nothing'), 'nothing'), undefined)
  mkdirSync(path.join(root, 'folder'))
  assert.equal(await readModelInputs(path.join(root, 'folder'), 'folder'), undefined)
})
