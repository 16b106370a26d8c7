import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import { ARTIFACT_KINDS, DEFAULT_INSPECTION_LIMITS } from '../../src/artifacts/artifact.ts'
import { lookAt } from '../../src/artifacts/candidate.ts'
import { ARTIFACT_FORMATS, inspectArtifact } from '../../src/artifacts/registry.ts'
import { InputError } from '../../src/core/errors.ts'

const FIXTURES = path.join(import.meta.dirname, '../../fixtures')
const ARTIFACTS = path.join(FIXTURES, 'artifacts')
const root = mkdtempSync(path.join(tmpdir(), 'artifacts-'))
after(() => {
  rmSync(root, { recursive: true, force: true })
})
const now = () => 0

/** One file or folder of each format, and the kind that it is reported as. */
const SAMPLES: Readonly<Record<string, readonly [file: string, kind: string]>> = {
  'git-lfs-pointer': ['artifacts/pointers/git-lfs', 'git-lfs-pointer'],
  'dvc-pointer': ['artifacts/pointers/model.joblib.dvc', 'dvc-pointer'],
  'git-annex-pointer': ['artifacts/pointers/git-annex', 'git-annex-pointer'],
  mlflow: ['artifacts/mlflow/model', 'mlflow'],
  skops: ['artifacts/archives/good.skops', 'skops'],
  keras: ['artifacts/keras/small.keras', 'keras'],
  torch: ['artifacts/archives/good.pt', 'torch'],
  npz: ['artifacts/archives/good.npz', 'npz'],
  npy: ['artifacts/archives/good.npy', 'npy'],
  hdf5: ['artifacts/keras/small.h5', 'hdf5'],
  safetensors: ['artifacts/safetensors/small.safetensors', 'safetensors'],
  'safetensors-shards': ['artifacts/safetensors/model.safetensors.index.json', 'safetensors'],
  onnx: ['artifacts/onnx/pipeline.onnx', 'onnx'],
  lightgbm: ['artifacts/lightgbm/small.txt', 'lightgbm'],
  xgboost: ['artifacts/xgboost/small.ubj', 'xgboost'],
  catboost: ['artifacts/catboost/small.json', 'catboost'],
  pmml: ['artifacts/pmml/small.pmml', 'pmml'],
  pickle: ['sklearn/models/model.joblib', 'joblib'],
}

describe('the registry of model formats', () => {
  it('has ids of its own, a title and a sample for each format', () => {
    const ids = ARTIFACT_FORMATS.map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length)
    assert.deepEqual([...ids].sort(), Object.keys(SAMPLES).sort())
    for (const { title } of ARTIFACT_FORMATS) assert.ok(title.trim().length > 0)
    for (const [, kind] of Object.values(SAMPLES)) {
      assert.ok(ARTIFACT_KINDS.some((known) => known === kind))
    }
  })

  for (const [id, [file, kind]] of Object.entries(SAMPLES)) {
    const place = path.join(FIXTURES, file)

    it(`${id}: is recognised by its content, and by this format alone`, async () => {
      const candidate = await lookAt(place, DEFAULT_INSPECTION_LIMITS)
      const fitting = ARTIFACT_FORMATS.filter((format) => format.matches(candidate))
      assert.deepEqual(
        fitting.map((format) => format.id),
        [id],
      )
    })

    it(`${id}: is of the same kind whatever it is called`, async () => {
      const found = await inspectArtifact(place, { now })
      assert.equal(found.kind, kind)
      if (id === 'safetensors-shards') return
      for (const name of ['model.txt', 'model.onnx', 'model.skops', 'model']) {
        const moved = path.join(root, `${id}-${name}`)
        cpSync(place, moved, { recursive: true })
        const { verdict, object } = await inspectArtifact(moved, { now })
        assert.equal(verdict, found.verdict)
        assert.deepEqual(object, found.object)
      }
    })

    it(`${id}: is never safe when it is cut off, and never an error`, async () => {
      if (kind === 'mlflow' || kind.endsWith('-pointer')) return
      const whole = readFileSync(place)
      for (const share of [0.01, 0.3, 0.7, 0.99]) {
        const cut = path.join(root, `cut-${id}`)
        writeFileSync(cut, whole.subarray(0, Math.floor(whole.length * share)))
        const { verdict } = await inspectArtifact(cut, { now })
        assert.notEqual(verdict, 'safe', String(share))
      }
    })
  }

  it('leaves other content inconclusive, and says so', async () => {
    for (const [name, text] of Object.entries({
      empty: '',
      csv: 'a,b\n1,2\n',
      requirements: 'Numpy==2.0\n',
      zip: 'PK\x03\x04 and nothing else',
    })) {
      const file = path.join(root, `other-${name}.pkl`)
      writeFileSync(file, text, 'latin1')
      const { kind, verdict, reasons } = await inspectArtifact(file, { now })
      assert.deepEqual([kind, verdict], ['unknown', 'inconclusive'], name)
      assert.deepEqual(
        reasons.map(({ code }) => code),
        ['ARTIFACT_UNKNOWN'],
      )
    }
  })

  it('never calls content safe that two formats could read', async () => {
    const both = path.join(root, 'both.json')
    const xgboost = readFileSync(path.join(ARTIFACTS, 'xgboost/small.json'), 'utf8')
    writeFileSync(both, xgboost.replace('{', '{"features_info":{},'))
    const { kind, verdict, reasons } = await inspectArtifact(both, { now })
    assert.equal(kind, 'xgboost')
    assert.equal(verdict, 'inconclusive')
    assert.ok(reasons.some(({ code }) => code === 'ARTIFACT_AMBIGUOUS'))
  })

  it('finds a pickle without a signature', async () => {
    const file = path.join(root, 'protocol-0.txt')
    writeFileSync(file, "cposix\nsystem\n(S'true'\ntR.")
    const { kind, verdict, globals } = await inspectArtifact(file, { now })
    assert.deepEqual([kind, verdict, globals], ['pickle', 'unsafe', ['posix.system']])
  })

  it('refuses a folder of no known kind, and a path where nothing is', async () => {
    await assert.rejects(inspectArtifact(root, { now }), InputError)
    await assert.rejects(inspectArtifact(path.join(root, 'nothing'), { now }), InputError)
  })
})
