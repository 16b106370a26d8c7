import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { isMessageFormat } from '../../src/report/message-formats.ts'
import { argumentsOf, MESSAGES, placeholdersOf } from '../../src/report/messages.ts'
import { emittedFindings, type Emission } from './emitted-findings.ts'

type Additions = readonly (readonly [place: RegExp, args: readonly string[]])[]

/**
 * What a function further up adds to the arguments of the findings that a place makes, which the
 * type checker does not see. `test/report/*-findings.test.ts` hold findings of real runs to
 * the same law, so that a wrong line here is found.
 */
const ADDED: Additions = [
  // finishColumn
  [
    /^src\/drift\/(compare-column|observations|observe-times|precision|rules\/(judge|plain)-key)/,
    ['column'],
  ],
  // findingFor of csv-column, finding of settleType
  [/^src\/readers\//, ['column']],
  // at and broken of the input schema
  [/^src\/checks\/data-input-schema/, ['file', 'feature', 'rows', 'share']],
  // judgeClaim and recompute
  [/^src\/(checks\/model-performance-documented|facts\/metric-rows)/, ['name', 'split']],
  // at of the classes, of the outliers, of the document, and of the comparisons
  [/^src\/checks\/class-findings/, ['split']],
  [/^src\/checks\/data-outlier-thresholds/, ['file']],
  [/^src\/checks\/error-document/, ['path']],
  [/^src\/checks\/model-baseline-comparison/, ['metric', 'split', 'against', 'column']],
  // compare of the comparisons
  [/^src\/facts\/paired-difference/, ['name', 'split']],
  // findingsOf of the reproducibility
  [/^src\/runner\/predict/, ['variation']],
  // findingsOf of the pins
  [
    /^src\/locks\/(pin-rules|requirement-set|conda-spec|conda-lock|docker-install|dockerfile|locked-package|pipfile-lock)/,
    ['name', 'specifier', 'file', 'line'],
  ],
]

/** The arguments of codes that stand in a table, beside no arguments. */
const OF_TABLES: Additions = [
  // driftFindings and judgeExact read DRIFT_CODES
  [/^src\/drift\/rules\/judge-key/, ['key', 'test', 'effect', 'adjustedPValue', 'warn', 'fail']],
  // tooFew
  [/^src\/drift\/dependence\/time-windows/, ['column', 'windows', 'needed']],
  // findingsOf of the pins, switchFindings
  [
    /^src\/locks\/(pin-rules|requirement-set|conda-spec|conda-lock|docker-install|dockerfile|locked-package|pipfile-lock)/,
    [],
  ],
  // differenceFinding of the scalers reads CODES
  [
    /^src\/checks\/scaler-findings/,
    ['step', 'file', 'feature', 'parameter', 'saved', 'recomputed'],
  ],
  // refusalFinding
  [/^src\/locks\/refusals/, ['file', 'limit']],
]
/** The one code of DRIFT_CODES that is a count and not a test. */
const EXACT_CODES = new Map([['OUT_OF_DECLARED_RANGE', ['key', 'rows', 'share']]])

/** Lists of codes that come from elsewhere and are only told apart here. */
const LOOKED_UP = /^src\/checks\/(worker-problem|code-reproducibility)/

const emissions = emittedFindings()
const emitted = new Set([...emissions.map(({ code }) => code), ...spelledCodes()])

/**
 * Every name in the form of a code in the folders where nothing else has that form. It finds the
 * codes whose type the source states in a roundabout way.
 */
function spelledCodes(): readonly string[] {
  const source = path.resolve(import.meta.dirname, '../../src')
  return ['checks', 'drift', 'locks', 'policy', 'table'].flatMap((folder) =>
    readdirSync(path.join(source, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const text = readFileSync(path.join(source, folder, name), 'utf8')
        return [...text.matchAll(/'([A-Z]+(?:_[A-Z]+)+)'/g)].map(([, code = '']) => code)
      }),
  )
}

/** The arguments at a place; `undefined` where codes are only looked up or the source does not tell. */
function argsAt({ code, place, args }: Emission): ReadonlySet<string> | undefined {
  const of = (table: Additions) =>
    table.filter(([pattern]) => pattern.test(place)).flatMap(([, names]) => names)
  if (args !== undefined) return new Set([...args, ...of(ADDED)])
  if (!OF_TABLES.some(([pattern]) => pattern.test(place))) return undefined
  return new Set([...(EXACT_CODES.get(code) ?? of(OF_TABLES)), ...of(ADDED)])
}

describe('the messages of findings', () => {
  it('are complete: every code that the source emits has one', () => {
    assert.ok(emitted.size > 150, `only ${String(emitted.size)} codes were found in the source`)
    assert.deepEqual([...emitted].filter((code) => !MESSAGES.has(code)).sort(), [])
  })

  it('are needed: every one belongs to a code that the source emits', () => {
    assert.deepEqual([...MESSAGES.keys()].filter((code) => !emitted.has(code)).sort(), [])
  })

  it('stand in one theme each', async () => {
    const themes = await Promise.all(
      [
        'artifacts',
        'canary',
        'cadence',
        'code',
        'data',
        'drift',
        'experiments',
        'flags',
        'locks',
        'model',
        'observability-join',
        'observability-routes',
        'observability-rules',
        'operations',
        'performance',
        'policy',
        'preprocessing',
        'release',
        'requirements',
        'table',
        'tests',
        'worker',
      ].map(async (name): Promise<object> => {
        const module = (await import(`../../src/report/messages/${name}.ts`)) as object
        return Object.values(module)[0] as object
      }),
    )
    const codes = themes.flatMap((theme) => Object.keys(theme))
    assert.equal(new Set(codes).size, codes.length)
    assert.deepEqual(codes.sort(), [...MESSAGES.keys()].sort())
  })

  it('name only arguments that the finding has wherever it is made', () => {
    const problems = emissions.flatMap((emission) => {
      const message = MESSAGES.get(emission.code)
      const args = argsAt(emission)
      if (message === undefined || args === undefined) return []
      return argumentsOf(message)
        .filter((name) => !args.has(name))
        .map((name) => `${emission.code} at ${emission.place} has no ${name}`)
    })
    assert.deepEqual(problems, [])
    const unseen = emissions.filter(
      (emission) => argsAt(emission) === undefined && !LOOKED_UP.test(emission.place),
    )
    assert.ok(unseen.length < 10, JSON.stringify(unseen))
  })

  for (const [code, { text, remedy, explain = '' }] of MESSAGES) {
    it(`${code} is a short plain sentence with a remedy`, () => {
      for (const { name, format } of placeholdersOf(`${text} ${remedy}`)) {
        assert.ok(isMessageFormat(format), `{${name}:${format}}`)
      }
      assert.deepEqual(placeholdersOf(explain), [])
      assert.match(text, /^([A-Z{]|pip )/)
      assert.match(text, /(\.|\{\w+:(lines|if_any)\}|\{text\})$/)
      assert.match(remedy, /^[A-Z].*\.$/)
      assert.doesNotMatch(text.replaceAll(/\{\w+(:\w+)?\}/g, ''), /[{}]/)
      assert.ok(text.length <= 240, `${String(text.length)} characters`)
      assert.ok(remedy.length <= 200, `${String(remedy.length)} characters`)
      if (explain !== '') assert.match(explain, /^[A-Z\-p].*\.$/)
      assert.doesNotMatch(
        `${text} ${remedy} ${explain}`,
        /!|\b(powerful|robust|seamless|simply|just|easily|smart|oops|please note|obviously)\b/i,
      )
    })
  }
})
