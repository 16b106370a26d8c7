import type { FindingArgs, FindingCode, GradedFinding } from '../../core/finding.ts'
import type { Location } from '../../core/evidence.ts'
import {
  entriesAt,
  keyPlace,
  placeInside,
  textAt,
  type DocumentNode,
} from '../../documents/node.ts'
import type { Rule, RuleDuration, RuleFile, RuleGroup } from './rules.ts'
import { templateProblem } from './template-check.ts'
import { durationSeconds } from './duration.ts'

const LABEL_NAME = /^[a-zA-Z_]\w*$/

/** Fields of Prometheus, and of Thanos, Mimir and Cortex, which read the same files. */
const GROUP_FIELDS = [
  ...['name', 'interval', 'query_offset', 'limit', 'labels', 'rules'],
  ...['partial_response_strategy', 'source_tenants', 'evaluation_delay'],
  ...['align_evaluation_time_on_interval', 'concurrency', 'type'],
]
const RULE_FIELDS = ['record', 'alert', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations']
const ALERT_ONLY = ['for', 'keep_firing_for', 'annotations'] as const

/**
 * What is wrong with rules in themselves: what Prometheus refuses to load (`fail`), and what makes
 * an alert of little use (`warn`, `notice`). Files that could not be read keep their own findings.
 */
export function ruleFindings(files: readonly RuleFile[]): readonly GradedFinding[] {
  return files.flatMap((file) => [
    ...file.findings,
    ...repeatedGroups(file),
    ...file.groups.flatMap(groupFindings),
    ...repeatedRules(file),
  ])
}

type Report = (
  code: FindingCode,
  severity: GradedFinding['severity'],
  args: FindingArgs,
  location: Location,
) => void

function repeatedGroups({ path, groups }: RuleFile): readonly GradedFinding[] {
  const seen = new Set<string>()
  return groups.flatMap(({ name, place, node }): readonly GradedFinding[] => {
    const location = keyPlace(node, 'name')
    if (name === '') {
      return [
        {
          code: 'RULE_GROUP_WITHOUT_NAME',
          severity: 'fail',
          args: { file: path },
          location: place,
        },
      ]
    }
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    return [
      {
        code: 'RULE_GROUP_REPEATED',
        severity: 'fail',
        args: { group: name, file: path },
        location,
      },
    ]
  })
}

function groupFindings({ name, node, rules }: RuleGroup): readonly GradedFinding[] {
  const found: GradedFinding[] = []
  const report: Report = (code, severity, args, location) =>
    found.push({ code, severity, args, location })
  for (const field of unknownFields(node, GROUP_FIELDS)) {
    report('RULE_FIELD_UNKNOWN', 'fail', { field, name }, keyPlace(node, field))
  }
  for (const field of ['interval', 'query_offset']) {
    const written = textAt(node, field)
    if (written !== undefined && durationSeconds(written) === undefined) {
      report('RULE_DURATION_INVALID', 'fail', { field, name, written }, keyPlace(node, field))
    }
  }
  if (rules.length === 0) report('RULE_GROUP_EMPTY', 'warn', { name }, keyPlace(node, 'name'))
  for (const rule of rules) {
    structureFindings(rule, report)
    expressionFindings(rule, report)
    labelFindings(rule, report)
    if (rule.kind === 'alert') alertFindings(rule, report)
  }
  return found
}

function structureFindings(rule: Rule, report: Report): void {
  const { name, node, place } = rule
  if (rule.kind === undefined) {
    const says = name === '' ? 'neither' : 'both'
    report('RULE_KIND_UNCLEAR', 'fail', { name: name === '' ? rule.group : name, says }, place)
  }
  for (const field of unknownFields(node, RULE_FIELDS)) {
    report('RULE_FIELD_UNKNOWN', 'fail', { field, name }, keyPlace(node, field))
  }
  for (const [field, duration] of [
    ['for', rule.for],
    ['keep_firing_for', rule.keepFiringFor],
  ] as const) {
    if (duration === undefined || duration.seconds !== undefined) continue
    report('RULE_DURATION_INVALID', 'fail', { field, name, written: duration.text }, duration.place)
  }
  if (rule.kind !== 'record') return
  if (name === '' || /[{}]/.test(name)) {
    report('RULE_NAME_INVALID', 'fail', { name }, place)
  }
  for (const field of ALERT_ONLY) {
    if (!isGiven(rule, field)) continue
    report('RULE_FIELD_OF_ALERTS', 'fail', { field, name }, keyPlace(node, field))
  }
}

/** Prometheus takes a duration of nothing and an empty map as if they were not there. */
function isGiven(rule: Rule, field: (typeof ALERT_ONLY)[number]): boolean {
  if (field === 'annotations') return rule.annotations.size > 0
  const duration: RuleDuration | undefined = field === 'for' ? rule.for : rule.keepFiringFor
  return duration !== undefined && duration.seconds !== 0
}

function expressionFindings({ name, expr, place }: Rule, report: Report): void {
  if (expr === undefined || expr.text.trim() === '') {
    report('RULE_WITHOUT_EXPRESSION', 'fail', { name }, place)
    return
  }
  const { problem } = expr
  if (problem !== undefined) {
    const { offset, reason } = problem
    report('RULE_EXPRESSION_INVALID', 'fail', { name, reason }, expr.placeAt(offset))
    return
  }
  const { type } = expr
  if (type !== 'range' && type !== 'string') return
  const is = type === 'range' ? 'a range of samples' : 'a text'
  report('RULE_EXPRESSION_NO_VECTOR', 'fail', { name, is }, expr.place)
}

function labelFindings({ kind, name, node }: Rule, report: Report): void {
  for (const field of ['labels', 'annotations']) {
    for (const [label, { keyStart, value }] of entriesAt(node, field)) {
      const place = node.source.locationOf(keyStart)
      if (label === '' || (field === 'labels' && label === '__name__')) {
        report('RULE_LABEL_INVALID', 'fail', { label, name }, place)
      } else if (!LABEL_NAME.test(label)) {
        report('RULE_LABEL_UNUSUAL', 'warn', { label, name }, place)
      }
      if (kind !== 'alert' || value.kind !== 'scalar') continue
      const problem = templateProblem(value.text)
      if (problem === undefined) continue
      const { reason } = problem
      report(
        'RULE_TEMPLATE_BROKEN',
        'fail',
        { label, name, reason },
        placeInside(value, problem.offset),
      )
    }
  }
}

function alertFindings(rule: Rule, report: Report): void {
  const { name, place, severity, runbookUrl, for: pending } = rule
  if (severity === undefined || severity.text.trim() === '') {
    report('ALERT_WITHOUT_SEVERITY', 'warn', { name }, place)
  }
  if (runbookUrl === undefined || runbookUrl.text.trim() === '') {
    report('ALERT_WITHOUT_RUNBOOK', 'notice', { name }, place)
  }
  if (pending === undefined || pending.seconds === 0) {
    report('ALERT_WITHOUT_FOR', 'notice', { name }, pending?.place ?? place)
  }
}

/** The same name with the same labels: of such alerts nobody can tell which fires. */
function repeatedRules({ groups }: RuleFile): readonly GradedFinding[] {
  const first = new Map<string, Rule>()
  return groups
    .flatMap(({ rules }) => rules)
    .flatMap((rule): readonly GradedFinding[] => {
      if (rule.kind === undefined) return []
      const labels = [...rule.labels].map(([label, { text }]) => [label, text] as const)
      const key = JSON.stringify([
        rule.kind,
        rule.name,
        labels.sort(([a], [b]) => (a < b ? -1 : 1)),
      ])
      const other = first.get(key)
      if (other === undefined) {
        first.set(key, rule)
        return []
      }
      return [
        {
          code: 'RULE_REPEATED',
          severity: 'warn',
          args: { name: rule.name, line: other.place.line ?? null },
          location: rule.place,
        },
      ]
    })
}

function unknownFields(node: DocumentNode, known: readonly string[]): readonly string[] {
  return entriesAt(node)
    .map(([key]) => key)
    .filter((key) => !known.includes(key))
}
