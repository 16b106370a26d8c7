import type { GradedFinding } from '../core/finding.ts'
import { logicalLines } from './logical-lines.ts'
import { judgeSpecifier } from './pin-rules.ts'
import { parseRequirementLine } from './requirement-line.ts'
import {
  normalizeName,
  type PlacedRequirement,
  type Requirement,
  type RequirementEntry,
} from './requirement.ts'
import type { VersionRules } from './version-rules.ts'

/** What the comments of a compiled requirement file say about how it came to be. */
export interface CompilerNotes {
  /** The files of direct requirements, as the comments name them. */
  readonly sources: readonly string[]
  /** Packages that the compiler left out, with the line that says so. */
  readonly omitted: { readonly line: number; readonly names: readonly string[] } | undefined
}

const COMMAND = /^#[ \t]+(?:pip-compile|uv pip compile)[ \t](.*)$/gm
// Blanks of one line only: \s would run over empty lines again from each of them.
const VIA = /^[ \t]*#[ \t]+(?:via[ \t]+)?-r[ \t]+(\S+\.in)[ \t\r]*$/gm
/** pip-tools writes this instead of pins for pip, setuptools and others, unless `--allow-unsafe` is given. */
const OMITTED =
  /^# (?:WARNING: The following packages were not pinned|The following packages are considered to be unsafe)/
const NAME_COMMENT = /^# ([A-Za-z0-9][A-Za-z0-9._-]*)$/

/** Reads the comments that pip-tools and uv leave in what they compile. */
export function compilerNotes(text: string): CompilerNotes {
  const commands = [...text.matchAll(COMMAND)].flatMap(([, words = '']) => words.split(/\s+/))
  const named = [...commands, ...[...text.matchAll(VIA)].map(([, name = '']) => name)]
  const sources = [...new Set(named.filter((word) => /^[^-].*\.in$/.test(word)))]
  const lines = text.split(/\r?\n/)
  const at = lines.findIndex((line) => OMITTED.test(line))
  if (at === -1) return { sources, omitted: undefined }
  const names: string[] = []
  for (const line of lines.slice(at + 1)) {
    if (!line.startsWith('#')) break
    const name = NAME_COMMENT.exec(line)?.[1]
    if (name !== undefined) names.push(name)
  }
  return { sources, omitted: names.length === 0 ? undefined : { line: at + 1, names } }
}

/** The requirements of a source file itself; what it includes was compiled from files of their own. */
export function sourceRequirements(text: string, file: string): readonly PlacedRequirement[] {
  return logicalLines(text).flatMap(({ text: line, line: number }) => {
    const parsed = line === '' ? undefined : parseRequirementLine(line)
    return parsed?.kind === 'requirement'
      ? [{ requirement: parsed.requirement, file, line: number }]
      : []
  })
}

/**
 * The direct requirements that the compiled pins no longer answer: a project that is not among them, or
 * a version that its specifiers exclude.
 */
export function staleRequirements(
  direct: readonly PlacedRequirement[],
  entries: readonly RequirementEntry[],
  versions: VersionRules,
): readonly GradedFinding[] {
  return direct.flatMap(({ requirement, file, line }): readonly GradedFinding[] => {
    const { kind, marker, name, specifier } = requirement
    if (kind !== 'index') return []
    const locked = entries.filter((entry) => normalizeName(entry.name) === normalizeName(name))
    const first = locked[0]
    // A compiler drops a requirement whose marker does not hold where it ran.
    if (first === undefined && marker !== undefined) return []
    const isAnswered = locked.some((entry) => answers(entry, requirement, versions))
    if (first !== undefined && isAnswered) return []
    const args = { name, specifier, file, line, locked: first?.specifier ?? null }
    return [{ severity: 'warn', code: 'REQUIREMENTS_STALE', args, location: { path: file, line } }]
  })
}

function answers(
  entry: RequirementEntry,
  { specifier }: Requirement,
  versions: VersionRules,
): boolean {
  const version = /^===?\s*([^,\s]+)$/.exec(entry.specifier)?.[1]
  const isReadable = judgeSpecifier(specifier, versions).code !== 'REQUIREMENT_INVALID'
  // What is not pinned, or cannot be read, has a finding of its own.
  if (version === undefined || specifier === '' || !isReadable) return true
  return versions.satisfies(version, specifier, { prereleases: true })
}
