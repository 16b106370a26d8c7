import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { RULE_IDS } from '../../src/drift/settings.ts'
import { RULES } from '../../src/drift/rules/registry.ts'
import { blockHistogram } from '../../src/report/charts/blocks.ts'
import { explainJson, explainList, explainText } from '../../src/report/explain.ts'
import { clip, displayWidth, pad, wrap } from '../../src/report/layout.ts'
import { formatArgument } from '../../src/report/message-formats.ts'
import { messageProblems, remedyOf, renderMessage } from '../../src/report/messages.ts'
import {
  bytesText,
  comparedText,
  countOf,
  countText,
  numberText,
  pValueText,
  shareText,
} from '../../src/report/number-text.ts'
import { RULE_TEXTS } from '../../src/report/rules.ts'
import { escapeInJson, safeText } from '../../src/report/safe-text.ts'
import { gravestFirst } from '../../src/report/sentences.ts'
import { summaryParts } from '../../src/report/vocabulary.ts'
import { buildFinding, summaryOf } from './build-result.ts'

describe('numbers as words', () => {
  it('read as people write them', () => {
    assert.equal(countText(1_204_311), '1,204,311')
    assert.equal(countText(-1000), '-1,000')
    assert.equal(countOf(1, 'row'), '1 row')
    assert.equal(countOf(0, 'row'), '0 rows')
    assert.equal(countOf(1.5, 'day'), '1.5 days')
    assert.equal(numberText(52_428_801), '52,428,801')
    assert.equal(numberText(0.123456), '0.1235')
    assert.equal(numberText(133_712.25), '133,700')
    assert.equal(numberText(-1234.5, 6), '-1,234.5')
    assert.equal(numberText(1.5e300), '1.5e+300')
    assert.equal(shareText(0.1), '10%')
    assert.equal(pValueText(3.14e-9), 'p = 3.1e-9')
    assert.equal(pValueText(0), 'p < 1e-300')
    assert.equal(bytesText(1536), '1.5 KiB')
    assert.equal(bytesText(999), '999 bytes')
  })

  it('never look like a number when they are none', () => {
    for (const format of [numberText, countText, shareText, bytesText, pValueText]) {
      for (const value of [NaN, Infinity, -Infinity]) {
        assert.match(format(value), /not a number|infinity/)
        assert.doesNotMatch(format(value), /NaN|\d/)
      }
    }
  })

  it('keep 0% and 100% for exactly none and all', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        assert.equal(shareText(share) === '0%', share === 0)
        assert.equal(shareText(share) === '100%', share === 1)
      }),
      { seed: 1 },
    )
  })

  it('differ beside their limit unless they are equal', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ min: 0.0999999, max: 0.1000001, noNaN: true }),
    )
    fc.assert(
      fc.property(number, number, (value, limit) => {
        const [shown, threshold] = comparedText(value, limit)
        assert.equal(shown === threshold, value === limit || Object.is(value, -limit), shown)
      }),
      { seed: 2, numRuns: 500 },
    )
    assert.deepEqual(comparedText(0.09999996, 0.1), ['0.09999996', '0.1'])
    assert.deepEqual(comparedText(0.09999996, 0.1, shareText, 3), ['9.999996%', '10%'])
  })
})

describe('arguments of sentences', () => {
  it('read as their format says', () => {
    const cases: readonly (readonly [Parameters<typeof formatArgument>, string])[] = [
      [[null], 'unknown'],
      [[true], 'yes'],
      [[0.123456], '0.1235'],
      [[1204, 'id'], '1204'],
      [[1204, 'count'], '1,204'],
      [[2, 'row'], '2 rows'],
      [[1, 'row'], '1 row'],
      [[null, 'row'], 'unknown'],
      [[null, 'p'], 'no p-value'],
      [[null, 'bound'], 'on the p-value'],
      [[0.31415, 'ceiling'], '0.315'],
      [[0.3, 'ceiling'], '0.3'],
      [[[], 'list'], 'none'],
      [[['a', '', 'c'], 'list'], 'a, "", c'],
      [[['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'list'], 'a, b, c, d, e and 2 more'],
      [[['a', 'b', 'c', 'd', 'e', 'f'], 'all'], 'a, b, c, d, e, f'],
      [
        [
          [
            { line: 12, value: 'x' },
            { row: 3, value: '' },
          ],
          'places',
        ],
        'line 12 "x", row 3 ""',
      ],
      [['a\n  b', 'lines'], 'a / b'],
      [['', 'lines'], 'nothing.'],
      [['abcdef'.repeat(10), 'digest'], 'abcdefabcdef'],
      [[null, 'if_any'], ''],
      [['', 'or_none'], 'none'],
      [['a', 'quoted'], '"a"'],
      [[0.87344, 'vs_other', { other: 0.87341 }], '0.87344'],
      [[0.09999996, 'share_vs_other', { other: 0.1 }], '9.999996%'],
      [[52_428_801, 'bytes_vs_other', { other: 52_428_800 }], '50.000001 MiB'],
      [['text', 'vs_other', { other: 0.1 }], 'text'],
      [[0.5, 'share_vs_other', { other: null }], '50%'],
    ]
    for (const [args, expected] of cases) assert.equal(formatArgument(...args), expected)
  })

  it('are rounded up where a threshold is advised, so that it accepts the value', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1, noNaN: true }), (value) => {
        const advised = Number(formatArgument(value, 'ceiling'))
        assert.ok(advised >= value && advised <= value * 1.011, String(advised))
      }),
      { seed: 4, numRuns: 500 },
    )
  })

  it('are missed: a finding without them shows its code and what it has', () => {
    const bare = { code: 'SHAPE_DRIFT', args: { key: 'shape' } } as const
    assert.ok(messageProblems(bare).length > 0)
    assert.equal(renderMessage(bare), 'SHAPE_DRIFT {"key":"shape"}')
    assert.equal(remedyOf(bare), undefined)
    const unknown = { code: 'NO_SUCH_CODE', args: {} } as const
    assert.deepEqual(messageProblems(unknown), ['NO_SUCH_CODE has no message'])
    assert.equal(renderMessage(unknown), 'NO_SUCH_CODE {}')
    assert.equal(remedyOf(unknown), undefined)
  })

  it('that hold braces, dollars or a full stop stay what they are', () => {
    const finding = {
      code: 'CHECK_CRASHED',
      args: { message: 'cannot read {message} of $& at ../a.' },
    } as const
    assert.equal(
      renderMessage(finding),
      'The check ended with an error: cannot read {message} of $& at ../a.',
    )
  })
})

