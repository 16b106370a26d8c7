import type { Outcome } from '../../core/outcome.ts'
import {
  SECTIONS,
  type ItemResult,
  type ReportedFinding,
  type Result,
  type Verdict,
} from '../../core/result.ts'
import { remedyOf } from '../messages.ts'
import type { Reporter } from '../reporter.ts'
import { safeText } from '../safe-text.ts'
import {
  columnTitle,
  evidenceText,
  findingText,
  itemTitle,
  vouchTexts,
  weakEvidenceTexts,
} from '../sentences.ts'
import { isUnfolded, OUTCOME_WORDS, VERDICT_WORDS } from '../vocabulary.ts'

type Kind = 'passed' | 'failure' | 'error' | 'skipped'

interface TestCase {
  readonly name: string
  readonly kind: Kind
  readonly type: string
  readonly message: string
  readonly body: readonly string[]
}

interface TestSuite {
  readonly name: string
  readonly cases: readonly TestCase[]
}

/** What could not be decided is an `error`: build servers show a skipped case as harmless. */
const KINDS: Readonly<Record<Outcome, Kind>> = {
  pass: 'passed',
  warn: 'passed',
  fail: 'failure',
  inconclusive: 'error',
  'needs-review': 'error',
  'not-applicable': 'skipped',
  waived: 'skipped',
}

const VERDICT_KINDS: Readonly<Record<Verdict['outcome'], Kind>> = {
  pass: 'passed',
  fail: 'failure',
  inconclusive: 'error',
  'nothing-checked': 'error',
}

/** JUnit XML: a suite per section or one for all columns, and a case for the verdict as a whole. */
export const junitReport: Reporter = (result) => {
  const suites = [...itemSuites(result), ...columnSuites(result), verdictSuite(result)]
  const cases = suites.flatMap((suite) => suite.cases)
  const time = seconds(result.run.durationMs)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(`mlcheck ${result.command}`)}"${counts(cases)} time="${time}">`,
    ...suites.flatMap((suite) => suiteLines(suite, result)),
    '</testsuites>',
    '',
  ].join('\n')
}

function itemSuites({ items }: Result): TestSuite[] {
  return SECTIONS.flatMap((section) => {
    const members = items.filter((item) => item.section === section)
    return members.length === 0 ? [] : [{ name: section, cases: members.map(itemCase) }]
  })
}

function itemCase(item: ItemResult): TestCase {
  const { outcome, findings, evidence, remediation } = item
  const vouched = vouchTexts(item)
  return {
    name: item.id,
    kind: KINDS[outcome],
    type: findings[0]?.code ?? outcome,
    message: headline(outcome, vouched[0] ?? firstSentence(findings) ?? item.title),
    body: [
      itemTitle(item),
      ...vouched,
      ...findings.map(findingText),
      ...evidence.map(evidenceText),
      ...weakEvidenceTexts(item),
      ...(isUnfolded(outcome) ? [`Remedy: ${remediation}`] : []),
    ],
  }
}

function columnSuites({ columns }: Result): TestSuite[] {
  if (columns.length === 0) return []
  const cases = columns.map(({ name, outcome, findings, type, role }): TestCase => ({
    name: columnTitle(name),
    kind: KINDS[outcome],
    type: findings[0]?.code ?? outcome,
    message: headline(outcome, firstSentence(findings) ?? `${type}, ${role}`),
    body: findings.flatMap(withRemedy),
  }))
  return [{ name: 'columns', cases }]
}

function verdictSuite({ verdict, findings }: Result): TestSuite {
  return {
    name: 'verdict',
    cases: [
      {
        name: 'verdict',
        kind: VERDICT_KINDS[verdict.outcome],
        type: VERDICT_WORDS[verdict.outcome],
        message: verdict.reason,
        body: findings.flatMap(withRemedy),
      },
    ],
  }
}

function headline(outcome: Outcome, sentence: string): string {
  return `${OUTCOME_WORDS[outcome]}: ${sentence}`
}

function firstSentence([first]: readonly ReportedFinding[]): string | undefined {
  return first === undefined ? undefined : findingText(first)
}

function withRemedy(finding: ReportedFinding): string[] {
  const remedy = finding.severity === 'notice' ? undefined : remedyOf(finding)
  return [findingText(finding), ...(remedy === undefined ? [] : [`Remedy: ${remedy}`])]
}

function suiteLines({ name, cases }: TestSuite, { command, run }: Result): string[] {
  const seen = new Map<string, number>()
  return [
    `  <testsuite name="${xml(name)}"${counts(cases)} timestamp="${xml(run.startedAt)}">`,
    ...cases.flatMap((testCase) => {
      const shown = safeText(testCase.name)
      const times = (seen.get(shown) ?? 0) + 1
      seen.set(shown, times)
      // Build servers drop a second case of the same name.
      const unique = times === 1 ? shown : `${shown} (${String(times)})`
      return caseLines(testCase, `mlcheck.${command}.${name}`, unique)
    }),
    '  </testsuite>',
  ]
}

function caseLines(testCase: TestCase, className: string, name: string): string[] {
  const { kind, type, message, body } = testCase
  const open = `    <testcase classname="${xml(className)}" name="${xml(name)}"`
  const close = '    </testcase>'
  const content = body.map(xml).join('\n')
  switch (kind) {
    case 'passed': {
      const output = `${xml(message)}${content === '' ? '' : `\n${content}`}`
      return [`${open}>`, `      <system-out>${output}</system-out>`, close]
    }
    case 'skipped':
      return [`${open}>`, `      <skipped message="${xml(message)}"/>`, close]
    case 'failure':
    case 'error':
      return [
        `${open}>`,
        `      <${kind} message="${xml(message)}" type="${xml(type)}">${content}</${kind}>`,
        close,
      ]
  }
}

function counts(cases: readonly TestCase[]): string {
  const count = (kind: Kind) => String(cases.filter((testCase) => testCase.kind === kind).length)
  return ` tests="${String(cases.length)}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3)
}

/** Text as XML 1.0 may hold it: no control characters, no markup. */
function xml(content: string): string {
  return safeText(content)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}
