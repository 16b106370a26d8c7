import type { FindingArgs, FindingCode, GradedFinding, Severity } from '../core/finding.ts'
import { staleRequirements } from './compiled-from.ts'
import { areDisjoint } from './marker-overlap.ts'
import { parseMarker } from './marker.ts'
import type { VersionRules } from './version-rules.ts'
import { judgePin, judgeSpecifier } from './pin-rules.ts'
import {
  normalizeName,
  type PlacedRequirement,
  type Reading,
  type Requirement,
  type RequirementEntry,
  type RequirementSet,
} from './requirement.ts'

/** Judges all requirements of an installation together: constraints, duplicates, hash mode, switches. */
export function judgeSet(reading: Reading, versions: VersionRules): RequirementSet {
  const hashMode = hashModeOf(reading)
  const constrained = reading.requirements.map((placed) =>
    judgeEntry(placed, reading.constraints, versions),
  )
  const entries = constrained.map((entry): RequirementEntry => {
    if (hashMode !== 'disabled' || entry.pinned !== 'hashed') return entry
    return { ...entry, pinned: 'yes', code: 'REQUIREMENT_HASH_NOT_ENFORCED' }
  })
  const findings = [
    ...reading.findings,
    ...constraintConflicts(reading, versions),
    ...duplicates(entries, versions),
    ...incompleteHashes(entries, hashMode),
    ...switchFindings(reading, entries),
    ...staleRequirements(reading.direct, entries, versions),
  ]
  return { entries, findings, files: reading.files, hashMode }
}

function finding(
  severity: Severity,
  code: FindingCode,
  at: { readonly file: string; readonly line: number },
  args: FindingArgs,
): GradedFinding {
  return { severity, code, args, location: { path: at.file, line: at.line } }
}

function hashModeOf(reading: Reading): RequirementSet['hashMode'] {
  if (reading.switches.has('no-require-hashes')) return 'disabled'
  const any = reading.requirements.some(({ requirement }) => requirement.hashes.length > 0)
  return any || reading.switches.has('require-hashes') ? 'required' : 'off'
}

function judgeEntry(
  { requirement, file, line }: PlacedRequirement,
  constraints: readonly PlacedRequirement[],
  versions: VersionRules,
): RequirementEntry {
  const own = judgePin(requirement, versions)
  const entry = {
    name: requirement.name,
    file,
    line,
    specifier: requirement.specifier,
    marker: requirement.marker,
    hashes: requirement.hashes,
  }
  const canBeConstrained = ['REQUIREMENT_UNPINNED', 'REQUIREMENT_RANGE', 'REQUIREMENT_WILDCARD']
  if (!canBeConstrained.includes(own.code)) return { ...entry, ...own }
  // A constraint under a marker does not hold everywhere, so it pins nothing by itself.
  const pin = constraintsOf(requirement, constraints).find(
    (constraint) =>
      constraint.requirement.marker === undefined &&
      judgeSpecifier(constraint.requirement.specifier, versions).pinned === 'yes',
  )
  if (pin === undefined) return { ...entry, ...own }
  return {
    ...entry,
    specifier: [requirement.specifier, pin.requirement.specifier].filter(Boolean).join(','),
    pinned: 'yes',
    code: 'REQUIREMENT_CONSTRAINED',
  }
}

function constraintsOf(
  requirement: Requirement,
  constraints: readonly PlacedRequirement[],
): readonly PlacedRequirement[] {
  const name = normalizeName(requirement.name)
  return constraints.filter((constraint) => {
    return (
      constraint.requirement.kind === 'index' && normalizeName(constraint.requirement.name) === name
    )
  })
}

function constraintConflicts(reading: Reading, versions: VersionRules): readonly GradedFinding[] {
  return reading.requirements.flatMap(({ requirement, file, line }) => {
    if (requirement.kind !== 'index') return []
    return constraintsOf(requirement, reading.constraints)
      .filter((constraint) => contradict(requirement, constraint.requirement, versions))
      .map((constraint) =>
        finding(
          'fail',
          'REQUIREMENTS_CONSTRAINT_CONFLICT',
          { file, line },
          {
            name: requirement.name,
            specifier: requirement.specifier,
            constraint: constraint.requirement.specifier,
            file: constraint.file,
            line: constraint.line,
          },
        ),
      )
  })
}