describe('text made safe', () => {
  it('has no character that could move, hide or reorder, and keeps the others', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const safe = safeText(text)
        assert.doesNotMatch(safe, /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]|\p{Cs}/u)
        assert.equal(safeText(safe), safe)
      }),
      { seed: 6, numRuns: 500 },
    )
    assert.equal(safeText('plain text, 長 é 🎉'), 'plain text, 長 é 🎉')
    assert.equal(safeText('\u001b[2J\u202e\n\ud800'), String.raw`\u{1b}[2J\u{202e}\n\u{d800}`)
  })

  it('is the original again for a reader of JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = escapeInJson(JSON.stringify({ text }))
        assert.deepEqual(JSON.parse(json), { text })
        assert.equal(safeText(json), json)
      }),
      { seed: 8, numRuns: 500 },
    )
  })
})

describe('the layout of a line', () => {
  const words = fc.string({
    unit: fc.constantFrom('a', 'é', '長', ' ', '🎉', 'e\u0301'),
    maxLength: 90,
  })

  it('never exceeds its width, and wrapping loses no letter', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 26, max: 60 }), (text, width) => {
        const lines = wrap(text, width, '  -> ')
        for (const line of lines) assert.ok(displayWidth(line) <= width, line)
        assert.equal(lines.join('').slice(5).replace(/ /g, ''), text.replace(/ /g, ''))
        assert.ok(displayWidth(clip(text, width, '...')) <= width)
        assert.ok(displayWidth(pad(text, width)) >= width)
      }),
      { seed: 9, numRuns: 300 },
    )
    assert.equal(displayWidth('長e\u0301'), 3)
  })

  it('shows one row of a histogram differently from none', () => {
    assert.equal(blockHistogram([0, 1, 1000], true), ' ▁█')
    assert.equal(blockHistogram([0, 1, 1000], false), ' .@')
    assert.equal(blockHistogram([0, 0], true), '  ')
    assert.equal(blockHistogram(new Array<number>(64).fill(3), true).length, 16)
  })
})

describe('findings of a column', () => {
  it('stand with the gravest first, and otherwise in their order', () => {
    const graded = (['notice', 'warn', 'fail', 'inconclusive', 'warn', undefined] as const).map(
      (severity, index) =>
        buildFinding({ message: String(index), ...(severity === undefined ? {} : { severity }) }),
    )
    assert.equal(
      gravestFirst(graded)
        .map(({ message }) => message)
        .join(''),
      '253140',
    )
  })
})

describe('the summary', () => {
  it('always counts failures, what is not verified and passes', () => {
    assert.deepEqual(summaryParts(summaryOf([])), ['0 failed', '0 not verified', '0 passed'])
    assert.deepEqual(
      summaryParts(summaryOf(['fail', 'warn', 'warn', 'needs-review', 'waived', 'not-applicable'])),
      [
        '1 failed',
        '0 not verified',
        '1 needs review',
        '2 warnings',
        '1 waived',
        '0 passed',
        '1 n/a',
      ],
    )
  })
})

describe('the words for rules', () => {
  it('are there for every rule, in the order of the rules', () => {
    assert.deepEqual(
      RULE_TEXTS.map(({ id }) => id),
      [...RULE_IDS],
    )
    assert.equal(RULE_TEXTS.length, RULES.length)
    for (const { title, decides, when } of RULE_TEXTS) {
      assert.match(title, /[^.]$/)
      for (const text of [decides, when]) assert.match(text, /^[A-Z].*\.$/)
    }
  })
})

describe('an explanation', () => {
  const record = {
    id: 'X',
    kind: 'finding',
    title: 'A title',
    sections: [
      { heading: 'One', text: ['a paragraph'] },
      { heading: 'Several', text: ['first', 'second'] },
    ],
  } as const

  it('is a paragraph or a list, a line each in an overview, and data for a program', () => {
    assert.equal(
      explainText(record, 60),
      'X (finding): A title\n\nOne\n  a paragraph\n\nSeveral\n  - first\n  - second\n',
    )
    assert.equal(
      explainList([record, { ...record, id: 'LONG' }], 60),
      'X     A title\nLONG  A title\n',
    )
    assert.deepEqual(JSON.parse(explainJson([record])), [record])
  })
})
