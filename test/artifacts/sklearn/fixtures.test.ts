import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { DEFAULT_INSPECTION_LIMITS } from '../../../src/artifacts/artifact.ts'
import { inspectPickle } from '../../../src/artifacts/pickle/inspect-pickle.ts'
import { NO_ADDITIONS } from '../../../src/artifacts/policy.ts'
import { inspectSkops } from '../../../src/artifacts/skops/inspect-skops.ts'
import type { ExpectedObject } from '../../python/account.ts'
import { compareObject } from '../../python/compare.ts'

const root = path.join(import.meta.dirname, '../../../fixtures/artifacts/sklearn')
const versions = readdirSync(root)
  .filter((name) => /^\d/.test(name))
  .sort()

describe('a fitted object is read as Python says it is, number by number', () => {
  assert.ok(versions.length >= 2)
  for (const version of versions) {
    const folder = path.join(root, version)
    const { objects } = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')) as {
      readonly objects: readonly { files: readonly string[]; object: ExpectedObject }[]
    }
    const cases = objects.flatMap(({ files, object }) => files.map((file) => ({ file, object })))
    for (const { file, object } of cases) {
      it(`${file} of ${version}`, async () => {
        const inspect = file.endsWith('.skops') ? inspectSkops : inspectPickle
        const found = await inspect(
          path.join(folder, file),
          DEFAULT_INSPECTION_LIMITS,
          NO_ADDITIONS,
          () => 0,
        )
        assert.deepEqual(found.reasons, [])
        assert.equal(found.verdict, 'safe')
        assert.ok(compareObject(found.object, object, file) > 3)
        assert.deepEqual(found.producers[0], { library: 'scikit-learn', version })
      })
    }
  }
})
