import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DEFAULT_INSPECTION_LIMITS } from '../../../src/artifacts/artifact.ts'
import { flattenSteps } from '../../../src/artifacts/fitted-steps.ts'
import type { PyNode } from '../../../src/artifacts/pickle/node.ts'
import { objectFacts } from '../../../src/artifacts/sklearn/object-facts-of.ts'

const text = (value: string): PyNode => ({ kind: 'text', value })
const list = (...items: PyNode[]): PyNode => ({ kind: 'list', items })
const dict = (entries: Readonly<Record<string, PyNode>>): PyNode => ({
  kind: 'dict',
  entries: Object.entries(entries).map(([key, value]) => [text(key), value] as const),
})

function estimator(name: string, attributes: Readonly<Record<string, PyNode>>): PyNode {
  return {
    kind: 'object',
    made: 'newobj',
    callable: { kind: 'global', module: 'sklearn.any', name },
    args: [],
    kwargs: undefined,
    state: dict({ ...attributes, _sklearn_version: text('1.5.2') }),
    items: [],
    entries: [],
  }
}

const facts = (node: PyNode) => objectFacts(node, DEFAULT_INSPECTION_LIMITS)

describe('facts of a pickled object', () => {
  it('end where an object contains itself', () => {
    const items: PyNode[] = []
    const loop: PyNode = { kind: 'list', items }
    items.push(loop, text('a'))
    const found = facts(estimator('Any', { loop, mean_: text('m') }))
    assert.deepEqual(found?.parameters['loop'], [{ kind: 'opaque', class: 'builtins.list' }, 'a'])
    assert.equal(found.parameters['mean_'], 'm')

    const steps: PyNode[] = []
    const pipeline = estimator('Pipeline', { steps: { kind: 'list', items: steps } })
    steps.push({ kind: 'tuple', items: [text('self'), pipeline] })
    assert.equal(facts(pipeline)?.steps.length, 1)
  })

  it('do not grow without end where lists are shared', () => {
    let node = list(text('x'))
    for (let level = 0; level < 100; level += 1) node = list(node, node)
    const limits = { ...DEFAULT_INSPECTION_LIMITS, nodes: 10_000 }
    const found = objectFacts(estimator('Any', { node }), limits)
    assert.ok(JSON.stringify(found).length < 2_000_000)
  })

  it('end at a depth that no model has', () => {
    let node = estimator('Any', {})
    for (let level = 0; level < 3000; level += 1) node = estimator('Any', { estimator_: node })
    const found = facts(node)
    assert.ok(found)
    assert.ok(flattenSteps(found).length < 200)
  })

  it('take the fitted branches of a column transformer, never what it was given', () => {
    const given = estimator('StandardScaler', {})
    const fitted = estimator('StandardScaler', { mean_: list() })
    const branch = (object: PyNode) => list({ kind: 'tuple', items: [text('a'), object, list()] })
    const found = facts(
      estimator('ColumnTransformer', {
        transformers: branch(given),
        transformers_: branch(fitted),
      }),
    )
    assert.equal(found?.steps.length, 1)
    const [step] = found.steps
    assert.ok(typeof step?.object === 'object' && step.object.fitted === true)
    assert.equal(found.parameters['transformers'], undefined)
  })

  it('name the objects of a dictionary at the top of a file', () => {
    const scaler = estimator('StandardScaler', { mean_: list() })
    const found = facts(dict({ scaler, threshold: { kind: 'float', value: 0.5 } }))
    assert.equal(found?.parameters['threshold'], 0.5)
    assert.deepEqual(
      flattenSteps(found).map(({ path }) => path),
      ['', 'scaler'],
    )
  })

  it('keep 1 and "1" apart as keys, and no key reaches the prototype', () => {
    const entries: [PyNode, PyNode][] = [
      [{ kind: 'int', value: 1 }, text('a')],
      [text('1'), text('b')],
    ]
    const odd = dict({ __proto__x: text('c'), ['__proto__']: text('d') })
    const found = facts(estimator('Any', { mixed: { kind: 'dict', entries }, odd }))
    assert.deepEqual(found?.parameters['mixed'], [
      [1, 'a'],
      ['1', 'b'],
    ])
    assert.equal(Object.getPrototypeOf(found.parameters), Object.prototype)
  })

  it('say nothing of a plain value', () => {
    assert.equal(facts(text('a')), null)
    assert.equal(facts({ kind: 'none' }), null)
  })
})
