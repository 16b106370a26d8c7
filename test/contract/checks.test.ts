import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CHECKS, findCheck } from '../../src/checks/registry.ts'
import { EVIDENCE_LEVELS } from '../../src/core/evidence.ts'
import { SECTIONS } from '../../src/core/result.ts'
import { collectors } from '../../src/facts/registry.ts'
import { judgeProject, leavesOf } from '../checks/projects.ts'

test('ids are unique and are found again', () => {
  assert.ok(CHECKS.length >= 7)
  assert.equal(new Set(CHECKS.map(({ id }) => id)).size, CHECKS.length)
  for (const check of CHECKS) assert.equal(findCheck(check.id), check)
  assert.equal(findCheck('no.such-check'), undefined)
})

for (const check of CHECKS) {
  test(`${check.id} says what it is for, how it decides and what helps`, () => {
    assert.match(check.id, /^[a-z]+\.[a-z]+(-[a-z]+)*$/)
    assert.ok(SECTIONS.includes(check.section))
    assert.equal(check.id.split('.')[0], check.section)
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
      assert.deepEqual(second, first, leaf)
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
