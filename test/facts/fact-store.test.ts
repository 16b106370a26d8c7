import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { InputError, InterruptedError } from '../../src/core/errors.ts'
import type { FactContext } from '../../src/facts/context.ts'
import { createFacts } from '../../src/facts/fact-store.ts'
import { contextOf } from '../checks/projects.ts'

const project = join(
  fileURLToPath(new URL('../../fixtures/checks/', import.meta.url)),
  'data.input-schema/pass',
)

/** The context of a project whose tables open as `open` says. */
async function withTables(open: FactContext['openSnapshot']): Promise<FactContext> {
  return { ...(await contextOf(project)), openSnapshot: open }
}

test('a fact is gathered when it is first asked for, and once', async () => {
  const context = await contextOf(project)
  let opened = 0
  const facts = createFacts({
    ...context,
    openSnapshot: (path) => {
      opened += 1
      return context.openSnapshot(path)
    },
  })
  assert.equal(opened, 0)
  const [first, second] = await Promise.all([
    facts.get('data.feature-values'),
    facts.get('data.feature-values'),
  ])
  assert.equal(opened, 2)
  assert.equal(first, second)
  assert.equal((await facts.select(['data.feature-values']))['data.feature-values'], first)
})

test('an error that a person can mend makes the fact unreadable, with the reason and the remedy', async () => {
  const context = await withTables(() =>
    Promise.reject(
      new InputError('line 3 is ragged', { location: { path: 'x.csv', line: 3 }, hint: 'mend it' }),
    ),
  )
  assert.deepEqual(await createFacts(context).get('data.feature-values'), {
    key: 'data.feature-values',
    state: 'unreadable',
    reason: 'line 3 is ragged',
    source: { path: 'x.csv', line: 3 },
    remedy: 'mend it',
  })
})

test('a defect and an interruption are not facts', async () => {
  for (const error of [new TypeError('a defect'), new InterruptedError()]) {
    const context = await withTables(() => Promise.reject(error))
    await assert.rejects(createFacts(context).get('data.feature-values'), error)
  }
})

test('a defect of one collector leaves the others alone', async () => {
  const facts = createFacts(await withTables(() => Promise.reject(new TypeError('a defect'))))
  await assert.rejects(facts.get('data.feature-values'), TypeError)
  assert.equal((await facts.get('model.artifact')).state, 'present')
})

test('a block that the manifest lacks is absent, and named', async () => {
  const facts = createFacts(await contextOf(project))
  for (const [key, block] of [
    ['predictions', 'predictions'],
    ['metrics.claimed', 'metrics'],
    ['metrics.recomputed', 'metrics'],
    ['baseline.statistics', 'data.statistics'],
    ['dependencies.requirements', 'dependencies.files'],
    ['reproducibility.runs', 'commands.predict'],
  ] as const) {
    const fact = await facts.get(key)
    assert.equal(fact.state, 'absent', key)
    assert.equal(fact.block, block)
    assert.equal(fact.key, key)
  }
})
