import type { Location } from '../../core/evidence.ts'
import type { GradedFinding } from '../../core/finding.ts'
import {
  at,
  DocumentError,
  entriesAt,
  itemsAt,
  keyPlace,
  placeOf,
  scalarAt,
  textAt,
  type DocumentNode,
} from '../../documents/node.ts'
import { parseYamlDocuments } from '../../documents/yaml.ts'
import { durationSeconds } from './duration.ts'
import { placedExpression, type PlacedExpression, type PlacedText } from './placed.ts'

/** An alerting or recording rule; what is not declared is `undefined`. */
export interface Rule {
  /** `undefined` when the rule says both or neither. */
  readonly kind: 'alert' | 'record' | undefined
  readonly name: string
  readonly group: string
  readonly place: Location
  readonly expr: PlacedExpression | undefined
  readonly for: RuleDuration | undefined
  readonly keepFiringFor: RuleDuration | undefined
  /** Those of the group included. */
  readonly labels: ReadonlyMap<string, PlacedText>
  readonly annotations: ReadonlyMap<string, PlacedText>
  readonly severity: PlacedText | undefined
  readonly runbookUrl: PlacedText | undefined
  readonly node: DocumentNode
}

export interface RuleDuration extends PlacedText {
  /** `undefined` when the text is no duration. */
  readonly seconds: number | undefined
}

export interface RuleGroup {
  readonly name: string
  readonly place: Location
  readonly rules: readonly Rule[]
  readonly node: DocumentNode
}

export interface RuleFile {
  readonly path: string
  readonly groups: readonly RuleGroup[]
  /** Why the file could not be read; nothing about its rules is known then. */
  readonly findings: readonly GradedFinding[]
}

/**
 * Reads a Prometheus rule file, or the rules of `PrometheusRule` resources. Whether the rules are
 * sound is told by `ruleFindings`.
 *
 * @param path how places name the file
 * @returns the groups; a file that is no rule file has none and a finding, never an error
 */
export async function readRules(path: string, text: string): Promise<RuleFile> {
  try {
    const documents = await parseYamlDocuments(path, text)
    const roots = documents.flatMap((document) => {
      const isResource = textAt(document, 'kind') === 'PrometheusRule'
      return isResource ? (at(document, 'spec') ?? []) : textAt(document, 'kind') ? [] : document
    })
    const lists = roots.flatMap((root) => at(root, 'groups') ?? [])
    if (lists.length === 0 || lists.some(({ kind }) => kind !== 'list')) {
      return unreadable(path, { path, line: 1, column: 1 }, 'there is no list of groups')
    }
    const groups = lists.flatMap((list) => itemsAt(list)).map(readGroup)
    return { path, groups, findings: [] }
  } catch (error) {
    if (error instanceof DocumentError) return unreadable(path, error.place, error.message)
    throw error
  }
}

/** All rules of files, in their order. */
export function rulesOf(files: readonly RuleFile[]): readonly Rule[] {
  return files.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules))
}

function unreadable(path: string, location: Location, reason: string): RuleFile {
  const finding: GradedFinding = {
    code: 'RULE_FILE_UNREADABLE',
    severity: 'inconclusive',
    args: { file: path, reason },
    location,
  }
  return { path, groups: [], findings: [finding] }
}

function readGroup(node: DocumentNode): RuleGroup {
  const name = textAt(node, 'name') ?? ''
  const inherited = placedTexts(node, 'labels')
  return {
    name,
    place: placeOf(node),
    rules: itemsAt(node, 'rules').map((rule) => readRule(rule, name, inherited)),
    node,
  }
}

function readRule(
  node: DocumentNode,
  group: string,
  inherited: ReadonlyMap<string, PlacedText>,
): Rule {
  const alert = textAt(node, 'alert')
  const record = textAt(node, 'record')
  const labels = new Map([...inherited, ...placedTexts(node, 'labels')])
  const annotations = placedTexts(node, 'annotations')
  const expr = scalarAt(node, 'expr')
  const isBoth = alert !== undefined && record !== undefined
  return {
    kind: isBoth
      ? undefined
      : alert !== undefined
        ? 'alert'
        : record !== undefined
          ? 'record'
          : undefined,
    name: alert ?? record ?? '',
    group,
    place: keyPlace(node, alert === undefined ? 'record' : 'alert'),
    expr: expr === undefined ? undefined : placedExpression(expr),
    for: readDuration(node, 'for'),
    keepFiringFor: readDuration(node, 'keep_firing_for'),
    labels,
    annotations,
    severity: labels.get('severity'),
    runbookUrl: annotations.get('runbook_url') ?? annotations.get('runbook'),
    node,
  }
}

function readDuration(node: DocumentNode, key: string): RuleDuration | undefined {
  const scalar = scalarAt(node, key)
  if (scalar === undefined) return undefined
  return { text: scalar.text, seconds: durationSeconds(scalar.text), place: placeOf(scalar) }
}

function placedTexts(node: DocumentNode, key: string): ReadonlyMap<string, PlacedText> {
  return new Map(
    entriesAt(node, key).flatMap(([name, { value }]) =>
      value.kind === 'scalar' ? [[name, { text: value.text, place: placeOf(value) }] as const] : [],
    ),
  )
}
