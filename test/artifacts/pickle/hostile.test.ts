import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { DEFAULT_INSPECTION_LIMITS } from '../../../src/artifacts/artifact.ts'
import { inspectPickle } from '../../../src/artifacts/pickle/inspect-pickle.ts'
import { NO_ADDITIONS } from '../../../src/artifacts/policy.ts'
import { messageProblems } from '../../../src/report/messages.ts'

const folder = fileURLToPath(
  new URL('../../../fixtures/artifacts/pickle/hostile/', import.meta.url),
)

interface Expected {
  readonly verdict: string
  readonly globals: readonly string[]
  /** `null` where the words of a library tell what is wrong. */
  readonly codes: readonly string[] | null
}

const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Readonly<
  Record<string, Expected>
>

describe('a pickle that tries to be misjudged', () => {
  for (const [name, { verdict, globals, codes }] of Object.entries(expected)) {
    it(`is ${verdict}: ${name}`, async () => {
      const found = await inspectPickle(
        join(folder, name),
        DEFAULT_INSPECTION_LIMITS,
        NO_ADDITIONS,
        () => performance.now(),
      )
      assert.equal(found.verdict, verdict, JSON.stringify(found.reasons))
      assert.deepEqual(found.globals, globals)
      const foundCodes = [...new Set(found.reasons.map(({ code }) => code))].sort()
      if (codes !== null) assert.deepEqual(foundCodes, codes, JSON.stringify(found.reasons))
      assert.deepEqual(found.reasons.flatMap(messageProblems), [])
    })
  }
})
