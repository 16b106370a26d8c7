import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { CHECKS } from '../../src/checks/registry.ts'
import { APPS } from '../../src/cli/apps.ts'
import { loadChecklist } from '../../src/config/load-checklist.ts'
import type { Result } from '../../src/core/result.ts'
import { isKnownReference } from '../../src/report/references.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { cli, packageRoot } from './harness.ts'

const shipped = { defaultPath: path.join(packageRoot, 'checklist.yaml'), checks: CHECKS }

const PROJECT = {
  'model.yaml': `version: 1
model: {name: m, task: regression, path: model.bin, limits: {size: 3KiB}}
`,
  'model.bin': 'weights',
  'checklist.yaml': 'version: 1\nextends: ml-test-score\n',
  'docs/review.md': 'Looked at.\n',
}

const run = (args: readonly string[], cwd: string) => cli(args, { cwd, apps: APPS })

async function audited(folder: string, ...more: readonly string[]): Promise<Result> {
  const { stdout, stderr } = await run(['audit', '--no-history', '--json', ...more], folder)
  assert.notEqual(stdout, '', stderr)
  return JSON.parse(stdout) as Result
}

/** A list of the given tests, each decided by the size of the model or by a person. */
function listOf(tests: Readonly<Record<string, 'check' | 'person'>>): string {
  const items = Object.entries(tests).map(
    ([id, by]) =>
      `  - {id: t.${id}, title: T, section: model, phase: before, required: ${String(by === 'check')}, refs: ["mltestscore:${id}"], check: ${by === 'check' ? 'model.size' : 'attest'}}\n`,
  )
  return `version: 1\nscore: ml-test-score\nitems:\n${items.join('')}`
}

describe('the profile ml-test-score', () => {
  test('has the 28 tests, each once, manual ones with a document', async () => {
    const { items, score } = await loadChecklist('ml-test-score', shipped)
    assert.equal(score, 'ml-test-score')
    const expected = ['data', 'model', 'infra', 'monitor'].flatMap((section) =>
      [1, 2, 3, 4, 5, 6, 7].map((n) => `${section}-${String(n)}`),
    )
    assert.deepEqual(
      items.map(({ id }) => id),
      expected.map((test) => `mltestscore.${test}`),
    )
    for (const item of items) {
      assert.deepEqual(item.refs, [item.id.replace('.', ':')])
      assert.equal(item.required, item.check !== 'attest', item.id)
      if (item.check === 'attest') assert.equal(item.minEvidence, 'documented')
    }
  })

  test('is extended by name, keeps its place in the result, and may be overridden', async (t) => {
    const folder = scratchFolder(t, {
      ...PROJECT,
      'checklist.yaml': `version: 1
extends: ml-test-score
items:
  - {id: mltestscore.data-2, required: true}
`,
    })
    const { inputs, parameters, items, score } = await audited(folder)
    const lists = inputs.filter(({ role }) => role === 'checklist')
    assert.deepEqual(
      lists.map(({ path: file }) => file),
      ['mlcheck/profiles/ml-test-score.yaml', 'checklist.yaml'],
    )
    assert.deepEqual(
      parameters['checklist'],
      lists.map(({ path: file }) => file),
    )
    assert.equal(items.find(({ id }) => id === 'mltestscore.data-2')?.required, true)
    assert.equal(score?.total, 0)
    const named = await audited(folder, '--checklist', 'ml-test-score')
    assert.equal(named.items.length, 28)
  })
})

