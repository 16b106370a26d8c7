import assert from 'node:assert/strict'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import {
  modelCorruptions,
  type ModelCorruption,
} from '../../fixtures/corruptions/sklearn/corruptions.ts'
import type { Result } from '../../src/core/result.ts'
import { corrupt } from './corrupt.ts'
import { runMlcheck } from './run-program.ts'

const example = path.resolve(import.meta.dirname, '../../fixtures/sklearn')

/** The exit code of one required item alone. */
const EXIT_CODES = { warn: 0, fail: 1, inconclusive: 3 } as const

/** Items that rest on runs of Python are not verified here; `npm run test:python` runs them. */
const RESTS_ON_RUNS = [
  'model.edge-cases',
  'model.size',
  'model.latency',
  'code.serialization',
  'code.reproducibility',
  'code.unit-tests',
  'code.integration-tests',
  'before.all-checks-passed',
]

const AUDIT = ['audit', '--json', '--now', '2026-11-24']

let folder: string
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlcheck-sklearn-'))
})
after(() => rm(folder, { recursive: true, force: true }))

async function copyExample(name: string): Promise<string> {
  const project = path.join(folder, name)
  await cp(example, project, { recursive: true })
  return project
}

test('of the untouched example, files alone show everything that needs no run', async () => {
  const run = await runMlcheck(AUDIT, await copyExample('untouched'))
  assert.equal(run.exitCode, 3, run.stderr)
  const { items } = JSON.parse(run.stdout) as Result
  const open = items.filter(({ outcome }) => outcome === 'inconclusive').map(({ id }) => id)
  assert.deepEqual(open, RESTS_ON_RUNS)
  const raised = items.filter(({ outcome }) => !['pass', 'inconclusive'].includes(outcome))
  // Without the probe, what the service does is known from its source alone.
  assert.deepEqual(
    raised.map(({ id, outcome }) => `${id} ${outcome}`),
    ['code.error-handling warn'],
  )
})

describe('a corrupted example', { concurrency: 2 }, () => {
  for (const corruption of modelCorruptions) {
    test(`${corruption.id}: ${corruption.title}`, async () => {
      const project = await copyExample(corruption.id)
      await corrupt(project, corruption.apply)
      await expectFound(project, corruption)
      await rm(project, { recursive: true })
    })
  }

  test('every corruption has its own name', () => {
    const ids = modelCorruptions.map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length)
  })
})

async function expectFound(project: string, expected: ModelCorruption): Promise<void> {
  const run = await runMlcheck([...AUDIT, '--only', expected.item], project)
  assert.notEqual(run.stdout, '', run.stderr)
  const [item] = (JSON.parse(run.stdout) as Result).items
  assert.ok(item)
  const { outcome, level, findingCode } = expected
  const codes: readonly string[] = item.findings.map(({ code }) => code)
  assert.deepEqual(
    { outcome: item.outcome, level: item.level, found: codes.includes(findingCode) },
    { outcome, level, found: true },
    codes.join(', '),
  )
  assert.equal(run.exitCode, EXIT_CODES[outcome])
}
