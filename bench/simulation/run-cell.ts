import type { GradedFinding } from '../../src/core/finding.ts'
import type { Outcome } from '../../src/core/outcome.ts'
import { compareSamples } from '../../src/drift/comparison.ts'
import { observeColumn } from '../../src/drift/observations.ts'
import type { ColumnPlan } from '../../src/drift/plan.ts'
import { twoKeyRule } from '../../src/drift/rules/two-key.ts'
import type { CodedSample, NumericSample } from '../../src/drift/sample.ts'
import type { DriftSettings } from '../../src/drift/settings.ts'
import { DEFAULT_DRIFT_SETTINGS } from '../../src/drift/settings.ts'
import type { Random } from '../../src/stats/random.ts'
import { createRandom } from '../../src/stats/random.ts'
import type { Feature } from './features.ts'
import { FEATURES } from './features.ts'
import type { Scenario } from './scenarios.ts'

/** How often a table of 20 columns was judged how, out of `replicates`. */
export interface CellResult {
  readonly replicates: number
  readonly fail: number
  readonly warnOrFail: number
  readonly noticeOrMore: number
  /** Warned about or failed, the facts that need no test included. */
  readonly withFacts: number
  /** Noticed, warned about or failed, the facts included. */
  readonly noticeWithFacts: number
}

/**
 * Draws pairs of tables and judges each with the default rule.
 *
 * @param scenario - What happens to the current side.
 * @param n - Reference rows.
 * @param m - Current rows.
 * @param replicates - Number of pairs.
 * @param seed - Each replicate has its own stream, so a part of a cell can be run apart.
 */
export function runCell(
  scenario: Scenario,
  n: number,
  m: number,
  replicates: number,
  seed: number,
): CellResult {
  const counts = { fail: 0, warnOrFail: 0, noticeOrMore: 0, withFacts: 0, noticeWithFacts: 0 }
  for (let replicate = 0; replicate < replicates; replicate++) {
    const random = createRandom(seed).fork(`${scenario.id} ${String(n)} ${String(replicate)}`)
    const { outcomes, notices, facts } = judgeTable(scenario, n, m, random)
    const isFail = outcomes.includes('fail')
    const isWarn = isFail || outcomes.includes('warn')
    counts.fail += Number(isFail)
    counts.warnOrFail += Number(isWarn)
    counts.noticeOrMore += Number(isWarn || notices > 0)
    counts.withFacts += Number(isWarn || facts > 0)
    counts.noticeWithFacts += Number(isWarn || notices > 0 || facts > 0)
  }
  return { replicates, ...counts }
}

interface JudgedTable {
  readonly outcomes: readonly Outcome[]
  /** Differences that are significant and small. */
  readonly notices: number
  /** Warnings and failures that need no test: another unit, unseen values, a constant. */
  readonly facts: number
}

function judgeTable(scenario: Scenario, n: number, m: number, random: Random): JudgedTable {
  const settings: DriftSettings = { ...DEFAULT_DRIFT_SETTINGS, calibrate: 0 }
  const run = twoKeyRule.begin(settings)
  const observed: GradedFinding[] = []
  for (const feature of FEATURES) {
    const reference = drawSample(feature, n, random)
    const current = drawSample(feature, m, random, scenario)
    const plan = planOf(feature, settings)
    run.measure(compareSamples(plan, reference, current))
    observed.push(...observeColumn(plan, reference, current))
  }
  // Alarms alone are counted: too few rows for a pass are not one.
  const verdict = run.decide({ adequacy: false })
  const findings = verdict.columns.flatMap((column) => column.findings)
  return {
    outcomes: verdict.columns.map(({ outcome }) => outcome),
    notices: findings.filter(({ code }) => code === 'SMALL_BUT_REAL').length,
    facts: observed.filter(({ severity }) => severity !== 'notice').length,
  }
}

function drawSample(
  feature: Feature,
  rows: number,
  random: Random,
  scenario?: Scenario,
): NumericSample | CodedSample {
  const isChanged = scenario?.acts(feature) === true
  const values: number[] = []
  for (let row = 0; row < rows; row++) {
    const drawn = feature.draw(random)
    const value = isChanged ? scenario.change(drawn, feature, random) : drawn
    if (value !== undefined) values.push(feature.record?.(value) ?? value)
  }
  const missing = rows - values.length
  if (feature.type === 'category') {
    const counts = new Map<string, number>()
    for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1)
    return { kind: 'coded', rows, missing, counts }
  }
  return {
    kind: 'numeric',
    rows,
    missing,
    nan: 0,
    negativeInfinity: 0,
    positiveInfinity: 0,
    sorted: Float64Array.from(values).sort(),
  }
}

function planOf({ name, type }: Feature, settings: DriftSettings): ColumnPlan {
  const field = { name, type, physical: 'simulated', evidence: 'simulated' }
  return {
    name,
    role: 'feature',
    thresholds: settings.thresholds,
    reference: field,
    current: field,
    type,
    typeEvidence: field.evidence,
    view: type === 'category' ? 'categories' : 'values',
    obstacle: null,
  }
}
