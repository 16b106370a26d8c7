import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { CASES } from '../../fixtures/report/cases.ts'
import { HOSTILE } from '../../fixtures/report/hostile-case.ts'
import { loadResult } from '../../src/config/stored-result.ts'
import type { Result } from '../../src/core/result.ts'
import { displayWidth } from '../../src/report/layout.ts'
import { findReportFormat, REPORT_FORMATS } from '../../src/report/registry.ts'
import type { ReportOptions } from '../../src/report/reporter.ts'
import { buildResult } from '../report/build-result.ts'
import { parseXml } from '../report/xml-tokens.ts'

const PLAIN: ReportOptions = { color: false, unicode: true, width: 100, verbosity: 'normal' }
const EVERY_OPTION: readonly ReportOptions[] = [true, false].flatMap((color) =>
  [true, false].flatMap((unicode) =>
    [20, 40, 80, 400].flatMap((width) =>
      (['quiet', 'normal', 'verbose'] as const).map((verbosity) => ({
        color,
        unicode,
        width,
        verbosity,
      })),
    ),
  ),
)

const results: readonly (readonly [name: string, result: Result])[] = Object.entries(CASES)

/** Characters that could move a cursor, hide or reorder text, or break a parser. */
const UNSAFE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Surrogate}/u
// Chalk writes only these.
const COLOR = /\u001b\[\d+(?:;\d+)*m/g

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) frozen(inner)
    Object.freeze(value)
  }
  return value
}

/** The same value, every object's keys in the opposite order. */
function keysReversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysReversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, keysReversed(inner)]),
  )
}

/** The hostile case with another text in all its names, labels, paths, sentences. */
function withText(value: unknown, text: string): unknown {
  if (typeof value === 'string') return value.replaceAll(HOSTILE, () => text)
  if (Array.isArray(value)) return value.map((inner) => withText(inner, text))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replaceAll(HOSTILE, () => text),
      withText(inner, text),
    ]),
  )
}

const MARKUP = '|`<>&"\'\\*_[](){}#@$~-+=!:/. \n\r\t\u0000\u001b\u009b\u202e\ud800長é'

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(...Array.from(MARKUP)),
    maxLength: 60,
  }),
)

describe('the registry of reporters', () => {
  it('names every format once, with a title, a media type and an extension', () => {
    assert.deepEqual(
      REPORT_FORMATS.map(({ id }) => id),
      ['text', 'json', 'markdown', 'junit'],
    )
    for (const format of REPORT_FORMATS) {
      assert.equal(findReportFormat(format.id), format)
      assert.ok(format.title.length > 5)
      assert.match(format.mediaType, /^(text|application)\/[a-z]+$/)
      assert.match(format.extension, /^[a-z]+$/)
    }
    assert.equal(findReportFormat('TEXT'), undefined)
  })
})

