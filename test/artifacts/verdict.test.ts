import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ALLOWED, ALLOWED_GROUPS } from '../../src/artifacts/globals/allowed.ts'
import { deniedBecause } from '../../src/artifacts/globals/denied.ts'
import type { PyGlobal } from '../../src/artifacts/pickle/node.ts'
import { NO_ADDITIONS, type GlobalPolicy } from '../../src/artifacts/policy.ts'
import { judgeGlobals } from '../../src/artifacts/verdict.ts'

const global = (module: string, name: string): PyGlobal => ({ kind: 'global', module, name })

function severities(module: string, name: string, policy: GlobalPolicy = NO_ADDITIONS): string[] {
  return judgeGlobals([global(module, name)], policy).map(({ severity }) => severity)
}

describe('what a model file refers to', () => {
  it('is allowed by its full pair alone', () => {
    const module = 'sklearn.preprocessing._data'
    assert.deepEqual(severities(module, 'StandardScaler'), [])
    assert.deepEqual(severities(module, 'StandardScaler.fit'), ['inconclusive'])
    assert.deepEqual(severities(`${module}.StandardScaler`, 'fit'), ['inconclusive'])
    assert.deepEqual(severities('sklearn.preprocessing', '_data.StandardScaler'), ['inconclusive'])
    assert.deepEqual(severities(`x.${module}`, 'StandardScaler'), ['inconclusive'])
    assert.deepEqual(severities(module, 'standardscaler'), ['inconclusive'])
    assert.deepEqual(severities(module, ''), ['inconclusive'])
  })

  it('may be named as Python 2 named it', () => {
    assert.deepEqual(severities('__builtin__', 'set'), [])
    assert.deepEqual(severities('copy_reg', '_reconstructor'), [])
    assert.deepEqual(severities('__builtin__', 'unicode.split'), [])
    assert.deepEqual(severities('builtins', 'unicode.split'), ['inconclusive'])
    assert.deepEqual(severities('__builtin__', 'eval'), ['fail'])
  })

  it('is unsafe with everything below a dangerous module, by whatever it is reached', () => {
    for (const [module, name] of [
      ['os', 'anything'],
      ['os.path', 'join'],
      ['subprocess', 'Popen.__init__'],
      ['joblib.numpy_pickle', 'os.getpid'],
      ['sklearn.base', 'sys.modules'],
      ['numpy', 'os'],
      ['functools', 'partial.__globals__'],
      ['sklearn.base', '__builtins__.eval'],
    ] as const) {
      assert.deepEqual(severities(module, name), ['fail'], `${module} ${name}`)
    }
  })

  it('may have the name of something in our own language', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      assert.deepEqual(severities(name, name), ['inconclusive'])
      assert.deepEqual(severities('__builtin__', name), ['inconclusive'])
      assert.deepEqual(severities('numpy', name), ['inconclusive'])
    }
  })

  it('is a finding when it belongs to the programme that saved it', () => {
    const [finding] = judgeGlobals([global('__main__', 'Model')], NO_ADDITIONS)
    assert.equal(finding?.code, 'GLOBAL_OF_MAIN')
    assert.equal(finding.severity, 'inconclusive')
  })

  it('is judged once, in the order of its name', () => {
    const found = judgeGlobals([global('z', 'b'), global('a', 'b'), global('z', 'b')], NO_ADDITIONS)
    assert.deepEqual(
      found.map(({ args }) => args['global']),
      ['a.b', 'z.b'],
    )
  })
})

describe('the additions of a project', () => {
  const mine = { allow: ['mine.Scaler'], deny: [] }

  it('allow a name in full, and neither what it contains nor what contains it', () => {
    assert.deepEqual(severities('mine', 'Scaler', mine), [])
    assert.deepEqual(severities('mine', 'Scaler.load', mine), ['inconclusive'])
    assert.deepEqual(severities('mine.Scaler', 'load', mine), ['inconclusive'])
    assert.deepEqual(severities('', 'mine.Scaler', mine), ['inconclusive'])
    assert.deepEqual(severities('mine', 'Scalers', mine), ['inconclusive'])
  })

  it('cannot allow what runs code or commands', () => {
    assert.deepEqual(severities('os', 'system', { allow: ['os.system'], deny: [] }), ['fail'])
    assert.deepEqual(severities('builtins', 'eval', { allow: ['builtins.eval'], deny: [] }), [
      'fail',
    ])
  })

  it('deny what is allowed otherwise', () => {
    const policy = { allow: ['numpy.ndarray'], deny: ['numpy.ndarray'] }
    assert.deepEqual(severities('numpy', 'ndarray', policy), ['fail'])
  })
})

describe('the lists', () => {
  it('do not contradict each other', () => {
    const both = [...ALLOWED].flatMap(([module, names]) =>
      [...names].filter((name) => deniedBecause(module, name) !== undefined),
    )
    assert.deepEqual(both, [])
  })

  it('give a reason for every group, and name no module without a name', () => {
    for (const { reason, modules } of ALLOWED_GROUPS) {
      assert.match(reason, /^[A-Z].*\.$/)
      for (const names of Object.values(modules)) assert.match(names, /^\S+( \S+)*$/)
    }
  })
})
