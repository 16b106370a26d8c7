import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CHECKS } from '../../src/checks/registry.ts'
import { ABBREVIATIONS } from '../../src/cli/explain-sources.ts'
import { DRIFT_RULES } from '../../src/config/settings.ts'
import { EXIT_CODES } from '../../src/policy/exit-code.ts'
import type { ExplainRecord } from '../../src/report/explain.ts'
import { displayWidth } from '../../src/report/layout.ts'
import { MESSAGES } from '../../src/report/messages.ts'
import { STATISTICS } from '../../src/stats/registry.ts'
import { cli } from './harness.ts'

const registries: Readonly<Record<ExplainRecord['kind'], readonly string[]>> = {
  check: CHECKS.map(({ id }) => id),
  statistic: STATISTICS.map(({ id }) => id),
  finding: [...MESSAGES.keys()],
  rule: DRIFT_RULES,
  'exit code': EXIT_CODES.map(({ code }) => `exit-${String(code)}`),
}
const ids = Object.values(registries).flat()

async function stdoutOf(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await cli(['explain', ...args])
  assert.equal(exitCode, 0, stderr)
  assert.equal(stderr, '')
  return stdout
}

test('--all --json covers every check, statistic, finding, rule and exit code, once', async () => {
  const records = JSON.parse(await stdoutOf('--all', '--json')) as ExplainRecord[]
  for (const [kind, expected] of Object.entries(registries)) {
    assert.ok(expected.length > 0)
    const found = records.filter((record) => record.kind === kind).map(({ id }) => id)
    assert.deepEqual(found.sort(), [...expected].sort(), kind)
  }
  assert.equal(records.length, ids.length)
  assert.equal(new Set(records.map(({ id }) => id.toLowerCase())).size, ids.length)
})

test('every record has a title and something to say', async () => {
  for (const { id, title, sections } of JSON.parse(await stdoutOf('--json')) as ExplainRecord[]) {
    assert.notEqual(title.trim(), '', id)
    assert.ok(sections.length > 0, id)
    for (const { heading, text } of sections) {
      assert.notEqual(heading, '', id)
      assert.ok(text.length > 0 && text.every((entry) => entry.trim() !== ''), `${id}: ${heading}`)
    }
  }
})

describe('explain ID', () => {
  for (const id of ids) {
    test(`${id} is explained, in words that fit 100 columns`, async () => {
      const text = await stdoutOf(id)
      assert.ok(text.startsWith(`${id} (`), text)
      for (const line of text.split('\n')) assert.ok(displayWidth(line) <= 100, line)
    })
  }
})

test('every abbreviation leads to its statistic, in any case', async () => {
  for (const [short, id] of Object.entries(ABBREVIATIONS)) {
    const full = await stdoutOf(id)
    assert.equal(await stdoutOf(short), full)
    assert.equal(await stdoutOf(short.toUpperCase()), full)
  }
})

test('letter case and "_" for "-" do not matter', async () => {
  assert.equal(await stdoutOf('DATA.Input_Schema'), await stdoutOf('data.input-schema'))
})

test('the beginning of an id lists all that start so', async () => {
  const lines = (await stdoutOf('data.')).trimEnd().split('\n')
  const expected = CHECKS.filter(({ id }) => id.startsWith('data.')).map(({ id }) => id)
  assert.deepEqual(
    lines.map((line) => line.split(' ')[0]),
    expected,
  )
  const records = JSON.parse(await stdoutOf('data.', '--json')) as ExplainRecord[]
  assert.deepEqual(
    records.map(({ id }) => id),
    expected,
  )
})

test('a whole id wins over the ids that start with it', async () => {
  assert.match(await stdoutOf('DRIFT'), /^DRIFT \(finding\)/)
  assert.ok((await stdoutOf('exit-1')).startsWith('exit-1 (exit code)'))
})

test('several ids are explained one after the other', async () => {
  const text = await stdoutOf('exit-3', 'psi')
  assert.match(text, /^exit-3 \(exit code\)/)
  assert.match(text, /^population-stability-index \(statistic\)/m)
})

test('without an id every id is listed with its title', async () => {
  const text = await stdoutOf()
  for (const id of ids) assert.ok(`\n${text}`.includes(`\n${id} `), id)
})

test('an unknown id is refused and explains nothing, even beside known ones', async () => {
  for (const args of [['exit-3', 'qqqqqqqq'], [''], ['constructor'], ['qqqqqqqq']]) {
    const { exitCode, stdout, stderr } = await cli(['explain', ...args])
    assert.equal(exitCode, 2)
    assert.equal(stdout, '')
    assert.match(
      stderr,
      /^mlcheck: no explanation of ".*"\nhint: .*mlcheck explain lists all ids\.\n$/,
    )
  }
})
