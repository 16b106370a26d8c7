import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCoverage } from '../../src/source/coverage.ts'
import { readJunit } from '../../src/source/junit.ts'

const NESTED = `<?xml version="1.0"?>
<testsuites>
  <testsuite name="all" tests="5" failures="1" errors="1" timestamp="2026-11-02T10:00:00.123+00:00">
    <testsuite name="inner" tests="3" timestamp="2026-11-03T10:00:00">
      <testcase classname="tests.test_a" name="test_x[a&amp;b]" file="tests/test_a.py"/>
      <testcase classname="tests.test_a" name="test_y"><failure message="m">text &lt; here</failure></testcase>
      <testcase classname="tests.test_a" name="test_z"><skipped type="pytest.xfail"/></testcase>
    </testsuite>
    <testcase classname="tests.test_b" name="test_e"><error/></testcase>
    <testcase classname="tests.test_b" name="test_s"><system-out>x</system-out></testcase>
  </testsuite>
</testsuites>`

test('a report is counted from its cases, whatever suites they stand in', () => {
  const read = readJunit(NESTED)
  assert.ok('report' in read)
  const { cases, day, contradictions } = read.report
  assert.deepEqual(
    cases.map(({ name, outcome }) => `${name} ${outcome}`),
    ['test_x[a&b] passed', 'test_y failed', 'test_z skipped', 'test_e failed', 'test_s passed'],
  )
  assert.equal(day, '2026-11-03')
  assert.deepEqual(contradictions, [])
})

test('a suite that counts other tests than it lists contradicts itself', () => {
  for (const text of [
    '<testsuite name="s" tests="2"><testcase name="a"/></testsuite>',
    '<testsuites><testsuite name="s" tests="1" failures="1"><testcase name="a"/></testsuite></testsuites>',
  ]) {
    const read = readJunit(text)
    assert.ok('report' in read)
    assert.deepEqual(read.report.contradictions, ['s'])
  }
})

test('a case that says in an attribute that it failed or did not run did not pass', () => {
  const outcomeOf = (attributes: string) => {
    const read = readJunit(`<testsuite><testcase name="a" ${attributes}/></testsuite>`)
    return 'report' in read ? read.report.cases[0]?.outcome : read.problem
  }
  assert.equal(outcomeOf('status="run" result="completed"'), 'passed')
  assert.equal(outcomeOf('status="notrun" result="suppressed"'), 'skipped')
  assert.equal(outcomeOf('status="run" result="skipped"'), 'skipped')
  assert.equal(outcomeOf('status="disabled"'), 'skipped')
  assert.equal(outcomeOf('status="failed"'), 'failed')
})

test('a failure that no case has is no pass, wherever it is told', () => {
  const cases = '<testsuite name="s" tests="1" failures="0"><testcase name="a"/></testsuite>'
  for (const [text, suite] of [
    [`<testsuites tests="1" failures="1">${cases}</testsuites>`, 'testsuites'],
    [`<testsuites name="all" errors="1">${cases}</testsuites>`, 'all'],
    ['<testsuite name="s"><testcase name="a"/><error>setup</error></testsuite>', 's'],
  ] as const) {
    const read = readJunit(text)
    assert.ok('report' in read)
    assert.deepEqual(read.report.contradictions, [suite])
  }
})

test('what is no report says why', () => {
  for (const text of [
    '',
    'tests passed',
    '<html></html>',
    '<testsuites><testsuite>',
    '<testsuites></testsuites><testsuites></testsuites>',
    '<!DOCTYPE t [<!ENTITY a "aaaa">]><testsuites>&a;</testsuites>',
    `${'<testsuite>'.repeat(1000)}${'</testsuite>'.repeat(1000)}`,
  ]) {
    assert.ok('problem' in readJunit(text), text.slice(0, 60))
  }
})

test('coverage of coverage.py and of Cobertura says the same', () => {
  const json = readCoverage(
    '{"files": {"src\\\\a.py": {"executed_lines": [1, 3], "missing_lines": [4], "excluded_lines": [6]}}}',
  )
  assert.deepEqual(json, {
    report: {
      format: 'coverage.py',
      files: [{ path: 'src/a.py', executed: [1, 3], missed: [4], excluded: [6] }],
    },
  })
  const xml = readCoverage(`<?xml version="1.0" ?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage><packages><package><classes>
<class filename="src/a.py"><methods><method name="m"><lines><line number="3" hits="1"/></lines></method></methods>
<lines><line number="1" hits="2"/><line number="3" hits="1"/><line number="4" hits="0"/></lines></class>
</classes></package></packages></coverage>`)
  assert.ok('report' in xml)
  const [file] = xml.report.files
  assert.deepEqual([...(file?.executed ?? [])].sort(), [1, 3])
  assert.deepEqual(file?.missed, [4])
})

test('what is no coverage says why', () => {
  for (const text of [
    '',
    '{',
    '{}',
    '{"files": null}',
    '{"files": {"a.py": {"summary": {"percent_covered": 100}}}}',
    '{"files": {"a.py": {"executed_lines": ["1"], "missing_lines": []}}}',
    '<coverage><class filename="a.py"><lines><line hits="1"/></lines></class></coverage>',
    '<testsuites/>',
  ]) {
    assert.ok('problem' in readCoverage(text), text)
  }
})
