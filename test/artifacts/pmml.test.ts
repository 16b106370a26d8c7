import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { ObjectValue } from '../../src/artifacts/object-facts.ts'
import { codes, fixture, inspect, members, step, values, workFolder } from './inspected.ts'

const work = workFolder()
const text = readFileSync(fixture('pmml/small.pmml'), 'utf8')

function list(value: ObjectValue | undefined): readonly ObjectValue[] {
  assert.ok(Array.isArray(value))
  return value as readonly ObjectValue[]
}

describe('a PMML document', () => {
  it('tells its inputs, their ranges and what replaces missing values', async () => {
    const { verdict, producers, object } = await inspect(fixture('pmml/small.pmml'))
    assert.equal(verdict, 'safe')
    assert.deepEqual(producers, [{ library: 'by hand', version: '1.0' }])
    assert.deepEqual(object?.features, ['age', 'income', 'city & land'])
    const [age] = list(object.parameters['data_dictionary'])
    const { name, dataType, intervals } = members(age)
    assert.deepEqual([name, dataType], ['age', 'double'])
    assert.deepEqual(members(list(intervals)[0]), { low: 18, high: 70 })
    const uses = list(object.parameters['mining_schema'])
    assert.equal(members(uses[1])['missingValueReplacement'], '40')
  })

  it('tells its linear scalings', async () => {
    const { columns, object } = step(await inspect(fixture('pmml/small.pmml')), 'age')
    assert.deepEqual(columns, ['age'])
    assert.deepEqual(values(object.parameters['orig']), [40, 49])
    assert.deepEqual(values(object.parameters['norm']), [0, 1])
  })

  it('is unsafe with a document type, and no entity is expanded', async () => {
    const types = [
      '<!DOCTYPE PMML SYSTEM "http://example.org/pmml.dtd">',
      '<!DOCTYPE PMML [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
      '<!DOCTYPE PMML [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    ]
    for (const type of types) {
      const edited = text.replace('<PMML ', `${type}\n<PMML `)
      const found = await inspect(work.write('typed.pmml', edited))
      assert.deepEqual([found.verdict, codes(found)], ['unsafe', ['PMML_DOCUMENT_TYPE']])
      assert.equal(found.object, null)
    }
  })

  it('is inconclusive when it calls functions that are none of PMML', async () => {
    const call = '<Apply function="com.example.Rule"><FieldRef field="age"/></Apply>'
    const found = await inspect(
      work.write('calls.pmml', text.replace(/<NormContinuous[^]*<\/NormContinuous>/, call)),
    )
    assert.deepEqual(codes(found), ['PMML_FOREIGN_FUNCTIONS'])
  })

  it('is inconclusive when an element is not closed or the dictionary is missing', async () => {
    for (const edited of [
      text.replace('</DataDictionary>', ''),
      text.replace(/<DataDictionary[^]*<\/DataDictionary>/, ''),
    ]) {
      const found = await inspect(work.write('broken.pmml', edited))
      assert.deepEqual([found.verdict, codes(found)], ['inconclusive', ['ARTIFACT_MALFORMED']])
    }
  })
})
