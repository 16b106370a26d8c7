import type { Location } from '../../core/evidence.ts'
import type { GradedFinding } from '../../core/finding.ts'
import {
  at,
  DocumentError,
  entriesAt,
  itemsAt,
  keyPlace,
  placeOf,
  textAt,
  type DocumentNode,
} from '../../documents/node.ts'
import { parseYamlDocuments } from '../../documents/yaml.ts'
import { durationSeconds } from './duration.ts'
import type { PlacedText } from './placed.ts'
import type { Rule } from './rules.ts'

/** What one `alert_rule_test` expects of an alert at a time. */
export interface AlertExpectation {
  readonly alert: string
  readonly seconds: number | undefined
  readonly place: Location
  /** The labels of each alert that is expected to fire; none when silence is expected. */
  readonly firing: readonly ReadonlyMap<string, string>[]
  /** Whether the test feeds any series; without one nothing can fire. */
  readonly hasSeries: boolean
}

export interface RuleTestFile {
  readonly path: string
  /** As written; patterns among them. */
  readonly ruleFiles: readonly PlacedText[]
  readonly expectations: readonly AlertExpectation[]
  readonly findings: readonly GradedFinding[]
}

/** What the tests of all files say about one alert. */
export interface AlertCoverage {
  readonly alert: string
  readonly firing: readonly Location[]
  readonly silent: readonly Location[]
}

const ROOT_FIELDS = [
  'rule_files',
  'evaluation_interval',
  'group_eval_order',
  'tests',
  'fuzzy_compare',
]
const TEST_FIELDS = [
  ...['interval', 'input_series', 'alert_rule_test', 'promql_expr_test', 'external_labels'],
  ...['external_url', 'name', 'start_timestamp'],
]
const ALERT_TEST_FIELDS = ['eval_time', 'alertname', 'exp_alerts']

/**
 * Reads a test file of `promtool test rules`. The tests are not run.
 *
 * @param path how places name the file
 * @returns what the file expects of alerts; a file that is none has a finding, never an error
 */
export async function readRuleTests(path: string, text: string): Promise<RuleTestFile> {
  const unreadable = (location: Location, reason: string): RuleTestFile => ({
    path,
    ruleFiles: [],
    expectations: [],
    findings: [
      {
        code: 'RULE_TESTS_UNREADABLE',
        severity: 'inconclusive',
        args: { file: path, reason },
        location,
      },
    ],
  })
  try {
    const [root] = await parseYamlDocuments(path, text)
    if (root === undefined || at(root, 'tests')?.kind !== 'list') {
      return unreadable({ path, line: 1, column: 1 }, 'there is no list of tests')
    }
    const tests = itemsAt(root, 'tests')
    const checks = tests.flatMap((test) => itemsAt(test, 'alert_rule_test'))
    return {
      path,
      ruleFiles: itemsAt(root, 'rule_files').flatMap((node) =>
        node.kind === 'scalar' ? [{ text: node.text, place: placeOf(node) }] : [],
      ),
      expectations: tests.flatMap(expectationsOf),
      findings: [
        ...unknown(root, ROOT_FIELDS),
        ...tests.flatMap((test) => unknown(test, TEST_FIELDS)),
        ...checks.flatMap((check) => [...unknown(check, ALERT_TEST_FIELDS), ...wrongTime(check)]),
      ],
    }
  } catch (error) {
    if (error instanceof DocumentError) return unreadable(error.place, error.message)
    throw error
  }
}

/** Which tests expect each alert of the rules to fire, and which expect it not to. */
export function alertCoverage(
  rules: readonly Rule[],
  files: readonly RuleTestFile[],
): readonly AlertCoverage[] {
  const alerts = new Set(rules.flatMap(({ kind, name }) => (kind === 'alert' ? [name] : [])))
  const expectations = files.flatMap((file) => file.expectations)
  return [...alerts].map((alert) => {
    const own = expectations.filter((expectation) => expectation.alert === alert)
    const places = (isFiring: boolean): readonly Location[] =>
      own.filter(({ firing }) => firing.length > 0 === isFiring).map(({ place }) => place)
    return { alert, firing: places(true), silent: places(false) }
  })
}

/** Tests of alerts that no rule has: they pass whatever the rules say. */
export function strayTestFindings(
  rules: readonly Rule[],
  files: readonly RuleTestFile[],
): readonly GradedFinding[] {
  const alerts = new Set(rules.flatMap(({ kind, name }) => (kind === 'alert' ? [name] : [])))
  return files
    .flatMap(({ expectations }) => expectations)
    .filter(({ alert }) => !alerts.has(alert))
    .map(({ alert, place }) => ({
      code: 'RULE_TEST_OF_UNKNOWN_ALERT',
      severity: 'warn',
      args: { alert },
      location: place,
    }))
}

function expectationsOf(test: DocumentNode): readonly AlertExpectation[] {
  const hasSeries = itemsAt(test, 'input_series').length > 0
  return itemsAt(test, 'alert_rule_test').map((check) => ({
    alert: textAt(check, 'alertname') ?? '',
    seconds: durationSeconds(textAt(check, 'eval_time') ?? '0'),
    place: placeOf(check),
    firing: itemsAt(check, 'exp_alerts').map(
      (alert) =>
        new Map(
          entriesAt(alert, 'exp_labels').flatMap(([label, { value }]) =>
            value.kind === 'scalar' ? [[label, value.text] as const] : [],
          ),
        ),
    ),
    hasSeries,
  }))
}

function wrongTime(check: DocumentNode): readonly GradedFinding[] {
  const written = textAt(check, 'eval_time')
  if (written === undefined || durationSeconds(written) !== undefined) return []
  return [
    {
      code: 'RULE_DURATION_INVALID',
      severity: 'fail',
      args: { field: 'eval_time', name: textAt(check, 'alertname') ?? '', written },
      location: keyPlace(check, 'eval_time'),
    },
  ]
}

function unknown(node: DocumentNode, known: readonly string[]): readonly GradedFinding[] {
  return entriesAt(node)
    .filter(([key]) => !known.includes(key))
    .map(([key]) => ({
      code: 'RULE_TEST_FIELD_UNKNOWN',
      severity: 'fail',
      args: { field: key },
      location: keyPlace(node, key),
    }))
}
