import { readXml, type Element } from './xml.ts'

export type CaseOutcome = 'passed' | 'failed' | 'skipped'

export interface JunitCase {
  /** Dotted for Python: `tests.unit.test_scale.TestScale`. */
  readonly className: string
  /** With the parameters of a case: `test_scale[3]`. */
  readonly name: string
  readonly file: string | undefined
  /** An error counts as failed. */
  readonly outcome: CaseOutcome
}

/** A report in the JUnit format, counted from its cases. */
export interface JunitReport {
  readonly cases: readonly JunitCase[]
  /** The newest `timestamp` of its suites as an ISO day in the time of the report; no suite may have one. */
  readonly day: string | undefined
  /** Suites whose own numbers are not those of their cases. */
  readonly contradictions: readonly string[]
}

/** A report, or why a text is none. */
export type JunitRead = { readonly report: JunitReport } | { readonly problem: string }

/** Reads a JUnit report with suites nested to any depth, or says why it is none. */
export function readJunit(text: string): JunitRead {
  const xml = readXml(text)
  if ('problem' in xml) return xml
  const { root } = xml
  if (root.name !== 'testsuites' && root.name !== 'testsuite') {
    return { problem: `its root is ${root.name}, not testsuites or testsuite` }
  }
  const suites = elementsBelow(root, 'testsuite')
  const days = suites.flatMap(({ attributes }) => dayOf(attributes['timestamp']) ?? [])
  return {
    report: {
      cases: elementsBelow(root, 'testcase').map(caseOf),
      day: days.sort().at(-1),
      contradictions: [
        ...(root.name === 'testsuites' && hidesFailures(root) ? [root] : []),
        ...suites.filter(contradictsItself),
      ].map(({ name, attributes }) => attributes['name'] ?? name),
    },
  }
}

function elementsBelow(element: Element, name: string): readonly Element[] {
  const own = element.name === name ? [element] : []
  return [...own, ...element.children.flatMap((child) => elementsBelow(child, name))]
}

function caseOf({ attributes, children }: Element): JunitCase {
  const has = (name: string) => children.some((child) => child.name === name)
  const says = (words: RegExp) =>
    [attributes['status'], attributes['result']].some((text) => words.test(text ?? ''))
  const isFailed = has('failure') || has('error') || says(FAILED)
  return {
    className: attributes['classname'] ?? '',
    name: attributes['name'] ?? '',
    file: attributes['file'],
    outcome: isFailed ? 'failed' : has('skipped') || says(NOT_RUN) ? 'skipped' : 'passed',
  }
}

/** GoogleTest and CTest say in an attribute what others say in an element. */
const FAILED = /^(fail(ed|ure)?|error)$/i
const NOT_RUN = /^(notrun|not run|skipped|disabled|suppressed|ignored)$/i

/** A suite may count its own cases or all below it; `tests` must be one of both, and no failure may hide. */
function contradictsItself(suite: Element): boolean {
  const own = suite.children.filter(({ name }) => name === 'testcase')
  const all = elementsBelow(suite, 'testcase')
  const declared = numberOf(suite.attributes['tests'])
  if (declared !== undefined && declared !== all.length) {
    const direct = suite.children.filter(({ name }) => name === 'testcase' || name === 'testsuite')
    if (declared !== own.length && declared !== direct.length) return true
  }
  return hidesFailures(suite)
}

/** It counts failures, or holds one outside of a case, and no case failed. */
function hidesFailures(suite: Element): boolean {
  const said = ['failures', 'errors'].some((name) => (numberOf(suite.attributes[name]) ?? 0) > 0)
  const stray = suite.children.some(({ name }) => name === 'failure' || name === 'error')
  if (!said && !stray) return false
  return !elementsBelow(suite, 'testcase').some((each) => caseOf(each).outcome === 'failed')
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}

function dayOf(timestamp: string | undefined): string | undefined {
  return /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(timestamp ?? '')?.[0]
}