/** Where each format says the exit code. */
const EXIT_CODE: Readonly<Record<string, (report: string) => number>> = {
  text: (report) => Number(/\(exit (\d+)\)$/.exec(report.trimEnd().split('\n').at(-1) ?? '')?.[1]),
  json: (report) => (JSON.parse(report) as Result).verdict.exitCode,
  markdown: (report) => Number(/^## mlcheck .*\(exit (\d+)\)$/m.exec(report)?.[1]),
  junit: (report) => Number(/name="verdict">\n.*\(exit (\d+)\)/.exec(report)?.[1]),
}

for (const { id, load } of REPORT_FORMATS) {
  describe(`the ${id} reporter`, () => {
    it('is pure: it leaves the result alone and gives the same bytes again', async () => {
      const report = await load()
      for (const [name, result] of results) {
        for (const options of EVERY_OPTION) {
          const first = report(frozen(structuredClone(result)), options)
          assert.equal(report(result, options), first, name)
          assert.ok(first.endsWith('\n') && !first.endsWith('\n\n'), name)
        }
      }
    })

    it('renders a stored result as it rendered the result itself', async () => {
      const report = await load()
      const json = await findReportFormat('json')?.load()
      assert.ok(json)
      const folder = mkdtempSync(path.join(tmpdir(), 'reporters-test-'))
      try {
        for (const [name, result] of results) {
          const file = path.join(folder, `${name}.json`)
          writeFileSync(file, json(result, PLAIN))
          for (const verbosity of ['quiet', 'normal', 'verbose'] as const) {
            const options = { ...PLAIN, verbosity }
            assert.equal(report(await loadResult(file), options), report(result, options), name)
          }
        }
      } finally {
        rmSync(folder, { recursive: true })
      }
    })

    it('says the exit code of the verdict, whatever the options', async () => {
      const report = await load()
      const read = EXIT_CODE[id]
      assert.ok(read)
      for (const [name, result] of results) {
        for (const options of EVERY_OPTION.filter(({ color }) => !color)) {
          assert.equal(read(report(result, options)), result.verdict.exitCode, name)
        }
      }
      for (const exitCode of [0, 1, 3, 4] as const) {
        const verdict = { outcome: 'fail', exitCode, reason: 'asked with --report-only' } as const
        assert.equal(read(report(buildResult({ verdict }), PLAIN)), exitCode)
      }
    })

    it('has colour only when it is asked for', async () => {
      const report = await load()
      for (const [name, result] of results) {
        const plain = report(result, PLAIN)
        const colored = report(result, { ...PLAIN, color: true })
        assert.ok(!plain.includes('\u001b'), name)
        assert.equal(colored.replace(COLOR, ''), plain, name)
        if (id === 'text') assert.match(colored, COLOR)
      }
    })

    it('never prints NaN, undefined or an object', async () => {
      const report = await load()
      for (const [name, result] of results) {
        for (const options of EVERY_OPTION) {
          assert.doesNotMatch(report(result, options), /\bNaN\b|undefined|\[object/, name)
        }
      }
    })

    it('does not take NaN for a number: it says so or refuses', async () => {
      const report = await load()
      const column = CASES['drift-mixed']?.columns[1]
      const [key] = column?.keys ?? []
      assert.ok(column && key)
      const broken = { ...key, effect: NaN, pValue: NaN, adjustedPValue: NaN }
      const result = buildResult({ columns: [{ ...column, keys: [broken] }] })
      const refused = (error: unknown) => error instanceof TypeError || error instanceof RangeError
      let shown = ''
      try {
        shown = report(result, { ...PLAIN, verbosity: 'verbose' })
      } catch (error) {
        assert.ok(refused(error), String(error))
      }
      assert.ok(id !== 'json' || shown === '')
      assert.doesNotMatch(shown, /NaN/)
    })

    it('depends on the run block no further than where it shows the time', async () => {
      const report = await load()
      for (const [name, result] of results) {
        const run = { ...result.run, startedAt: '2001-01-01T00:00:00.000Z', durationMs: 9 }
        const [first, second] = [report(result, PLAIN), report({ ...result, run }, PLAIN)]
        if (id === 'text' || id === 'markdown') assert.equal(first, second, name)
        else {
          const timeless = (text: string) =>
            text.replace(/"?(timestamp|time|startedAt|durationMs)"?(=|: )("[^"]*"|\d+)/g, '')
          assert.equal(timeless(first), timeless(second), name)
        }
      }
    })

    it('neutralises whatever a name, a label or a sentence holds', async () => {
      const report = await load()
      fc.assert(
        fc.property(anyText, fc.constantFrom(...EVERY_OPTION), (text, options) => {
          const result = withText(CASES['hostile'], text) as Result
          const shown = report(result, options)
          const bare = options.color ? shown.replace(COLOR, '') : shown
          assert.doesNotMatch(bare, UNSAFE)
          // Each line of a report is one of ours: the text adds none.
          const calm = report(withText(CASES['hostile'], 'x') as Result, { ...options, width: 400 })
          if (id !== 'text') assert.equal(bare.split('\n').length, calm.split('\n').length)
        }),
        { seed: 3, numRuns: 150 },
      )
    })
  })
}

async function render(id: string, result: Result, options: ReportOptions): Promise<string> {
  const format = findReportFormat(id)
  assert.ok(format)
  return (await format.load())(result, options)
}

describe('the text report', () => {
  it('keeps within the width, from 40 to 100 cells, but for the last line', async () => {
    for (const [name, result] of results) {
      for (const options of EVERY_OPTION.filter(({ color }) => !color)) {
        const limit = Math.min(100, Math.max(40, options.width))
        const lines = (await render('text', result, options)).trimEnd().split('\n')
        for (const line of lines.slice(0, -1)) {
          assert.ok(displayWidth(line) <= limit, `${name}, ${String(limit)}: ${line}`)
        }
      }
    }
  })

  it('is ASCII without Unicode, where the input is', async () => {
    for (const [name, result] of results) {
      if (name === 'hostile') continue
      for (const options of EVERY_OPTION.filter(({ unicode }) => !unicode)) {
        assert.match(await render('text', result, options), /^[\u0000-\u007f]*$/, name)
      }
    }
  })

  it('lists what blocks first and otherwise keeps the order of the result', async () => {
    const lines = (await render('text', CASES['drift-mixed'] as Result, PLAIN)).split('\n')
    const names = lines.flatMap((line) => /^ {2}\S .* (\w+) +\w+, \w+$/.exec(line)?.[1] ?? [])
    assert.deepEqual(names, ['income', 'rare', 'sensor', 'region', 'signup', 'age', 'notes'])
  })

  it('says of every failure its evidence, the limit, the advice and where to read on', async () => {
    const text = await render('text', CASES['audit-all-outcomes'] as Result, PLAIN)
    const [, block = ''] = /✗ fail +model\.size([^✗~]*)/.exec(text) ?? []
    for (const part of [
      '50.000001 MiB, the limit is 50 MiB',
      'checked (recomputed): The model is at most as large as its limit.',
      'Observed bytes 52,428,801, files 1, expected limit 52,428,800',
      '(models/model.joblib)',
      '→ ',
      'mlcheck explain model.size',
    ]) {
      assert.ok(block.replace(/\s+/g, ' ').includes(part), `${part} is not in ${block}`)
    }
  })

  it('ends with verdict, counts and exit code', async () => {
    for (const [name, result] of results) {
      const last = (await render('text', result, PLAIN)).trimEnd().split('\n').at(-1) ?? ''
      assert.match(
        last,
        /^(PASS|FAIL|NOT VERIFIED|NOTHING CHECKED) {2}\d+ failed · .* \(exit \d+\)$/,
        name,
      )
    }
  })
})

describe('the JSON report', () => {
  it('gives back every value, hostile ones included, with all digits', async () => {
    for (const [name, result] of results) {
      assert.deepEqual(
        JSON.parse(await render('json', result, PLAIN)),
        JSON.parse(JSON.stringify(result)),
        name,
      )
    }
  })

  it('has one order of keys: a shuffled result gives the same bytes', async () => {
    for (const [name, result] of results) {
      const shuffled = { ...(keysReversed(result) as Result), parameters: {} }
      // Free records (arguments, distances, observed values) keep the order in which they came.
      const ours = (report: string) =>
        report
          .split('\n')
          .map((line) => line.replace(/,$/, ''))
          .sort()
      assert.deepEqual(
        ours(await render('json', shuffled, PLAIN)),
        ours(await render('json', { ...result, parameters: {} }, PLAIN)),
        name,
      )
      const keys = Object.keys(JSON.parse(await render('json', shuffled, PLAIN)) as object)
      assert.deepEqual(keys, Object.keys(JSON.parse(await render('json', result, PLAIN)) as object))
    }
  })
})

/** Markdown without escaped signs and code spans: what is left is markup. */
function markup(line: string): string {
  return line
    .replace(/\\[^A-Za-z0-9\s]/g, '')
    .replace(/`[^`]*`/g, '')
    .replace(/^\*\*(.*)\*\*$/, '$1')
}

describe('the Markdown report', () => {
  it('keeps its tables and shows text as text', async () => {
    const format = findReportFormat('markdown')
    assert.ok(format)
    const report = await format.load()
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = report(withText(CASES['hostile'], text) as Result, PLAIN).split('\n')
        let cells = 0
        for (const line of lines) {
          const bare = markup(line)
          assert.doesNotMatch(
            bare.replaceAll('@<!-- -->', '').replaceAll('<!-- -->', ''),
            /[<>`@*_[\]]/,
            line,
          )
          assert.doesNotMatch(bare, /:\/\/|&(?!amp;|lt;|gt;)/, line)
          const pipes = bare.split('|').length
          if (!line.startsWith('|')) {
            assert.equal(pipes, 1, line)
            cells = 0
            continue
          }
          if (cells === 0) cells = pipes
          assert.equal(pipes, cells, line)
        }
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  it('stays below the size that step summaries accept, and says that it was cut', async () => {
    const [column] = CASES['drift-mixed']?.columns.slice(1) ?? []
    assert.ok(column)
    const columns = Array.from({ length: 3000 }, (_, row) => ({
      ...column,
      name: `c${String(row)}`,
    }))
    const report = await render('markdown', buildResult({ columns }), PLAIN)
    assert.ok(Buffer.byteLength(report) < 1_000_000)
    assert.match(report, /Cut here: [\d,]+ more lines/)
  })
})

describe('the JUnit report', () => {
  it('is well-formed whatever the text', async () => {
    const format = findReportFormat('junit')
    assert.ok(format)
    const report = await format.load()
    fc.assert(
      fc.property(anyText, (text) => {
        parseXml(report(withText(CASES['hostile'], text) as Result, PLAIN))
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})
