import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import {
  DEFAULT_INSPECTION_LIMITS,
  type Inspection,
  type InspectionLimits,
} from '../../src/artifacts/artifact.ts'
import { inspectNpy, inspectNpz } from '../../src/artifacts/numpy/inspect-npy.ts'
import { inspectPickle } from '../../src/artifacts/pickle/inspect-pickle.ts'
import { NO_ADDITIONS, type GlobalPolicy } from '../../src/artifacts/policy.ts'
import { inspectSkops } from '../../src/artifacts/skops/inspect-skops.ts'
import type { Account } from './account.ts'
import { compareObject, compareValue } from './compare.ts'

type Inspect = (
  path: string,
  limits: InspectionLimits,
  policy: GlobalPolicy,
  now: () => number,
) => Promise<Inspection>

const READERS: Readonly<Record<string, Inspect>> = {
  joblib: inspectPickle,
  pickle: inspectPickle,
  skops: inspectSkops,
  npy: inspectNpy,
  npz: inspectNpz,
}

/** Fewer would mean that the account of Python became empty. */
const LEAST_COMPARED = 20_000

const folders = (process.env['MLCHECK_PYTHON_ARTEFACTS'] ?? '').split(path.delimiter)

async function inspect(folder: string, file: string, kind: string): Promise<Inspection> {
  const reader = READERS[kind]
  assert.ok(reader, `no reader for ${kind}`)
  const found = await reader(path.join(folder, file), DEFAULT_INSPECTION_LIMITS, NO_ADDITIONS, () =>
    performance.now(),
  )
  assert.deepEqual(found.reasons, [], file)
  assert.equal(found.verdict, 'safe')
  assert.equal(found.kind, kind)
  return found
}

for (const folder of folders) {
  assert.notEqual(folder, '', 'run these tests with npm run test:python')
  const account = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')) as Account
  const name = readFileSync(path.join(folder, 'versions.txt'), 'utf8').trim()

  describe(`artefacts of ${name}`, () => {
    let compared = 0

    for (const { file, kind, object } of account.objects) {
      it(`${file} is read as Python says`, async () => {
        const found = await inspect(folder, file, kind)
        compared += compareObject(found.object, object, file)
        const [producer] = found.producers
        assert.equal(producer?.library, 'scikit-learn')
        assert.ok(name.includes(`scikit-learn ${String(producer.version)}`))
      })
    }

    for (const { file, kind, arrays } of account.arrays) {
      it(`${file} is read as Python says`, async () => {
        const found = await inspect(folder, file, kind)
        assert.deepEqual(
          Object.keys(found.object?.parameters ?? {}).sort(),
          Object.keys(arrays).sort(),
        )
        for (const [label, value] of Object.entries(arrays)) {
          const actual = found.object?.parameters[label] ?? null
          compared += compareValue(actual, value, `${file}: ${label}`)
        }
      })
    }

    it('many values were compared', () => {
      assert.ok(compared >= LEAST_COMPARED, `${String(compared)} values were compared`)
    })
  })
}
