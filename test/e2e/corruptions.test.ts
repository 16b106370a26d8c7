import assert from 'node:assert/strict'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { corruptions, type Corruption } from '../../fixtures/corruptions/corruptions.ts'
import type { Result } from '../../src/core/result.ts'
import { corrupt } from './corrupt.ts'
import { exampleProject, runMlcheck, type ProgramRun } from './run-program.ts'

const AUDIT = ['audit', '--allow-run', '--json', '--now', '2026-11-24']
const DRIFT_UNCHANGED = ['drift', 'data/reference.csv', 'production/unchanged.csv', '--json']

/** The item alone where one is named: that an audit of all items adds up is tested elsewhere. */
function commandLine({ command, expected }: Corruption): readonly string[] {
  if (command === 'drift-unchanged') return DRIFT_UNCHANGED
  return expected.kind === 'item' ? [...AUDIT, '--only', expected.item] : AUDIT
}

let folder: string
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlcheck-e2e-'))
})
after(() => rm(folder, { recursive: true, force: true }))

async function copyExample(name: string): Promise<string> {
  const project = path.join(folder, name)
  await cp(exampleProject, project, { recursive: true })
  return project
}

function resultOf({ stdout, stderr }: ProgramRun): Result {
  assert.notEqual(stdout, '', stderr)
  return JSON.parse(stdout) as Result
}

function describeRun(run: ProgramRun): string {
  return `exit code ${String(run.exitCode)}\n${run.stdout.slice(0, 2000)}\n${run.stderr.slice(0, 2000)}`
}

describe('the untouched example', () => {
  test('passes its audit', async () => {
    const run = await runMlcheck(AUDIT, await copyExample('untouched-audit'))
    assert.equal(run.exitCode, 0, describeRun(run))
    const { items } = resultOf(run)
    const notPassed = items.filter(({ outcome }) => outcome !== 'pass')
    assert.equal(items.length, 21)
    // Its model is a JSON file of its own, whose scaling and encoding nothing declares.
    assert.deepEqual(
      notPassed.map(({ id, outcome }) => `${id} ${outcome}`),
      ['data.scaling-saved not-applicable', 'data.encodings-saved not-applicable'],
    )
  })

  test('has no drift between two draws from one fortnight, and no warning', async () => {
    const run = await runMlcheck(DRIFT_UNCHANGED, exampleProject)
    assert.equal(run.exitCode, 0, describeRun(run))
    const { columns, findings } = resultOf(run)
    const compared = columns.filter(({ role }) => role !== 'ignore')
    assert.equal(compared.length, 14)
    assert.deepEqual(
      compared.filter(({ outcome }) => outcome !== 'pass').map(({ name }) => name),
      [],
    )
    assert.deepEqual(
      findings.filter(({ severity }) => severity !== 'notice'),
      [],
    )
  })

  test('drifts with the season, in the weather and not in the schedule', async () => {
    const run = await runMlcheck(
      ['drift', 'data/reference.csv', 'production/drifted.csv', '--json'],
      exampleProject,
    )
    assert.equal(run.exitCode, 1, describeRun(run))
    const { columns } = resultOf(run)
    const named = (outcome: string) =>
      columns.filter((column) => column.outcome === outcome).map(({ name }) => name)
    assert.deepEqual(named('fail'), [
      'temperature',
      'humidity',
      'precipitation',
      'pressure',
      'visibility',
    ])
    assert.deepEqual(named('warn'), ['wind_speed', 'score'])
  })
})

describe('a corrupted example', { concurrency: 2 }, () => {
  for (const corruption of corruptions) {
    test(`${corruption.id}: ${corruption.title}`, async () => {
      const project = await copyExample(corruption.id)
      await corrupt(project, corruption.apply)
      const run = await runMlcheck(commandLine(corruption), project)
      expectOutcome(run, corruption)
      await rm(project, { recursive: true })
    })
  }

  test('every corruption has its own name', () => {
    const ids = corruptions.map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length)
  })
})

function expectOutcome(run: ProgramRun, { expected }: Corruption): void {
  assert.equal(run.exitCode, expected.exitCode, describeRun(run))
  switch (expected.kind) {
    case 'refusal':
      for (const part of expected.says) assert.ok(run.stderr.includes(part), describeRun(run))
      return
    case 'item': {
      const item = resultOf(run).items.find(({ id }) => id === expected.item)
      assert.equal(item?.outcome, expected.outcome, describeRun(run))
      assert.ok(
        item.findings.some(({ code }) => code === expected.findingCode),
        JSON.stringify(item.findings),
      )
      return
    }
    case 'table': {
      const [finding] = resultOf(run).findings
      assert.equal(finding?.code, expected.findingCode, describeRun(run))
      assert.equal(finding.location?.path, expected.path)
      return
    }
    case 'column': {
      const column = resultOf(run).columns.find(({ name }) => name === expected.column)
      assert.equal(column?.outcome, expected.outcome, describeRun(run))
      assert.ok(
        column.findings.some(({ code }) => code === expected.findingCode),
        JSON.stringify(column.findings),
      )
    }
  }
}
