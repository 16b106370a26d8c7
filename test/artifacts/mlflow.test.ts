import assert from 'node:assert/strict'
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { codes, fixture, inspect, step, workFolder } from './inspected.ts'

const work = workFolder()
const model = path.join(work.folder, 'model')

function copied(): void {
  rmSync(model, { recursive: true, force: true })
  cpSync(fixture('mlflow/model'), model, { recursive: true })
}

describe('an MLflow model folder', () => {
  it('tells signature, flavours and environment, and what its model file says', async () => {
    const found = await inspect(fixture('mlflow/model'))
    assert.equal(found.verdict, 'safe')
    assert.deepEqual(found.producers[0], { library: 'mlflow', version: '3.17.0' })
    assert.deepEqual(found.object?.features, ['age', 'income', 'city', 'unused'])
    assert.deepEqual(found.object.parameters['requirements'], [
      'mlflow==3.17.0',
      'lightgbm==4.7.0',
      'numpy==2.4.6',
    ])
    assert.equal(step(found, 'model.lgb').object.class, 'lightgbm.Booster')
  })

  it('is as unsafe as a file in it, and says which', async () => {
    copied()
    writeFileSync(path.join(model, 'python_model.pkl'), "cposix\nsystem\n(S'true'\ntR.")
    const found = await inspect(model)
    assert.equal(found.verdict, 'unsafe')
    assert.deepEqual(found.globals, ['posix.system'])
    assert.deepEqual(found.reasons[0]?.location, { path: 'python_model.pkl' })
  })

  it('is inconclusive with code, or a loader, of its own', async () => {
    copied()
    mkdirSync(path.join(model, 'code'))
    writeFileSync(path.join(model, 'code', 'ours.py'), 'x = 1\n')
    assert.deepEqual(codes(await inspect(model)), ['MLFLOW_CODE'])
    copied()
    const text = 'flavors:\n  python_function:\n    loader_module: ours\n'
    writeFileSync(path.join(model, 'MLmodel'), text)
    assert.deepEqual(codes(await inspect(model)), ['MLFLOW_LOADER'])
  })

  it('is inconclusive without the model that it names, or with a file that nobody knows', async () => {
    copied()
    rmSync(path.join(model, 'model.lgb'))
    assert.deepEqual(codes(await inspect(model)), ['ARTIFACT_FILE_MISSING'])
    copied()
    writeFileSync(path.join(model, 'weights.bin'), Buffer.from([1, 2, 3]))
    assert.deepEqual(codes(await inspect(model)), ['ARTIFACT_UNKNOWN'])
  })

  it('is inconclusive when its MLmodel cannot be read', async () => {
    for (const text of ['a: [1', 'a: 1\na: 2\n', 'signature:\n  inputs: "{}"\n']) {
      copied()
      writeFileSync(path.join(model, 'MLmodel'), text)
      assert.deepEqual(codes(await inspect(model)), ['ARTIFACT_MALFORMED'], text)
    }
  })

  it('lists the names of its files, however many', async () => {
    copied()
    const names = Array.from({ length: 150_000 }, (_, index) => `ca${String(index)}\nb\n0`)
    writeFileSync(path.join(model, 'more.pkl'), `${names.join('')}N.`)
    assert.equal((await inspect(model)).globals.length, names.length)
  })

  it('is inconclusive at once when its files are nested deeply or have more keys than any model', async () => {
    const keys = Array.from({ length: 200_000 }, (_, index) => `key${String(index)}:`)
    const texts = [
      '- '.repeat(100_000),
      '? '.repeat(100_000),
      keys.join('\n'),
      `{${keys.join(',')}}`,
    ]
    for (const name of ['MLmodel', 'conda.yaml']) {
      for (const text of texts) {
        copied()
        writeFileSync(path.join(model, name), text)
        const start = performance.now()
        const found = await inspect(model)
        assert.deepEqual(codes(found), ['ARTIFACT_MALFORMED'], text.slice(0, 20))
        assert.ok(performance.now() - start < 2000, text.slice(0, 20))
      }
    }
  })
})

describe('a pointer', () => {
  it('of git-annex may be a link to nothing', async () => {
    const link = path.join(work.folder, 'annexed.joblib')
    symlinkSync('.git/annex/objects/aa/bb/SHA256E-s1--00.joblib', link)
    const found = await inspect(link)
    assert.deepEqual([found.kind, found.verdict], ['git-annex-pointer', 'inconclusive'])
  })
})
