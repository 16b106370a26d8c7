import assert from 'node:assert/strict'
import path from 'node:path'
import { describe, it } from 'node:test'
import { DEFAULT_INSPECTION_LIMITS } from '../../../src/artifacts/artifact.ts'
import { flattenSteps } from '../../../src/artifacts/fitted-steps.ts'
import type { ObjectFacts, ObjectStep, ObjectValue } from '../../../src/artifacts/object-facts.ts'
import { inspectPickle } from '../../../src/artifacts/pickle/inspect-pickle.ts'
import { NO_ADDITIONS } from '../../../src/artifacts/policy.ts'

const root = path.join(import.meta.dirname, '../../../fixtures/artifacts/sklearn/1.5.2')

async function stepsOf(file: string) {
  const { object } = await inspectPickle(
    path.join(root, file),
    DEFAULT_INSPECTION_LIMITS,
    NO_ADDITIONS,
    () => 0,
  )
  assert.ok(object)
  return flattenSteps(object)
}

function made(
  name: string,
  parameters: Readonly<Record<string, ObjectValue>> = {},
  steps: readonly ObjectStep[] = [],
): ObjectFacts {
  const columns = { features: null, featureCount: null }
  return { kind: 'object', class: `lib.${name}`, fitted: true, ...columns, parameters, steps }
}

function pipeline(features: readonly string[], ...objects: readonly ObjectFacts[]): ObjectFacts {
  const steps = objects.map((object, index): ObjectStep => {
    return { name: String(index), role: 'sequence', columns: null, object }
  })
  return { ...made('Pipeline', {}, steps), features, featureCount: features.length }
}

const statistics = (values: readonly number[]): Readonly<Record<string, ObjectValue>> => ({
  statistics_: { kind: 'array', dtype: '<f8', shape: [values.length], values, sha256: null },
})

describe('the objects inside a fitted object', () => {
  it('have paths, the columns that they see, and what comes before them', async () => {
    const steps = await stepsOf('ColumnTransformer-deep.joblib')
    assert.deepEqual(
      steps.map(({ path, className, features, upstream }) => [path, className, features, upstream]),
      [
        ['', 'Pipeline', ['age', 'income', 'visits', 'constant', 'city', 'size'], []],
        [
          'steps[prep]',
          'ColumnTransformer',
          ['age', 'income', 'visits', 'constant', 'city', 'size'],
          [],
        ],
        ['steps[prep].transformers_[num]', 'Pipeline', ['age', 'income'], []],
        ['steps[prep].transformers_[num].steps[impute]', 'SimpleImputer', ['age', 'income'], []],
        [
          'steps[prep].transformers_[num].steps[scale]',
          'StandardScaler',
          ['age', 'income'],
          ['steps[prep].transformers_[num].steps[impute]'],
        ],
        ['steps[prep].transformers_[cat]', 'OneHotEncoder', ['city', 'size'], []],
        ['steps[prep].transformers_[raw]', 'FunctionTransformer', ['visits'], []],
        // It sees one column for each category: none of the table's.
        ['steps[model]', 'LogisticRegression', undefined, ['steps[prep]']],
      ],
    )
  })

  it('have no names of columns when the table had none', async () => {
    const steps = await stepsOf('ColumnTransformer-positions.zlib.joblib')
    assert.deepEqual(
      steps.map(({ path, features }) => [path, features]),
      [
        ['', undefined],
        ['transformers_[slice]', undefined],
        ['transformers_[negative]', undefined],
        ['transformers_[remainder]', undefined],
      ],
    )
  })

  it('of a regressor see the columns or the target', async () => {
    const steps = await stepsOf('TransformedTargetRegressor.joblib')
    const columns = ['age', 'income', 'visits', 'constant']
    assert.deepEqual(
      steps.map(({ path, features }) => [path, features]),
      [
        ['', columns],
        ['transformer_', undefined],
        ['regressor_', columns],
      ],
    )
  })

  it('keep names behind an imputer only when it adds and drops no column', () => {
    const scaler = made('StandardScaler')
    const seen = (imputer: ObjectFacts) =>
      flattenSteps(pipeline(['a', 'b'], imputer, scaler)).at(-1)?.features
    assert.deepEqual(seen(made('SimpleImputer', statistics([1, 2]))), ['a', 'b'])
    assert.equal(seen(made('SimpleImputer', statistics([1, NaN]))), undefined)
    assert.equal(
      seen(made('SimpleImputer', { ...statistics([1, 2]), add_indicator: true })),
      undefined,
    )
    assert.equal(seen(made('SimpleImputer')), undefined)
    assert.equal(seen(made('FunctionTransformer', { func: 'log' })), undefined)
    assert.deepEqual(seen(made('FunctionTransformer', { func: null })), ['a', 'b'])
  })

  it('lose names when their number is another', () => {
    const scaler = { ...made('StandardScaler'), featureCount: 3 }
    assert.equal(flattenSteps(pipeline(['a', 'b'], scaler)).at(-1)?.features, undefined)
  })
})
