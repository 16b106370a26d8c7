import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { surveySchema } from '../../src/artifacts/skops/schema.ts'

describe('the survey of a schema', () => {
  it('names the function that the loader of operators takes, whatever module is stated', () => {
    const node = {
      __class__: 'methodcaller',
      __module__: 'builtins',
      __loader__: 'OperatorFuncNode',
    }
    const { globals } = surveySchema({ content: [node] })
    assert.deepEqual(
      globals.map(({ module, name }) => `${module}.${name}`),
      ['builtins.methodcaller', 'operator.methodcaller'],
    )
  })
})
