import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { OUTCOMES } from '../../src/core/outcome.ts'
import type { Result } from '../../src/core/result.ts'
import { junitReport } from '../../src/report/reporters/junit.ts'
import { buildColumn, buildItem, buildResult } from './build-result.ts'
import { CASE_NAMES, storedResult } from './stored-cases.ts'
import { parseXml, type XmlElement } from './xml-tokens.ts'

const OPTIONS = { color: false, unicode: true, width: 100, verbosity: 'normal' } as const

const parsed = (result: Result) => parseXml(junitReport(result, OPTIONS))
const casesOf = (root: XmlElement) => root.children.flatMap(({ children }) => children)
const kindOf = ({ children }: XmlElement) =>
  children.map(({ name }) => name).find((name) => name !== 'system-out') ?? 'passed'

const KINDS: Readonly<Record<string, string>> = {
  pass: 'passed',
  warn: 'passed',
  fail: 'failure',
  inconclusive: 'error',
  'needs-review': 'error',
  'not-applicable': 'skipped',
  waived: 'skipped',
}

describe('the JUnit report', () => {
  for (const outcome of OUTCOMES) {
    it(`says ${KINDS[outcome] ?? ''} of an item and a column that are ${outcome}`, () => {
      const root = parsed(
        buildResult({ items: [buildItem({ outcome })], columns: [buildColumn({ outcome })] }),
      )
      const [item, column] = casesOf(root)
      assert.ok(item && column)
      assert.deepEqual([kindOf(item), kindOf(column)], [KINDS[outcome], KINDS[outcome]])
    })
  }

  it('counts what it lists, per suite and in total', () => {
    for (const name of CASE_NAMES) {
      const root = parsed(storedResult(name))
      for (const element of [root, ...root.children]) {
        const cases = element === root ? casesOf(root) : element.children
        const count = (kind: string) => String(cases.filter((each) => kindOf(each) === kind).length)
        const { tests, failures, errors, skipped } = element.attributes
        assert.deepEqual(
          { tests, failures, errors, skipped },
          {
            tests: String(cases.length),
            failures: count('failure'),
            errors: count('error'),
            skipped: count('skipped'),
          },
          name,
        )
      }
    }
  })

  it('is never green where the verdict is not', () => {
    for (const [outcome, exitCode] of [
      ['fail', 1],
      ['inconclusive', 3],
      ['nothing-checked', 4],
    ] as const) {
      const { attributes } = parsed(
        buildResult({ verdict: { outcome, exitCode, reason: 'nothing else is wrong' } }),
      )
      assert.equal(Number(attributes['failures']) + Number(attributes['errors']), 1, outcome)
    }
    const { attributes } = parsed(buildResult())
    assert.deepEqual([attributes['failures'], attributes['errors']], ['0', '0'])
  })

  it('names each case of a suite once, because build servers drop a second', () => {
    for (const name of CASE_NAMES) {
      for (const suite of parsed(storedResult(name)).children) {
        const names = suite.children.map(({ attributes }) => attributes['name'])
        assert.equal(new Set(names).size, names.length, name)
      }
    }
    const columns = ['a', 'a', 'a (2)', 'a'].map((name) => buildColumn({ name }))
    const names = casesOf(parsed(buildResult({ columns }))).map(
      ({ attributes }) => attributes['name'],
    )
    assert.equal(new Set(names).size, names.length, names.join(', '))
  })

  it('says of a failure what was observed, the limit, the advice and where to read on', () => {
    const income = casesOf(parsed(storedResult('drift-mixed'))).find(
      ({ attributes }) => attributes['name'] === 'income',
    )
    const text = income?.children[0]?.text ?? ''
    for (const part of [/effect 0\.2135 ≥ 0\.1/, /Remedy: /, /mlcheck explain SHAPE_DRIFT/]) {
      assert.match(text, part)
    }
  })
})

describe('the XML of tests', () => {
  it('is refused when it is not well-formed', () => {
    const wrap = (body: string) => `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`
    assert.equal(parseXml(wrap('<a b="1">x &amp; y<c/></a>')).children.length, 1)
    for (const body of [
      '<a>',
      '<a></b>',
      '<a b="1" b="2"/>',
      '<a b=1/>',
      '<a>&nbsp;</a>',
      '<a>a & b</a>',
      '<a>]]></a>',
      '<a/><b/>',
      '<a>\u0001</a>',
      '<a>\ud800</a>',
      '<a b="<"/>',
    ]) {
      assert.throws(() => parseXml(wrap(body)), SyntaxError, body)
    }
  })
})
