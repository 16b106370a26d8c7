import type { Outcome } from '../../core/outcome.ts'
import {
  SECTIONS,
  type ColumnResult,
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
  gravestFirst,
  itemTitle,
  keyText,
  placedText,
  sideTexts,
  speaksAgainst,
  vouchTexts,
  weakEvidenceTexts,
} from '../sentences.ts'
import { isUnfolded, OUTCOME_WORDS, summaryParts, VERDICT_WORDS } from '../vocabulary.ts'

type Kind = 'passed' | 'failure' | 'error' | 'skipped'

interface TestCase {
  readonly name: string
  readonly outcome: string
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
  const { outcome, findings, evidence, id, remediation } = item
  const vouched = vouchTexts(item)
  return {
    name: id,
    outcome: OUTCOME_WORDS[outcome],
    kind: item.known === undefined ? KINDS[outcome] : 'skipped',
    type: gravestFirst(findings)[0]?.code ?? outcome,
    message: vouched[0] ?? headline(findings) ?? itemTitle(item),
    body: [
      itemTitle(item),
      ...vouched,
      ...gravestFirst(findings).flatMap(withRemedy),
      ...evidence.map(evidenceText),
      ...weakEvidenceTexts(item),
      ...(isUnfolded(outcome) ? [`Remedy: ${remediation}`, explainCommand([id])] : []),
    ],
  }
}

function columnSuites({ columns }: Result): TestSuite[] {
  if (columns.length === 0) return []
  return [{ name: 'columns', cases: columns.map(columnCase) }]
}

function columnCase(column: ColumnResult): TestCase {
  const { name, outcome, findings, keys, type, role } = column
  const codes = gravestFirst(findings)
    .filter(({ severity }) => severity !== 'notice')
    .map(({ code }) => code)
  return {
    name: columnTitle(name),
    outcome: OUTCOME_WORDS[outcome],
    kind: KINDS[outcome],
    type: gravestFirst(findings)[0]?.code ?? outcome,
    message: headline(findings) ?? `${type}, ${role}`,
    body: [
      `${type}, ${role}`,
      ...gravestFirst(findings).flatMap(withRemedy),
      ...keys.filter(speaksAgainst).map(keyText),
      ...(isUnfolded(outcome) ? sideTexts(column) : []),
      ...(codes.length === 0 ? [] : [explainCommand(codes)]),
    ],
  }
}

function verdictSuite({ verdict, findings, summary }: Result): TestSuite {
  const { outcome, exitCode, reason } = verdict
  return {
    name: 'verdict',
    cases: [
      {
        name: 'verdict',
        outcome: VERDICT_WORDS[outcome],
        kind: VERDICT_KINDS[outcome],
        type: VERDICT_WORDS[outcome],
        message: `${reason} (exit ${String(exitCode)})`,
        body: [
          `${reason} (exit ${String(exitCode)})`,
          summaryParts(summary).join(', '),
          ...gravestFirst(findings).flatMap(withRemedy),
        ],
      },
    ],
  }
}

function headline(findings: readonly ReportedFinding[]): string | undefined {
  const [leading] = gravestFirst(findings)
  return leading === undefined ? undefined : placedText(leading)
}

const EXPLAINED = 3

function explainCommand(ids: readonly string[]): string {
  return `Explain: mlcheck explain ${[...new Set(ids)].slice(0, EXPLAINED).join(' ')}`
}

function withRemedy(finding: ReportedFinding): string[] {
  const remedy = finding.severity === 'notice' ? undefined : remedyOf(finding)
  return [findingText(finding), ...(remedy === undefined ? [] : [`Remedy: ${remedy}`])]
}

function suiteLines({ name, cases }: TestSuite, { command, run }: Result): string[] {
  const taken = new Set<string>()
  return [
    `  <testsuite name="${xml(name)}"${counts(cases)} timestamp="${xml(run.startedAt)}">`,
    ...cases.flatMap((testCase) =>
      caseLines(testCase, `mlcheck.${command}.${name}`, unusedName(testCase.name, taken)),
    ),
    '  </testsuite>',
  ]
}

/** The name, or the name with a number: build servers drop a second case of the same name. */
function unusedName(name: string, taken: Set<string>): string {
  const shown = safeText(name)
  let unused = shown
  for (let times = 2; taken.has(unused); times += 1) unused = `${shown} (${String(times)})`
  taken.add(unused)
  return unused
}

function caseLines(testCase: TestCase, className: string, name: string): string[] {
  const { kind, type, body, outcome } = testCase
  const message = `${outcome}: ${testCase.message}`
  const open = `    <testcase classname="${xml(className)}" name="${xml(name)}"`
  const close = '    </testcase>'
  const content = body.map(xml).join('\n')
  switch (kind) {
    case 'passed': {
      const output = `${xml(outcome)}: ${content}`
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
