import type { GradedFinding } from '../core/finding.ts'
import type { DependencySet } from './read-dependencies.ts'
import { normalizeName, type RequirementEntry } from './requirement.ts'
import type { VersionRules } from './version-rules.ts'

/** Packages of other registries may share a name with a distribution of Python. */
const ELSEWHERE = /^(IMAGE|SYSTEM)_/

/**
 * Packages that two files pin to versions of which none is the same: what is installed then depends on
 * which file was used last. Requirement files count as one, because they are judged as a set; what is
 * not exact has a finding of its own and is not compared.
 */
export function versionDisagreements(
  { entries, locks }: Pick<DependencySet, 'entries' | 'locks'>,
  versions: VersionRules,
): readonly GradedFinding[] {
  const lockPaths = new Set(locks.map(({ path }) => path))
  const byName = new Map<string, Map<string, RequirementEntry[]>>()
  for (const entry of entries) {
    if (ELSEWHERE.test(entry.code) || exactVersion(entry.specifier) === undefined) continue
    const name = normalizeName(entry.name)
    const set = lockPaths.has(entry.file) ? entry.file : ''
    const sets = byName.get(name) ?? new Map<string, RequirementEntry[]>()
    byName.set(name, sets.set(set, [...(sets.get(set) ?? []), entry]))
  }
  return [...byName.values()].flatMap((sets): readonly GradedFinding[] => {
    const [first, ...others] = sets.values()
    if (first === undefined) return []
    return others.flatMap((other) => disagreement(first, other, versions) ?? [])
  })
}

/** The one version that a specifier of pip or Conda names; a build behind it does not matter. */
function exactVersion(specifier: string): string | undefined {
  const version = /^\s*(?:={2,3}\s*)?([^=<>!~,\s]+)(?:[=\s]+\S+)?$/.exec(specifier)?.[1]
  const withBuild = /^=([^=,\s]+)=\S+$/.exec(specifier)?.[1]
  const found = withBuild ?? version
  return found === undefined || !/^v?\d/.test(found) || found.includes('*') ? undefined : found
}

function disagreement(
  first: readonly RequirementEntry[],
  other: readonly RequirementEntry[],
  versions: VersionRules,
): GradedFinding | undefined {
  const isShared = first.some((one) =>
    other.some((another) => areSame(one.specifier, another.specifier, versions)),
  )
  const [one] = first
  const [another] = other
  if (isShared || one === undefined || another === undefined) return undefined
  const { name, specifier, file, line } = another
  return {
    severity: 'fail',
    code: 'LOCK_VERSIONS_DISAGREE',
    args: {
      name,
      specifier,
      file,
      line,
      otherSpecifier: one.specifier,
      otherFile: one.file,
      otherLine: one.line,
    },
    location: { path: file, line },
  }
}

function areSame(one: string, another: string, versions: VersionRules): boolean {
  const [left, right] = [exactVersion(one), exactVersion(another)]
  if (left === undefined || right === undefined) return false
  // Versions of Conda need not be versions of PEP 440.
  if (versions.valid(left) === null || versions.valid(right) === null) return left === right
  // `==2.1` includes 2.1+cu118, whichever of the two has the label.
  const satisfies = (version: string, of: string) =>
    versions.satisfies(version, `==${of}`, { prereleases: true })
  return satisfies(left, right) || satisfies(right, left)
}
