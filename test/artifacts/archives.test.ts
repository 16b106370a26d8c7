import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { DEFAULT_INSPECTION_LIMITS } from '../../src/artifacts/artifact.ts'
import { inspectNpy, inspectNpz } from '../../src/artifacts/numpy/inspect-npy.ts'
import { NO_ADDITIONS } from '../../src/artifacts/policy.ts'
import { inspectSkops } from '../../src/artifacts/skops/inspect-skops.ts'
import { inspectTorch } from '../../src/artifacts/torch/inspect-torch.ts'
import { messageProblems } from '../../src/report/messages.ts'

const READERS = { npy: inspectNpy, npz: inspectNpz, skops: inspectSkops, torch: inspectTorch }

const folder = path.join(import.meta.dirname, '../../fixtures/artifacts/archives')
const expected = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')) as Readonly<
  Record<string, { kind: keyof typeof READERS; verdict: string; codes: readonly string[] }>
>

describe('an archive of a model', () => {
  for (const [file, { kind, verdict, codes }] of Object.entries(expected)) {
    it(`${file} is ${verdict}${codes.length > 0 ? ` for ${codes.join(', ')}` : ''}`, async () => {
      const found = await READERS[kind](
        path.join(folder, file),
        DEFAULT_INSPECTION_LIMITS,
        NO_ADDITIONS,
        () => 0,
      )
      const given = found.reasons.map(({ code }) => code)
      if (verdict === 'safe') assert.deepEqual(given, [])
      for (const code of codes) assert.ok(given.includes(code as Uppercase<string>), given.join())
      assert.equal(found.verdict, verdict)
      assert.equal(found.kind, kind)
      assert.deepEqual(found.reasons.flatMap(messageProblems), [])
    })
  }
})
