import { areDisjoint } from './marker-overlap.ts'
import { parseMarker } from './marker.ts'
import type { RequirementEntry } from './requirement.ts'
import type { VersionRules } from './version-rules.ts'

/** Where the model is served, as far as the manifest, images and environments say. */
export interface ProductionTarget {
  /** Versions of Python, `3.11` or `3.11.7`; none where nothing names one. */
  readonly python: readonly string[]
  /** Whether an image of Linux is built. */
  readonly isLinux: boolean
}

/**
 * The entries that may be installed where the model is served: one whose marker no version of Python and
 * no platform of it satisfies provides nothing there. What is not known excludes nothing.
 */
export function entriesOnTarget(
  entries: readonly RequirementEntry[],
  { python, isLinux }: ProductionTarget,
  versions: VersionRules,
): readonly RequirementEntry[] {
  const minors = python.flatMap((version) => /^\d+\.\d+/.exec(version)?.[0] ?? [])
  const conditions = [
    minors.map((minor) => `python_version == "${minor}"`).join(' or '),
    isLinux ? 'sys_platform == "linux" and platform_system == "Linux" and os_name == "posix"' : '',
  ].filter((condition) => condition !== '')
  const target = parseMarker(conditions.map((condition) => `(${condition})`).join(' and '))
  if (target === undefined) return entries
  return entries.filter(({ marker }) => {
    const own = marker === undefined ? undefined : parseMarker(marker)
    return own === undefined || !areDisjoint(own, target, versions)
  })
}
