import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import { InputError } from '../../src/core/errors.ts'
import { loadResult } from '../../src/config/stored-result.ts'
import { exampleResult } from './example-result.ts'
import { scratchFolder } from '../scratch-folder.ts'

function store(t: TestContext, text: string): Promise<unknown> {
  return loadResult('r.json', scratchFolder(t, { 'r.json': text }))
}

test('a stored result comes back as it was', async (t) => {
  assert.deepEqual(await store(t, JSON.stringify(exampleResult)), exampleResult)
})

test('fields of a later minor version are kept, those of the same version refused', async (t) => {
  const later = { ...exampleResult, schemaVersion: '1.7', novelty: { a: 1 } }
  assert.deepEqual(await store(t, JSON.stringify(later)), later)
  await assert.rejects(store(t, JSON.stringify({ ...exampleResult, novelty: 1 })), /novelty/)
  const broken = { ...later, verdict: { outcome: 'pass' } }
  await assert.rejects(store(t, JSON.stringify(broken)), /verdict\.exitCode/)
})

test('another major version, another file and a torn file are refused in words', async (t) => {
  const refused = async (text: string, message: RegExp): Promise<void> => {
    const error: unknown = await store(t, text).catch((e: unknown) => e)
    assert.ok(error instanceof InputError)
    assert.match(error.message, message)
    assert.equal(error.location?.path, 'r.json')
  }
  await refused(JSON.stringify({ ...exampleResult, schemaVersion: '2.0' }), /version 2\.0/)
  await refused('{"a": 1}', /not a result/)
  await refused('[]', /not a result/)
  await refused(JSON.stringify(exampleResult).slice(0, 500), /not a JSON file/)
  await assert.rejects(loadResult('absent.json', scratchFolder(t, {})), /no such file/)
})

test('a verdict that nobody can have given is refused', async (t) => {
  const wrong = { ...exampleResult, verdict: { outcome: 'pass', exitCode: 5, reason: '' } }
  await assert.rejects(store(t, JSON.stringify(wrong)), InputError)
})

test('a null without a reason, and a key of no meaning, are refused by name', async (t) => {
  const [column] = exampleResult.columns
  assert.ok(column?.reference)
  const withColumn = (changed: object): string =>
    JSON.stringify({ ...exampleResult, columns: [{ ...column, ...changed }] })
  const refused = async (changed: object, message: RegExp): Promise<void> => {
    await assert.rejects(store(t, withColumn(changed)), message)
  }
  const { reference } = column
  await refused({ reference: { ...reference, mean: null } }, /reference\.mean: .*`meanReason`/)
  await refused({ distances: { energy: null } }, /distances\.energy: .*`energyReason`/)
  await refused(
    { reference: { ...reference, maen: 'x' } },
    /unknown key "maen"; did you mean "mean"/,
  )
  await store(t, withColumn({ distances: { energy: null, energyReason: 'one value' } }))
})

test('of many problems the first five are listed, and the rest counted', async (t) => {
  const { run, verdict, summary } = exampleResult
  await assert.rejects(
    store(t, JSON.stringify({ schemaVersion: '1.0', run, verdict, summary })),
    /\n(  .+: missing \(.+\)\n){5}  and 5 more$/,
  )
})

test('what is not UTF-8 or no file is refused in words', async (t) => {
  const cwd = scratchFolder(t, { 'folder/': '' })
  await assert.rejects(loadResult('folder', cwd), /the file cannot be read/)
  writeFileSync(path.join(cwd, 'latin.json'), Buffer.from([0x22, 0xe9, 0x22]))
  await assert.rejects(loadResult('latin.json', cwd), /not a JSON file/)
})
