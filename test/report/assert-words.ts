import assert from 'node:assert/strict'
import type { Finding, FindingCode } from '../../src/core/finding.ts'
import { messageProblems, remedyOf, renderMessage } from '../../src/report/messages.ts'

/** Findings of real runs have their sentence: nothing is missing, undefined or not a number. */
export function assertWords(findings: readonly Finding[], expected: readonly FindingCode[]): void {
  const codes = new Set(findings.map(({ code }) => code))
  assert.deepEqual(
    expected.filter((code) => !codes.has(code)),
    [],
    `only these were produced: ${[...codes].join(', ')}`,
  )
  for (const finding of findings) {
    if (finding.code === 'LATENCY_TOO_HIGH' || finding.code === 'LATENCY_NEAR_LIMIT') continue
    assert.deepEqual(messageProblems(finding), [])
    for (const sentence of [renderMessage(finding), remedyOf(finding) ?? 'no remedy']) {
      // The word may be the input's own, or that of a rule that is explained by it.
      const own = sentence.replace(/"NaN"|make the statistics NaN|`run: \{allow: true\}`/, '')
      assert.doesNotMatch(own, /NaN|undefined|\[object|no remedy|\{\w+:/, finding.code)
      assert.doesNotMatch(sentence, / {2}|\.\.$|\s$/, finding.code)
    }
  }
}
