import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { CHECKS, findCheck } from '../../src/checks/registry.ts'
import { loadChecklist } from '../../src/config/load-checklist.ts'
import { EVIDENCE_LEVELS, isAtLeast } from '../../src/core/evidence.ts'
import type { Judgement } from '../../src/core/judgement.ts'
import { SECTIONS } from '../../src/core/result.ts'
import { collectors } from '../../src/facts/registry.ts'
import { expectedOf, judgeProject, leavesOf } from '../checks/projects.ts'

test('ids are unique and are found again', () => {
  assert.ok(CHECKS.length >= 7)
  assert.equal(new Set(CHECKS.map(({ id }) => id)).size, CHECKS.length)
  for (const check of CHECKS) assert.equal(findCheck(check.id), check)
  assert.equal(findCheck('no.such-check'), undefined)
})

const shipped = path.join(import.meta.dirname, '../../checklist.yaml')

test('the shipped checklist demands each check under its own title', async () => {
  const { items } = await loadChecklist(shipped, { defaultPath: shipped, checks: CHECKS })
  assert.deepEqual(
    items.map(({ check, title }) => `${check}: ${title}`).sort(),
    CHECKS.map(({ id, title }) => `${id}: ${title}`).sort(),
  )
})

/** Items are named after their phase or their kind; the report gathers them in sections. */
const SECTION_OF: Readonly<Record<string, string>> = {
  before: 'release',
  during: 'release',
  after: 'release',
  antipattern: 'antipatterns',
}

for (const check of CHECKS) {
  test(`${check.id} says what it is for, how it decides and what helps`, () => {
    assert.match(check.id, /^[a-z]+\.[a-z]+(-[a-z]+)*$/)
    assert.ok(SECTIONS.includes(check.section))
    const [part = ''] = check.id.split('.')
    assert.equal(SECTION_OF[part] ?? part, check.section)
    for (const text of [check.title, check.motivation, check.decides, check.remediation]) {
      assert.ok(text.trim().length > 10, text)
    }
    for (const outcome of ['Pass:', 'Warn:', 'Fail:', 'Inconclusive:']) {
      assert.ok(check.decides.includes(outcome), outcome)
    }
    assert.ok(check.references.length > 0)
    assert.ok(check.needs.length > 0)
    for (const key of check.needs) assert.ok(Object.hasOwn(collectors, key), key)
    for (const [name, spec] of Object.entries(check.params)) {
      assert.match(name, /^[a-z]+(_[a-z]+)*$/)
      assert.ok(spec.description.endsWith('.'), name)
    }
  })

  test(`${check.id} has a project for every outcome it can reach`, () => {
    const leaves = leavesOf(check.id).map((leaf) => leaf.split('-')[0])
    for (const outcome of ['pass', 'warn', 'fail', 'inconclusive']) {
      assert.ok(leaves.includes(outcome), outcome)
    }
  })

  test(`${check.id} judges the same project the same, in plain data with its evidence`, async () => {
    const quick = leavesOf(check.id).filter((leaf) => /^(pass|warn|inconclusive-no)/.test(leaf))
    for (const leaf of quick.slice(0, 2)) {
      const [first] = await judgeProject(check.id, leaf)
      const [second] = await judgeProject(check.id, leaf)
      // What is measured is no part of what must be the same.
      const unmeasured = (judgement: Judgement) => ({ ...judgement, measurements: undefined })
      assert.deepEqual(unmeasured(second), unmeasured(first), leaf)
      assert.deepEqual(JSON.parse(JSON.stringify(first)), first, `${leaf}: not plain data`)
      for (const { code } of first.findings ?? []) assert.match(code, /^[A-Z]+(_[A-Z]+)*$/)
      if (first.outcome !== 'pass') continue
      assert.ok(first.evidence.length > 0)
      for (const { level, claim, source } of first.evidence) {
        assert.ok(EVIDENCE_LEVELS.includes(level))
        assert.ok(claim.endsWith('.'), claim)
        assert.ok(source !== undefined && !source.path.startsWith('/'), JSON.stringify(source))
      }
    }
  })
}

const root = path.resolve(import.meta.dirname, '../..')
const checklist = await loadChecklist('default', {
  defaultPath: path.join(root, 'checklist.yaml'),
  checks: CHECKS,
  cwd: root,
})

test('a check is one file and one line in the registry', () => {
  const registry = readFileSync(path.join(root, 'src/checks/registry.ts'), 'utf8')
  const files = readdirSync(path.join(root, 'src/checks')).filter((name) =>
    readFileSync(path.join(root, 'src/checks', name), 'utf8').includes('= defineCheck({'),
  )
  assert.deepEqual(files.sort(), CHECKS.map(({ id }) => `${id.replace('.', '-')}.ts`).sort())
  for (const file of files) assert.equal(registry.split(`'./${file}'`).length, 2, file)
})

test('the default checklist asks for every check, in the order of the registry', () => {
  assert.deepEqual(
    checklist.items.map(({ check }) => check).sort(),
    CHECKS.map(({ id }) => id).sort(),
  )
  for (const item of checklist.items) {
    assert.equal(item.id, item.check)
    assert.equal(item.section, findCheck(item.check)?.section)
    assert.ok(item.minEvidence !== null, `${item.id} accepts a claim`)
  }
})

for (const { id, check, minEvidence } of checklist.items) {
  test(`${id} demands evidence that every project which passes it reaches`, () => {
    const levels = leavesOf(check)
      .filter((leaf) => leaf.startsWith('pass'))
      .map((leaf) => expectedOf(check, leaf).level)
    assert.ok(levels.length > 0)
    for (const level of levels) {
      assert.ok(level !== null && isAtLeast(level, minEvidence ?? 'executed'), String(level))
    }
  })
}
