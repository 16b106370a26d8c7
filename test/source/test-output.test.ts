import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countTests, type TestCounts } from '../../src/source/test-output.ts'

/** Closing lines as the tools print them: pytest 8, unittest of Python 3.11 and 3.12, Node 20 and 22, jest 29, vitest 2, mocha 10. */
const OUTPUTS: readonly (readonly [text: string, counts: string | undefined])[] = [
  ['....                  [100%]\n4 passed in 0.12s\n', 'pytest 4 0 0'],
  [
    '===== 1 failed, 3 passed, 2 skipped, 1 xfailed, 1 xpassed, 2 warnings, 1 error in 63.20s (0:01:03) =====\n',
    'pytest 4 2 3',
  ],
  ['\u001b[32m\u001b[1m2 passed\u001b[0m\u001b[32m in 0.01s\u001b[0m\n', 'pytest 2 0 0'],
  ['no tests ran in 0.00s\n', 'pytest 0 0 0'],
  ['3 deselected in 0.02s\n', 'pytest 0 0 0'],
  ['..\n------\nRan 2 tests in 0.001s\n\nOK\n', 'unittest 2 0 0'],
  [
    'Ran 9 tests in 0.001s\n\nFAILED (failures=1, errors=2, skipped=3, expected failures=1)\n',
    'unittest 2 3 4',
  ],
  ['Ran 0 tests in 0.000s\n\nNO TESTS RAN\n', 'unittest 0 0 0'],
  [
    'ℹ tests 7\nℹ suites 0\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ todo 1\nℹ duration_ms 5\n',
    'node:test 3 2 2',
  ],
  [
    'TAP version 13\nok 1 - a\n1..1\n# tests 12\n# suites 0\n# pass 12\n# fail 0\n# cancelled 0\n# skipped 0\n# todo 0\n',
    'node:test 12 0 0',
  ],
  [
    'Test Suites: 1 failed, 1 total\nTests:       1 failed, 2 skipped, 1 todo, 5 passed, 9 total\n',
    'jest 5 1 3',
  ],
  [' Test Files  2 passed (2)\n      Tests  1 failed | 5 passed | 1 skipped (7)\n', 'vitest 5 1 1'],
  ['  5 passing (10ms)\n  2 pending\n  1 failing\n', 'mocha 5 1 2'],
  ['ok 1 - a\nnot ok 2 - b\nok 3 - c # SKIP later\nnot ok 4 - d # TODO\n1..4\n', 'tap 1 1 2'],
  ['1..3\nok 1\nok 2\n', 'tap 2 1 0'],
  ['1..0 # no tests\n', 'tap 0 0 0'],
  ['all good\n', undefined],
  ['', undefined],
  ['5 passed\n', undefined],
  ['we passed 4 exams in 2s\n', undefined],
  ['ℹ tests 7\nℹ pass 7\n', undefined],
]

const shown = (counts: TestCounts | undefined) =>
  counts === undefined
    ? undefined
    : `${counts.tool} ${String(counts.passed)} ${String(counts.failed)} ${String(counts.skipped)}`

test('the closing lines of each tool are counted, and nothing else', () => {
  for (const [text, expected] of OUTPUTS) {
    assert.equal(shown(countTests(text, '')), expected, text)
    assert.equal(shown(countTests('', text.replaceAll('\n', '\r\n'))), expected, text)
  }
})

test('several summaries are added: what failed in the first part does not hide behind the last', () => {
  for (const [text, expected] of [
    ['1 failed, 9 passed in 1.00s\n5 passed, 1 skipped in 0.10s\n', 'pytest 14 1 1'],
    ['Ran 3 tests in 0.1s\n\nFAILED (failures=1)\nRan 2 tests in 0.1s\n\nOK\n', 'unittest 4 1 0'],
    ['Tests: 1 failed, 1 total\nTests: 2 passed, 2 total\n', 'jest 2 1 0'],
    ['# tests 2\n# pass 1\n# fail 1\n# tests 1\n# pass 1\n# fail 0\n', 'node:test 2 1 0'],
    ['  2 passing (3ms)\n  1 failing\n  4 passing (3ms)\n', 'mocha 6 1 0'],
    ['not ok 1\n1..1\nok 1\nok 2\n1..2\n', 'tap 2 1 0'],
  ] as const) {
    assert.equal(shown(countTests(text, '')), expected)
  }
})
