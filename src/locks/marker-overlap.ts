import type { Marker, MarkerVariable } from './marker.ts'
import type { VersionRules } from './version-rules.ts'

/** Variables whose values pip compares as versions. */
const VERSION_VARIABLES = ['python_version', 'python_full_version', 'implementation_version']

type Environment = Readonly<Partial<Record<MarkerVariable, string>>>

/** Environments beyond this number are not tried, and two markers then count as overlapping. */
const ENVIRONMENT_LIMIT = 20_000

/**
 * Whether no environment satisfies both markers, so that two requirements of one project never meet.
 * Tries every combination of the values the markers mention and of one value they do not; for Python
 * versions also the first and a late patch of every minor version.
 *
 * @returns `false` when that cannot be shown.
 */
export function areDisjoint(first: Marker, second: Marker, versions: VersionRules): boolean {
  const environments = candidateEnvironments([first, second])
  if (environments === undefined) return false
  return !environments.some(
    (environment) => holds(first, environment, versions) && holds(second, environment, versions),
  )
}

function candidateEnvironments(markers: readonly Marker[]): readonly Environment[] | undefined {
  const mentioned = new Map<MarkerVariable, Set<string>>()
  for (const marker of markers) collect(marker, mentioned)
  const pythonValues = [
    ...(mentioned.get('python_full_version') ?? []),
    ...(mentioned.get('python_version') ?? []),
  ]
  const asksPython = pythonValues.length > 0
  let environments: Environment[] = asksPython
    ? pythonEnvironments(mentioned.get('python_full_version') ?? new Set())
    : [{}]
  for (const [variable, values] of mentioned) {
    if (variable === 'python_version' || variable === 'python_full_version') continue
    const candidates = [...values, variable === 'implementation_version' ? '0.0.1' : '\u0000other']
    if (environments.length * candidates.length > ENVIRONMENT_LIMIT) return undefined
    environments = environments.flatMap((environment) =>
      candidates.map((value) => ({ ...environment, [variable]: value })),
    )
  }
  return environments
}

function pythonEnvironments(fullVersions: ReadonlySet<string>): Environment[] {
  const minors = ['2.6', '2.7', ...Array.from({ length: 40 }, (_, minor) => `3.${String(minor)}`)]
  const full = [
    ...minors.flatMap((minor) => [`${minor}.0`, `${minor}.99`]),
    ...[...fullVersions].filter((version) => /^\d+\.\d+\.\d+$/.test(version)),
  ]
  return full.map((version) => ({
    python_full_version: version,
    python_version: version.split('.').slice(0, 2).join('.'),
  }))
}

function collect(marker: Marker, into: Map<MarkerVariable, Set<string>>): void {
  if (marker.kind !== 'compare') {
    collect(marker.left, into)
    collect(marker.right, into)
    return
  }
  const values = into.get(marker.variable) ?? new Set()
  for (const value of [marker.value, ...marker.value.split(/[\s,]+/)]) values.add(value)
  into.set(marker.variable, values)
}

function holds(marker: Marker, environment: Environment, versions: VersionRules): boolean {
  if (marker.kind === 'combine') {
    const left = holds(marker.left, environment, versions)
    if (marker.operator === 'and' ? !left : left) return left
    return holds(marker.right, environment, versions)
  }
  const actual = environment[marker.variable] ?? ''
  const { operator, value, reversed } = marker
  if (operator === 'in') return reversed ? actual.includes(value) : value.includes(actual)
  if (operator === 'not in') return reversed ? !actual.includes(value) : !value.includes(actual)
  if (VERSION_VARIABLES.includes(marker.variable) && isVersionLike(value, versions)) {
    const sign = reversed ? (MIRRORED[operator] ?? operator) : operator
    return versions.satisfies(actual, `${sign}${value}`, { prereleases: true })
  }
  return compareText(operator, reversed ? value : actual, reversed ? actual : value)
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' }

function isVersionLike(value: string, versions: VersionRules): boolean {
  return versions.valid(value.replace(/\.\*$/, '')) !== null
}

function compareText(operator: string, left: string, right: string): boolean {
  switch (operator) {
    case '==':
    case '===':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    default:
      // Not defined for text; treated as possible, so that nothing is called disjoint by it.
      return true
  }
}
