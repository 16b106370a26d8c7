import type { Location } from '../core/evidence.ts'
import type { Dashboard } from './grafana/dashboard.ts'
import { exporterOf, type KnownExporter } from './prometheus/exporters.ts'
import type { Selector } from './prometheus/expression.ts'
import { isNamed, promName, seriesOf, type EmittedMetric } from './prometheus/metric-names.ts'
import type { PlacedExpression } from './prometheus/placed.ts'
import { rulesOf, type RuleFile } from './prometheus/rules.ts'
import { selectorsOf } from './prometheus/selectors.ts'
import { targetOf, type SelectorTarget } from './selector-target.ts'

export type UserKind = 'alert' | 'record' | 'panel' | 'helper'

/** Whose expression a selector stands in. */
export interface SelectorUser {
  readonly kind: UserKind
  readonly name: string
  readonly place: Location
}

/**
 * Where the series of a selector come from: `live` from the code, `exporter` from a known exporter,
 * `recorded` from a recording rule whose own series come from somewhere, `orphan` from nowhere,
 * `undecided` when it names no metric.
 */
export type SelectorState = 'live' | 'exporter' | 'recorded' | 'orphan' | 'undecided'

export interface JoinedSelector {
  readonly selector: Selector
  /** The name or pattern that it asks for; `undefined` when it names no metric. */
  readonly shown: string | undefined
  readonly user: SelectorUser
  readonly place: Location
  readonly state: SelectorState
  /** The metrics of the code that it reads, those behind recording rules included. */
  readonly metrics: readonly EmittedMetric[]
  readonly exporter: KnownExporter | undefined
  /** The recording rules that it goes through, the nearest first. */
  readonly through: readonly string[]
  /** What it asks for at the end of recording rules and nobody emits. */
  readonly missing: readonly string[]
  /** Of an orphan: the metric of the code whose name it has, under which no series is scraped. */
  readonly namesake: EmittedMetric | undefined
  /** Labels that its matchers need and none of its metrics has. */
  readonly unknownLabels: readonly string[]
}

export interface JoinedMetric {
  readonly metric: EmittedMetric
  /** `live` when an alert or a panel reads it, through recording rules too. */
  readonly state: 'live' | 'silent'
  readonly alerts: readonly SelectorUser[]
  readonly panels: readonly SelectorUser[]
}

export interface Join {
  readonly metrics: readonly JoinedMetric[]
  readonly selectors: readonly JoinedSelector[]
}

export interface JoinInput {
  readonly metrics: readonly EmittedMetric[]
  readonly rules: readonly RuleFile[]
  readonly dashboards: readonly Dashboard[]
}

/**
 * Joins the metrics that code emits with the rules that alert on them and the dashboards that show
 * them. Expressions that do not parse take no part; their files have findings. Metrics of the code
 * come before recording rules, and those before exporters.
 *
 * O(selectors × rules), and times the metrics for selectors without a plain name.
 */
export function joinMonitoring(input: JoinInput): Join {
  const resolve = resolver(input)
  const selectors = usersOf(input).flatMap(({ user, expr }) =>
    selectorsIn(expr).map((selector): JoinedSelector => {
      const target = targetOf(selector)
      const origin = resolve(target)
      const metrics = [...origin.metrics]
      const state = stateOf(target, origin)
      return {
        selector,
        shown: target.shown,
        user,
        place: expr.placeAt(selector.from),
        state,
        metrics,
        exporter: origin.exporter,
        through: [...origin.through],
        missing: [...origin.missing],
        namesake: state === 'orphan' ? namesakeOf(target.name, input.metrics) : undefined,
        unknownLabels: origin.isDirect ? unknownLabels(selector, metrics) : [],
      }
    }),
  )
  return {
    selectors,
    metrics: input.metrics.map((metric): JoinedMetric => {
      const own = selectors.filter(({ metrics }) => metrics.includes(metric))
      const alerts = usersOfKind(own, 'alert')
      const panels = usersOfKind(own, 'panel')
      const state = alerts.length + panels.length > 0 ? 'live' : 'silent'
      return { metric, state, alerts, panels }
    }),
  }
}

interface Origin {
  /** Whether the code emits it under the name that is asked for. */
  readonly isDirect: boolean
  readonly metrics: ReadonlySet<EmittedMetric>
  readonly exporter: KnownExporter | undefined
  readonly through: ReadonlySet<string>
  readonly missing: ReadonlySet<string>
}

type Resolve = (target: SelectorTarget) => Origin

/** Follows recording rules, every name once: they may refer to each other in circles. */
function resolver({ metrics, rules }: JoinInput): Resolve {
  const recorded = recordedTargets(rules)
  const emitting = emitters(metrics)
  const known = new Map<string, Origin>()

  const find: Resolve = (asked) => {
    const found = new Set<EmittedMetric>()
    const through = new Set<string>()
    const missing = new Set<string>()
    let exporter: KnownExporter | undefined
    const open = [asked]
    for (let target = open.pop(); target !== undefined; target = open.pop()) {
      const { name, shown, accepts } = target
      const emitted = emitting(target)
      for (const metric of emitted) found.add(metric)
      const rulesNamed =
        name === undefined ? [...recorded.keys()].filter(accepts) : recorded.has(name) ? [name] : []
      for (const rule of rulesNamed) {
        if (!through.has(rule)) open.push(...(recorded.get(rule) ?? []))
        through.add(rule)
      }
      if (emitted.length + rulesNamed.length > 0 || shown === undefined) continue
      const from = name === undefined ? exporterOfPattern(shown) : exporterOf(name)
      if (from === undefined) missing.add(shown)
      exporter ??= from
    }
    const isDirect = emitting(asked).length > 0
    return { isDirect, metrics: found, exporter, through, missing }
  }

  return (target) => {
    if (target.name === undefined) return find(target)
    const found = known.get(target.name) ?? find(target)
    known.set(target.name, found)
    return found
  }
}

