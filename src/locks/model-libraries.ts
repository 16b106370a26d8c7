import type { GradedFinding } from '../core/finding.ts'
import { distributionsOf } from './import-names.ts'
import { normalizeName, type RequirementEntry } from './requirement.ts'
import type { VersionRules } from './version-rules.ts'

/** A library that wrote a model file, with the version that the file states. */
export interface ModelLibrary {
  readonly library: string
  readonly version: string | null
}

/** Libraries whose locked version is not the one that the model file was written with. */
export function modelLibraryFindings(
  libraries: readonly ModelLibrary[],
  entries: readonly RequirementEntry[],
  versions: VersionRules,
): readonly GradedFinding[] {
  return libraries.flatMap(({ library, version }): readonly GradedFinding[] => {
    const names = [normalizeName(library), ...distributionsOf(library)]
    const locked = entries.filter(({ name }) => names.includes(normalizeName(name)))
    const [first] = locked
    if (version === null || first === undefined) return []
    const isSame = locked.some(({ specifier }) => {
      const exact = /^={1,3}\s*([^=,\s]+)/.exec(specifier)?.[1]
      // What is not exact has a finding of its own.
      if (exact === undefined || versions.valid(exact) === null) return true
      return (
        versions.valid(version) !== null &&
        versions.satisfies(version, `==${exact}`, { prereleases: true })
      )
    })
    if (isSame) return []
    const { file, line, specifier } = first
    return [
      {
        severity: 'warn',
        code: 'MODEL_LIBRARY_VERSION_DIFFERS',
        args: { library, version, specifier, file, line },
        location: { path: file, line },
      },
    ]
  })
}