/** Whether one side names a single version that the other side excludes, wherever both apply. */
function contradict(first: Requirement, second: Requirement, versions: VersionRules): boolean {
  if (neverMeet(first.marker, second.marker, versions)) return false
  return excludes(first, second, versions) || excludes(second, first, versions)
}

function excludes(pinned: Requirement, range: Requirement, versions: VersionRules): boolean {
  const version = /^===?\s*(.+)$/.exec(pinned.specifier)?.[1]
  if (version === undefined || judgeSpecifier(pinned.specifier, versions).pinned !== 'yes') {
    return false
  }
  if (
    range.specifier === '' ||
    judgeSpecifier(range.specifier, versions).code === 'REQUIREMENT_INVALID'
  ) {
    return false
  }
  return !versions.satisfies(version, range.specifier, { prereleases: true })
}

function neverMeet(
  first: string | undefined,
  second: string | undefined,
  versions: VersionRules,
): boolean {
  if (first === undefined || second === undefined) return false
  const left = parseMarker(first)
  const right = parseMarker(second)
  return left !== undefined && right !== undefined && areDisjoint(left, right, versions)
}

function duplicates(
  entries: readonly RequirementEntry[],
  versions: VersionRules,
): readonly GradedFinding[] {
  const byName = new Map<string, RequirementEntry[]>()
  const seen = new Set<string>()
  const findings: GradedFinding[] = []
  for (const entry of entries) {
    const place = placeOf(entry)
    if (seen.has(place)) continue
    seen.add(place)
    const name = normalizeName(entry.name)
    const earlier = byName.get(name) ?? []
    const clash = earlier.find((other) => !neverMeet(other.marker, entry.marker, versions))
    earlier.push(entry)
    byName.set(name, earlier)
    if (clash === undefined) continue
    const same = clash.specifier === entry.specifier
    findings.push(
      finding(
        same ? 'warn' : 'fail',
        same ? 'REQUIREMENT_REPEATED' : 'REQUIREMENT_CONTRADICTED',
        entry,
        {
          name: entry.name,
          specifier: entry.specifier,
          otherSpecifier: clash.specifier,
          otherFile: clash.file,
          otherLine: clash.line,
        },
      ),
    )
  }
  return findings
}

/** A file that is included twice repeats its lines without meaning to. */
function placeOf({ name, file, line, specifier, marker }: RequirementEntry): string {
  return [file, line, name, specifier, marker].join('\0')
}

/** Requirements that carry a digest in their address, be it one that does not count. */
const DIGEST_CODES: readonly FindingCode[] = [
  'REQUIREMENT_URL_WEAK_HASH',
  'REQUIREMENT_WEAK_HASH',
  'REQUIREMENT_HASH_INVALID',
]

function incompleteHashes(
  entries: readonly RequirementEntry[],
  hashMode: RequirementSet['hashMode'],
): readonly GradedFinding[] {
  if (hashMode !== 'required') return []
  return entries
    .filter(
      ({ pinned, hashes, code }) =>
        pinned !== 'hashed' && hashes.length === 0 && !DIGEST_CODES.includes(code),
    )
    .map((entry) =>
      finding('fail', 'REQUIREMENTS_HASH_MODE_INCOMPLETE', entry, { name: entry.name }),
    )
}

function switchFindings(
  reading: Reading,
  entries: readonly RequirementEntry[],
): readonly GradedFinding[] {
  const { switches } = reading
  const verified = entries.every((entry) => entry.pinned === 'hashed')
  const notes: readonly (readonly [string, FindingCode, boolean])[] = [
    ['no-require-hashes', 'REQUIREMENTS_HASHES_DISABLED', true],
    ['hash', 'REQUIREMENTS_HASH_IGNORED', true],
    ['pre', 'REQUIREMENTS_PRE_RELEASES', true],
    ['extra-index-url', 'REQUIREMENTS_EXTRA_INDEX', !verified],
    ['trusted-host', 'REQUIREMENTS_TRUSTED_HOST', !verified],
    ['insecure-index', 'REQUIREMENTS_INSECURE_INDEX', !verified],
  ]
  return notes.flatMap(([name, code, matters]) => {
    const location = switches.get(name)
    if (location === undefined || !matters) return []
    return [{ severity: 'warn', code, args: { file: location.path }, location } as const]
  })
}
