import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { InputError } from '../../src/core/errors.ts'
import { parseUbjson } from '../../src/artifacts/xgboost/ubjson.ts'
import { codes, fixture, inspect, members, workFolder } from './inspected.ts'

const work = workFolder()

describe('a LightGBM model', () => {
  const text = readFileSync(fixture('lightgbm/small.txt'), 'utf8')

  it('tells features, ranges and objective', async () => {
    const { verdict, object } = await inspect(fixture('lightgbm/small.txt'))
    assert.equal(verdict, 'safe')
    assert.deepEqual(object?.features, ['age', 'income', 'city', 'unused'])
    const infos = members(object.parameters['feature_infos'])
    assert.deepEqual(members(infos['age']), { low: 18, high: 69 })
    assert.deepEqual(members(infos['city']), { codes: [-1, 2, 0, 1] })
    assert.equal(object.parameters['objective'], 'binary sigmoid:1')
    assert.equal(object.parameters['trees'], 3)
  })

  it('is inconclusive when its line ends were changed', async () => {
    const found = await inspect(work.write('crlf.txt', text.replaceAll('\n', '\r\n')))
    assert.deepEqual([found.verdict, codes(found)], ['inconclusive', ['LIGHTGBM_CARRIAGE_RETURNS']])
  })

  it('is inconclusive when a tree was edited or left out', async () => {
    const edits = {
      longer: text.replace('leaf_value=', 'leaf_value=0'),
      fewer: text.replace(/Tree=1\n[^]*?(?=Tree=2)/, ''),
      ended: text.slice(0, text.indexOf('Tree=2') + 20),
    }
    for (const [name, edited] of Object.entries(edits)) {
      assert.notEqual(edited, text)
      const found = await inspect(work.write('edited.txt', edited))
      assert.deepEqual(codes(found), ['LIGHTGBM_TREE_SIZES'], name)
    }
  })

  it('is inconclusive when it names too few features', async () => {
    // The header is not counted in tree_sizes.
    const found = await inspect(work.write('few.txt', text.replace('age income', 'age')))
    assert.deepEqual(codes(found), ['ARTIFACT_MALFORMED'])
  })
})

describe('an XGBoost model', () => {
  it('says the same in JSON and in UBJSON', async () => {
    const [json, binary] = [
      await inspect(fixture('xgboost/small.json')),
      await inspect(fixture('xgboost/small.ubj')),
    ]
    assert.deepEqual(json, binary)
    assert.equal(json.verdict, 'safe')
    assert.deepEqual(json.producers, [{ library: 'xgboost', version: '3.2.0' }])
    assert.deepEqual(json.object?.features, ['age', 'income', 'is_new'])
    assert.deepEqual(json.object.parameters['feature_types'], ['int', 'float', 'i'])
    assert.equal(json.object.parameters['objective'], 'binary:logistic')
    assert.equal(json.object.parameters['trees'], 3)
  })

  it('is inconclusive when a key occurs twice or names are missing', async () => {
    const text = readFileSync(fixture('xgboost/small.json'), 'utf8')
    for (const edited of [
      text.replace('{"learner":', '{"learner":{},"learner":'),
      text.replace('"income",', ''),
      text.replace('"num_feature":"3","num_target"', '"num_feature":"4","num_target"'),
      text.slice(0, -1),
    ]) {
      assert.notEqual(edited, text)
      const found = await inspect(work.write('edited.json', edited))
      assert.deepEqual([found.verdict, codes(found)], ['inconclusive', ['ARTIFACT_MALFORMED']])
    }
  })

  it('in UBJSON is read within its bytes, its depth and its number of values', () => {
    const bytes = (text: string) => Buffer.from(text, 'latin1')
    assert.deepEqual(parseUbjson(bytes('{U\x01a[#U\x02TZ}'), 'x', 10), { a: [true, null] })
    assert.deepEqual(parseUbjson(bytes('[$d#U\x01\0\0\0\0'), 'x', 10), { numbers: 1 })
    for (const text of [
      '',
      '{',
      '{U\x09a',
      '[$d#l\x7f\xff\xff\xff',
      '[#L\x7f\xff\xff\xff\xff\xff\xff\xff',
      '[#i\xff',
      '['.repeat(200),
      '[TTTTTTTTTTTT]',
      '{U\x01aTU\x01aT}',
      '{}T',
      'N',
    ]) {
      assert.throws(() => parseUbjson(bytes(text), 'x', 10), InputError, JSON.stringify(text))
    }
  })
})

describe('a CatBoost model', () => {
  it('tells features, objective and version in JSON', async () => {
    const { verdict, producers, object } = await inspect(fixture('catboost/small.json'))
    assert.equal(verdict, 'safe')
    assert.deepEqual(producers, [{ library: 'catboost', version: '1.2.10' }])
    assert.deepEqual(object?.features, ['age', 'income', 'city'])
    assert.deepEqual(object.parameters['categorical_features'], ['city'])
    assert.equal(object.parameters['objective'], 'Logloss')
  })

  it('is recognised in its binary format, and inconclusive', async () => {
    const found = await inspect(fixture('catboost/small.cbm'))
    assert.deepEqual([found.kind, codes(found)], ['catboost', ['CATBOOST_BINARY']])
    const whole = readFileSync(fixture('catboost/small.cbm'))
    const cut = await inspect(work.write('cut.cbm', whole.subarray(0, 600)))
    assert.deepEqual(codes(cut), ['ARTIFACT_MALFORMED'])
  })
})
