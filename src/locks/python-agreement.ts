import type { Location } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { PythonRange } from './lock-format.ts'
import type { VersionRules } from './version-rules.ts'

/** A version of Python that the manifest, an image or an environment names: `3.11` or `3.11.7`. */
export interface NamedPython {
  readonly version: string
  readonly place: Location
}

/**
 * Whether every named version of Python lies in every range that a lock or the project demands, and
 * whether the named versions agree as far as they are written: `3.11` and `3.11.7` do.
 */
export function pythonFindings(
  named: readonly NamedPython[],
  ranges: readonly PythonRange[],
  versions: VersionRules,
): readonly GradedFinding[] {
  const outside = named.flatMap(({ version, place }) =>
    ranges
      .filter(({ specifier }) => specifier !== '' && !liesIn(version, specifier, versions))
      .map(({ file, line, specifier }): GradedFinding => ({
        severity: 'fail',
        code: 'PYTHON_OUTSIDE_RANGE',
        args: { version, specifier, file, line },
        location: place,
      })),
  )
  const [first, ...others] = named
  if (first === undefined) return outside
  const differing = others
    .filter(({ version }) => !agree(version, first.version))
    .map(({ version, place }): GradedFinding => ({
      severity: 'warn',
      code: 'PYTHON_VERSIONS_DIFFER',
      args: {
        version,
        other: first.version,
        otherFile: first.place.path,
        otherLine: first.place.line ?? null,
      },
      location: place,
    }))
  return [...outside, ...differing]
}

/** A version without its patch stands for each of them. */
function liesIn(version: string, specifier: string, versions: VersionRules): boolean {
  const parts = version.split('.')
  const patches = parts.length > 2 ? [version] : [`${version}.0`, `${version}.99`]
  const candidates = parts.length === 1 ? [] : patches
  return specifier
    .split('||')
    .some((range) =>
      candidates.some((each) => versions.satisfies(each, range.trim(), { prereleases: true })),
    )
}

function agree(first: string, second: string): boolean {
  const [left, right] = [first.split('.'), second.split('.')]
  return left.slice(0, right.length).every((part, at) => part === right[at])
}

const MINORS = Array.from({ length: 40 }, (_, minor) => `3.${String(minor)}`)

/** Whether two ranges of Python mean the same versions, however they are written. */
export function areSameRanges(first: string, second: string, versions: VersionRules): boolean {
  const written = [first, second].flatMap((range) => range.match(/\d+\.\d+\.\d+/g) ?? [])
  const tried = [...MINORS.flatMap((minor) => [`${minor}.0`, `${minor}.99`]), ...written]
  const admits = (range: string, version: string) =>
    range
      .split('||')
      .some((each) => versions.satisfies(version, each.trim(), { prereleases: true }))
  return tried.every((version) => admits(first, version) === admits(second, version))
}
