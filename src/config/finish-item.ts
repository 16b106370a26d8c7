import { defaultParams } from '../core/params.ts'
import {
  ALL_CHECKS_PASSED,
  ATTEST,
  EVERY_DAYS,
  WAIVER_DAYS,
  type ChecklistItem,
  type KnownCheck,
} from './checklist.ts'
import { paramProblems } from './check-params.ts'
import { ConditionError, conditionPaths, parseCondition, type Condition } from './condition.ts'
import { suggestion } from './describe-issue.ts'
import {
  incompleteItem,
  keyProblemInItem,
  locateInItem,
  problemInItem,
  type MergedItem,
} from './merge-checklists.ts'
import { quoted } from './printable.ts'
import type { Problem } from './problems.ts'
import { dotted } from './validate.ts'

/** What an item is held against. */
export interface Surroundings {
  readonly checks: ReadonlyMap<string, KnownCheck>
  /** Where problems are gathered, so that all items are looked at. */
  readonly problems: Problem[]
  /** The first step of a manifest path that there cannot be, and what there could be. */
  readonly impossibleStep: (
    steps: readonly string[],
  ) => { readonly step: string; readonly known: readonly string[] } | undefined
}

const NEEDED = ['title', 'section', 'phase', 'check'] as const

/**
 * An item with its defaults, held against the checks and the manifest's schema.
 *
 * @param others the ids of the other items, for a suggestion
 * @returns `undefined` when it lacks what every item needs; then `problems` has grown
 */
export function finishItem(
  merged: MergedItem,
  others: readonly string[],
  surroundings: Surroundings,
): ChecklistItem | undefined {
  const { item } = merged
  const { title, section, phase, check } = item
  if (title === undefined || section === undefined || phase === undefined || check === undefined) {
    const lacking = NEEDED.filter((key) => item[key] === undefined)
    surroundings.problems.push(incompleteItem(merged, lacking, others))
    return undefined
  }
  return {
    id: item.id,
    title,
    section,
    phase,
    severity: item.severity ?? 'medium',
    required: item.required ?? true,
    check,
    params: paramsOf(merged, check, surroundings),
    minEvidence: minEvidenceOf(merged, check, surroundings),
    appliesWhen: conditionOf(merged, surroundings),
    everyDays: item.every ?? null,
    needsReviewer: item.needsReviewer ?? false,
    waivable: waivableOf(merged, check, surroundings),
    refs: item.refs ?? [],
    remediation: item.remediation ?? null,
    location: locateInItem(merged, []),
    locate: (keys) => locateInItem(merged, keys),
  }
}

function paramsOf(
  merged: MergedItem,
  id: string,
  { checks, problems }: Surroundings,
): ChecklistItem['params'] {
  const given = merged.item.with ?? {}
  const known = checks.get(id)
  if (known === undefined && id !== ATTEST) {
    const near = suggestion(id, [...checks.keys(), ATTEST])
    const message = `there is no check ${quoted(id)}${near} (\`check\` is the id of a check (\`mlcheck explain\` lists them) or \`${ATTEST}\`)`
    problems.push(problemInItem(merged, ['check'], message))
    return {}
  }
  const specs = known?.params ?? {}
  for (const { path, message, isKey } of paramProblems(specs, given)) {
    const full = ['with', ...path]
    problems.push(
      isKey
        ? keyProblemInItem(merged, full, `with: ${message}`)
        : problemInItem(merged, full, `${dotted(full)}: ${message}`),
    )
  }
  const { every } = merged.item
  const cadence =
    every === undefined || !Object.hasOwn(specs, EVERY_DAYS) ? {} : { [EVERY_DAYS]: every }
  if (every !== undefined && Object.hasOwn(given, EVERY_DAYS)) {
    const message = `\`every\` of the item and \`with.${EVERY_DAYS}\` say the same: keep \`every\``
    problems.push(keyProblemInItem(merged, ['with', EVERY_DAYS], message))
  }
  return { ...defaultParams(specs), ...cadence, ...given }
}

function waivableOf(
  merged: MergedItem,
  check: string,
  { problems }: Surroundings,
): ChecklistItem['waivable'] {
  const { id, waivable } = merged.item
  if (id === ALL_CHECKS_PASSED && check !== ALL_CHECKS_PASSED) {
    const message = 'it follows from the other items, and nothing else can decide it'
    problems.push(problemInItem(merged, ['check'], message))
  }
  if (check !== ALL_CHECKS_PASSED) {
    return waivable ?? { allowed: true, maxDays: WAIVER_DAYS, undecided: false }
  }
  if (waivable?.allowed === true) {
    const message = 'it follows from the other items: waive those, not this one'
    problems.push(problemInItem(merged, ['waivable'], message))
  }
  return { allowed: false, maxDays: null, undecided: false }
}

function minEvidenceOf(
  merged: MergedItem,
  check: string,
  { problems }: Surroundings,
): ChecklistItem['minEvidence'] {
  const level = merged.item.minEvidence
  if (level === undefined) return null
  if (check === ATTEST && level !== 'claimed' && level !== 'documented') {
    const message = `an attestation is \`claimed\`, or \`documented\` with evidence: it cannot be ${level}`
    problems.push(problemInItem(merged, ['min_evidence'], message))
  }
  return level
}

function conditionOf(
  merged: MergedItem,
  { impossibleStep, problems }: Surroundings,
): Condition | null {
  const text = merged.item.appliesWhen
  if (text === undefined) return null
  const refuse = (message: string): null => {
    problems.push(problemInItem(merged, ['applies_when'], `applies_when: ${message}`))
    return null
  }
  try {
    const condition = parseCondition(text)
    for (const path of conditionPaths(condition)) {
      const answer = impossibleStep(path.split('.'))
      if (answer === undefined) continue
      const near = suggestion(answer.step, answer.known)
      refuse(`the manifest has no ${quoted(path)}${near}`)
    }
    return condition
  } catch (error) {
    if (error instanceof ConditionError) return refuse(error.message)
    throw error
  }
}