/** The metrics that a target asks for; names that the code computes are compared as patterns. */
function emitters(
  metrics: readonly EmittedMetric[],
): (target: SelectorTarget) => readonly EmittedMetric[] {
  const series = metrics.flatMap((metric) => seriesOf(metric).map(({ name }) => ({ name, metric })))
  const byName = new Map<string, EmittedMetric[]>()
  for (const { name, metric } of series) byName.set(name, [...(byName.get(name) ?? []), metric])
  const computed = series.filter(({ name }) => name.includes('*'))
  return (target) => {
    const { name: asked } = target
    if (asked === undefined) {
      return series.filter(({ name }) => target.accepts(name)).map(({ metric }) => metric)
    }
    const matching = computed.filter(({ name }) => isNamed(name, asked))
    return [...(byName.get(asked) ?? []), ...matching.map(({ metric }) => metric)]
  }
}

/** What the recording rules of each name read. */
function recordedTargets(
  rules: readonly RuleFile[],
): ReadonlyMap<string, readonly SelectorTarget[]> {
  const targets = new Map<string, SelectorTarget[]>()
  for (const { kind, name, expr } of rulesOf(rules)) {
    if (kind !== 'record') continue
    const known = targets.get(name) ?? []
    targets.set(name, known)
    if (expr !== undefined) known.push(...selectorsIn(expr).map(targetOf))
  }
  return targets
}

/** A pattern is compared with the start of an exporter's names. */
function exporterOfPattern(pattern: string): KnownExporter | undefined {
  const start = /^\^?([a-zA-Z_:][\w:]*_)/.exec(pattern)?.[1]
  return start === undefined ? undefined : exporterOf(`${start}x`)
}

function stateOf(target: SelectorTarget, origin: Origin): SelectorState {
  if (target.shown === undefined) return 'undecided'
  if (origin.isDirect) return 'live'
  const isGrounded = origin.metrics.size > 0 || origin.exporter !== undefined
  if (origin.through.size > 0) {
    return isGrounded && origin.missing.size === 0 ? 'recorded' : 'orphan'
  }
  return origin.exporter === undefined ? 'orphan' : 'exporter'
}

const SUFFIX = /_(total|bucket|sum|count|created|info)$/

function namesakeOf(
  name: string | undefined,
  metrics: readonly EmittedMetric[],
): EmittedMetric | undefined {
  const bare = name?.replace(SUFFIX, '')
  return metrics.find((metric) => promName(metric.name).replace(SUFFIX, '') === bare)
}

interface Used {
  readonly user: SelectorUser
  readonly expr: PlacedExpression
}

function usersOf({ rules, dashboards }: JoinInput): readonly Used[] {
  const ofRules = rulesOf(rules).flatMap(({ kind, name, place, expr }): Used[] =>
    kind === undefined || expr === undefined ? [] : [{ user: { kind, name, place }, expr }],
  )
  const ofDashboards = dashboards.flatMap(({ panels, helpers }): Used[] => [
    ...panels.flatMap(({ title: name, place, queries }) => {
      const user: SelectorUser = { kind: 'panel', name, place }
      return queries.map(({ expr }): Used => ({ user, expr }))
    }),
    ...helpers.map(({ name, expr }): Used => ({
      user: { kind: 'helper', name, place: expr.place },
      expr,
    })),
  ])
  return [...ofRules, ...ofDashboards]
}

function selectorsIn({ expression }: PlacedExpression): readonly Selector[] {
  return expression === undefined ? [] : selectorsOf(expression).map(({ selector }) => selector)
}

function usersOfKind(
  selectors: readonly JoinedSelector[],
  kind: UserKind,
): readonly SelectorUser[] {
  return [...new Set(selectors.map(({ user }) => user))].filter((user) => user.kind === kind)
}

/** Labels that scraping, Kubernetes and the parts of histograms add. */
const TARGET_LABELS =
  /^(__\w+|job|instance|le|quantile|namespace|pod|container|service|endpoint|node|cluster|region|zone|env|environment|app|app_\w+|kubernetes_\w+|prometheus\w*|replica|otel_\w+|exported_\w+|model_version|version)$/

function unknownLabels(
  { matchers }: Selector,
  metrics: readonly EmittedMetric[],
): readonly string[] {
  if (metrics.length === 0 || metrics.some(({ labels }) => labels === undefined)) return []
  return matchers
    .filter(({ operator, value }) => operator.startsWith('=') && value !== '' && value !== '.*')
    .map(({ label }) => label)
    .filter((label) => !TARGET_LABELS.test(label))
    .filter((label) => !metrics.some(({ labels }) => labels?.includes(label)))
}