describe('the score', () => {
  const attest = (folder: string, item: string, ...more: readonly string[]) =>
    run(['attest', item, '--owner', 'ana', '--statement', 'Reviewed', ...more], folder)

  async function scored(
    t: TestContext,
    tests: Readonly<Record<string, 'check' | 'person'>>,
    attested: readonly string[] = [],
    more: readonly string[] = [],
  ) {
    const folder = scratchFolder(t, { ...PROJECT, 'checklist.yaml': listOf(tests) })
    for (const id of attested) await attest(folder, `t.${id}`)
    const result = await audited(folder, ...more)
    const { score } = result
    const sums = score?.sections.map(({ id, points }) => `${id} ${String(points)}`)
    return { folder, result, score, sums }
  }

  test('is one for a check, half for a person, none without one; the least section is the score', async (t) => {
    const tests = {
      'data-1': 'check',
      'data-2': 'person',
      'data-3': 'person',
      'model-1': 'check',
      'model-2': 'check',
      'infra-7': 'person',
      'monitor-6': 'check',
    } as const
    const { score, sums } = await scored(t, tests, ['data-2', 'infra-7'])
    assert.deepEqual(sums, ['data 1.5', 'model 2', 'infra 0.5', 'monitor 1'])
    assert.equal(score?.total, 0.5)
    const [data] = score.sections
    assert.deepEqual(data?.tests.slice(0, 4), [
      { id: 'data-1', points: 1, by: 'check', item: 't.data-1', outcome: 'pass' },
      { id: 'data-2', points: 0.5, by: 'person', item: 't.data-2', outcome: 'pass' },
      { id: 'data-3', points: 0, by: null, item: 't.data-3', outcome: 'needs-review' },
      { id: 'data-4', points: 0, by: null, item: null, outcome: null },
    ])
  })

  test('of a part of the list is none, and says why', async (t) => {
    const { score } = await scored(
      t,
      { 'data-1': 'check', 'model-1': 'check' },
      [],
      ['--only', 't.data-1'],
    )
    assert.equal(score?.total, null)
    assert.match(score.totalReason ?? '', /1 of its items/)
  })

  test('stands beside the verdict in every report for people, and does not change it', async (t) => {
    const { folder, result } = await scored(t, { 'data-1': 'check' })
    assert.equal(result.verdict.exitCode, 0)
    const text = await run(['audit', '--no-history'], folder)
    assert.equal(text.exitCode, 0)
    assert.match(
      text.stdout,
      /ML Test Score: 0, the least of its sections \(data 1 of 7, model 0 of 7/,
    )
    const markdown = await run(['audit', '--no-history', '--report', 'markdown'], folder)
    assert.match(markdown.stdout, /### ML Test Score: 0/)
    assert.match(markdown.stdout, /\| data-1 \| 1 \| check \| t\.data-1 \| pass \|/)
    const plain = scratchFolder(t, {
      ...PROJECT,
      'checklist.yaml': listOf({ 'data-1': 'check' }).replace('score: ml-test-score\n', ''),
    })
    assert.equal((await audited(plain)).score, undefined)
  })

  test('is read back by render, grouped or not', async (t) => {
    const { folder } = await scored(t, { 'data-1': 'check', 'infra-2': 'person' })
    await run(['audit', '--no-history', '--report', 'json=r.json'], folder)
    const { stdout, exitCode } = await run(
      ['render', 'r.json', '--group-by', 'ref:mltestscore'],
      folder,
    )
    assert.equal(exitCode, 0)
    assert.match(stdout, /ML Test Score: 0/)
    assert.match(stdout, /^infra-2 · model code tested$/m)
  })

  test('of a duty that only people vouch for is half a point, under the id of the profile too', async (t) => {
    const folder = scratchFolder(t, {
      ...PROJECT,
      'model.yaml': PROJECT['model.yaml'].replace('path:', 'deployed: 2026-11-01, path:'),
    })
    const item = 'mltestscore.monitor-7'
    assert.equal((await attest(folder, item)).exitCode, 0)
    const { items, score } = await audited(folder)
    // More than two weeks had passed without a review.
    assert.equal(items.find(({ id }) => id === item)?.outcome, 'fail')
    const early = scratchFolder(t, {
      ...PROJECT,
      'model.yaml': PROJECT['model.yaml'].replace('path:', 'deployed: 2026-11-20, path:'),
    })
    await attest(early, item)
    const test = (await audited(early)).score?.sections[3]?.tests[6]
    assert.deepEqual(test, { id: 'monitor-7', points: 0.5, by: 'person', item, outcome: 'pass' })
    assert.equal(score?.sections[3]?.tests[6]?.points, 0)
  })
})

describe('items by reference', () => {
  test('every reference of the shipped lists is one that reports explain', async () => {
    for (const name of ['default', 'ml-test-score']) {
      const { items } = await loadChecklist(name, shipped)
      for (const { id, refs } of items) {
        assert.ok(refs.length > 0, id)
        for (const ref of refs) assert.ok(isKnownReference(ref), `${id}: ${ref}`)
      }
    }
  })

  test('stand under each that they name, and the report says that it certifies nothing', async (t) => {
    const folder = scratchFolder(t, {
      ...PROJECT,
      'checklist.yaml': `version: 1
items:
  - {id: model.size, title: It fits, section: model, phase: before, check: model.size, refs: [nist:MEASURE-2.3, nist:MANAGE-4.1, aiact:IV.1.e]}
  - {id: model.latency, title: It is fast, section: model, phase: before, check: model.latency, refs: [nist:X-1]}
  - {id: own.rule, title: A rule, section: code, phase: before, check: attest}
`,
    })
    const nist = await run(['audit', '--no-history', '--group-by', 'ref:nist'], folder)
    assert.match(
      nist.stdout,
      /Items by NIST AI RMF 1\.0\. It maps evidence to references and certifies\s+nothing/,
    )
    const headings = nist.stdout.match(/^(\w+-\d\S*( · .*)?|no reference of this framework)$/gm)
    assert.deepEqual(headings, [
      'MEASURE-2.3 · performance measured and demonstrated',
      'MANAGE-4.1 · monitoring after deployment planned and done',
      'X-1',
      'no reference of this framework',
    ])
    assert.equal(nist.stdout.match(/✓ pass +model\.size/g)?.length, 2)
    const act = await run(
      ['audit', '--no-history', '--group-by', 'ref:aiact', '--report', 'markdown=m.md', '--quiet'],
      folder,
    )
    assert.equal(act.exitCode, nist.exitCode)
    const markdown = readFileSync(path.join(folder, 'm.md'), 'utf8')
    assert.match(
      markdown,
      /### Items by EU AI Act, Annex IV\n\nIt maps evidence to references and certifies nothing/,
    )
    assert.match(
      markdown,
      /\| IV\.1\.e \| hardware on which it is to run \| model\.size \| pass \|/,
    )
    assert.match(markdown, /\| none \|  \| own\.rule \|/)
    const wrong = await run(['audit', '--group-by', 'ref:iso'], folder)
    assert.equal(wrong.exitCode, 2)
  })

  test('the references stand in the JSON, which grouping does not change', async (t) => {
    const folder = scratchFolder(t, {
      ...PROJECT,
      'checklist.yaml': 'version: 1\nextends: default\n',
    })
    const only = ['--only', 'model.size']
    const { items, ...rest } = await audited(folder, ...only)
    assert.deepEqual(items[0]?.refs, ['mltestscore:monitor-6', 'nist:MEASURE-2.3', 'aiact:IV.1.e'])
    const grouped = await audited(folder, ...only, '--group-by', 'ref:nist')
    assert.deepEqual({ ...grouped, run: null }, { items, ...rest, run: null })
  })
})
