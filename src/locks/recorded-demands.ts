import type { GradedFinding } from '../core/finding.ts'
import type { RecordedDemand } from './lock-format.ts'
import { normalizeName, type PlacedRequirement, type Requirement } from './requirement.ts'

/**
 * What the project demands now against what the lock says it was made from: a new or changed demand
 * makes the lock old even where the locked version still answers it, and so does one that is gone.
 */
export function demandFindings(
  demanded: readonly PlacedRequirement[],
  recorded: readonly RecordedDemand[],
  lockPath: string,
): readonly GradedFinding[] {
  const known = byName(recorded)
  const changed = demanded.flatMap(({ requirement, file, line }): readonly GradedFinding[] => {
    const { name, specifier, kind } = requirement
    const lists = known.get(normalizeName(name))
    const isSame = (one: RecordedDemand) =>
      canonical(one.specifier) === canonical(specifier) && hasExtras(one, requirement)
    const isKnown = lists !== undefined && (kind !== 'index' || lists.some(isSame))
    if (isKnown) return []
    const [first] = lists ?? []
    const args = { name, specifier, file, line, locked: first?.specifier ?? null }
    return [
      {
        severity: 'warn',
        code: first === undefined ? 'LOCK_STALE' : 'LOCK_DEMAND_CHANGED',
        args,
        location: { path: file, line },
      },
    ]
  })
  // The demands may be written elsewhere, as `dynamic` says.
  if (demanded.length === 0) return changed
  const names = new Set(demanded.map(({ requirement }) => normalizeName(requirement.name)))
  const gone = recorded
    .filter(({ name }) => !names.has(normalizeName(name)))
    .map(({ name, specifier, line }): GradedFinding => ({
      severity: 'warn',
      code: 'LOCK_DEMAND_GONE',
      args: { name, specifier, file: lockPath, line },
      location: { path: lockPath, line },
    }))
  return [...changed, ...gone]
}

/** Each extra brings packages of its own. */
function hasExtras({ extras: recorded }: RecordedDemand, { extras }: Requirement): boolean {
  if (recorded === undefined) return true
  const names = (list: readonly string[]) => list.map(normalizeName).sort().join()
  return names(recorded) === names(extras)
}

function byName(
  recorded: readonly RecordedDemand[],
): ReadonlyMap<string, readonly RecordedDemand[]> {
  const lists = new Map<string, RecordedDemand[]>()
  for (const demand of recorded) {
    const name = normalizeName(demand.name)
    lists.set(name, [...(lists.get(name) ?? []), demand])
  }
  return lists
}

/** Specifiers without blanks, in one order. */
function canonical(specifier: string): string {
  return specifier
    .split(',')
    .map((one) => one.replace(/\s+/g, ''))
    .filter((one) => one !== '')
    .sort()
    .join(',')
}
