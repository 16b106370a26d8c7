import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { CASES } from '../../fixtures/report/cases.ts'
import type { ReportOptions } from '../../src/report/reporter.ts'
import { REPORT_FORMATS } from '../../src/report/registry.ts'
import { CASE_FOLDER, CASE_NAMES, storedResult } from './stored-cases.ts'

const OPTIONS: ReportOptions = { color: false, unicode: true, width: 100, verbosity: 'normal' }

const GOLDEN: Readonly<Record<string, string>> = {
  text: 'text.txt',
  json: 'report.json',
  markdown: 'markdown.md',
  junit: 'junit.xml',
}

const isUpdate = process.env['MLCHECK_UPDATE_GOLDEN'] === '1'

function compareWithGolden(file: string, actual: string): void {
  if (!isUpdate) {
    assert.equal(actual, readFileSync(file, 'utf8'), `${file} is not what the report says now`)
    return
  }
  // A build server that rewrites what it should compare with would accept anything.
  assert.ok(
    (process.env['CI'] ?? '') === '' || process.env['CI'] === 'false',
    'golden files are never rewritten in CI: unset MLCHECK_UPDATE_GOLDEN',
  )
  writeFileSync(file, actual)
}

describe('the stored results', () => {
  it('are those that their generator writes', () => {
    assert.deepEqual(CASE_NAMES, Object.keys(CASES).sort())
    for (const [name, result] of Object.entries(CASES)) {
      assert.deepEqual(storedResult(name), JSON.parse(JSON.stringify(result)), name)
    }
  })

  it('have a golden file for every format', () => {
    assert.deepEqual(
      Object.keys(GOLDEN),
      REPORT_FORMATS.map(({ id }) => id),
    )
  })
})

for (const name of CASE_NAMES) {
  describe(`the reports of ${name}`, () => {
    for (const { id, load } of REPORT_FORMATS) {
      it(`read as the golden ${id} does`, async () => {
        const report = (await load())(storedResult(name), OPTIONS)
        compareWithGolden(path.join(CASE_FOLDER, name, GOLDEN[id] ?? ''), report)
      })
    }

    it('read as golden when verbose, quiet and narrow', async () => {
      const load = REPORT_FORMATS.find(({ id }) => id === 'text')?.load
      assert.ok(load)
      const text = await load()
      const result = storedResult(name)
      const verbose = text(result, { ...OPTIONS, verbosity: 'verbose' })
      const narrow = text(result, { ...OPTIONS, unicode: false, width: 40 })
      const quiet = text(result, { ...OPTIONS, verbosity: 'quiet' })
      compareWithGolden(path.join(CASE_FOLDER, name, 'text-verbose.txt'), verbose)
      compareWithGolden(path.join(CASE_FOLDER, name, 'text-ascii-40.txt'), narrow)
      compareWithGolden(path.join(CASE_FOLDER, name, 'text-quiet.txt'), quiet)
    })
  })
}
