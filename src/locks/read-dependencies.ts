import { posix } from 'node:path'
import type { GradedFinding } from '../core/finding.ts'
import { LockSyntaxError } from './located.ts'
import { NOTHING_READ, type LockFormat, type LockReading, type PythonRange } from './lock-format.ts'
import { decodeRequirements } from './logical-lines.ts'
import { refusalFinding } from './refusals.ts'
import { foreignContent, foreignFormat, formatByContent, formatByName } from './registry.ts'
import type { RequirementSet } from './requirement.ts'
import { readRequirements, type LoadFile } from './requirements.ts'
import type { VersionRules } from './version-rules.ts'

/** What all named files say together. */
export interface DependencySet extends RequirementSet {
  /** Files of formats that are not read. */
  readonly unsupported: readonly { readonly path: string; readonly format: string }[]
  /** The lock files, environments and Dockerfiles among the files. */
  readonly locks: readonly {
    readonly path: string
    readonly format: LockFormat
    readonly reading: LockReading
  }[]
  /** Files whose requirements carry hashes that pip enforces, or that a tool locks. */
  readonly closed: readonly string[]
  readonly requiresPython: readonly PythonRange[]
}

/**
 * Reads requirement files, lock files, environments and Dockerfiles, each by its own rules. A file is
 * recognised by its name, then by its content.
 *
 * @param paths - with forward slashes.
 * @param load - gives the bytes of such a path and keeps reading within the project.
 * @returns what was read; problems are findings, never exceptions.
 */
export async function readDependencies(
  paths: readonly string[],
  load: LoadFile,
): Promise<DependencySet> {
  const versions = await versionRules()
  const unsupported: { path: string; format: string }[] = []
  const locks: { path: string; format: LockFormat; reading: LockReading }[] = []
  const findings: GradedFinding[] = []
  const requirementFiles: string[] = []
  for (const path of paths) {
    const bytes = await load(path)
    const text = typeof bytes === 'string' ? undefined : decodeRequirements(bytes)
    const format = formatByName(path) ?? (text === undefined ? undefined : byContent(path, text))
    const foreign =
      format === undefined ? (foreignFormat(path) ?? foreignContent(text ?? '')) : undefined
    if (foreign !== undefined) unsupported.push({ path, format: foreign })
    else if (format === undefined) requirementFiles.push(path)
    else if (typeof bytes === 'string') findings.push(refusalFinding(path, bytes))
    else if (text === undefined) findings.push(notText(path))
    else locks.push({ path, format, reading: await readLock(format, path, text, versions) })
  }
  const included = locks.flatMap(({ path, reading }) =>
    reading.includes.map(({ name }) => posix.join(posix.dirname(path), name)),
  )
  const all = [...new Set([...requirementFiles, ...included])]
  const set = await readRequirements(all, load)
  return {
    entries: [...set.entries, ...locks.flatMap(({ reading }) => reading.entries)],
    findings: [...set.findings, ...findings, ...locks.flatMap(({ reading }) => reading.findings)],
    files: [...set.files, ...locks.map(({ path }) => path)],
    hashMode: set.hashMode,
    unsupported,
    locks,
    closed: [
      ...(set.hashMode === 'required' ? set.files : []),
      ...locks.filter(({ format }) => format.kind !== 'dockerfile').map(({ path }) => path),
    ],
    requiresPython: locks.flatMap(({ reading }) => reading.requiresPython ?? []),
  }
}

/** The rules of PEP 440, loaded when the first file is read. */
export async function versionRules(): Promise<VersionRules> {
  const { default: versions }: { readonly default: VersionRules } =
    await import('@renovatebot/pep440')
  return versions
}

/** Text files of pip have any name, so their content is looked at only where a name says little. */
function byContent(path: string, text: string): LockFormat | undefined {
  return /\.(txt|in)$/.test(path) ? undefined : formatByContent(text)
}

function notText(path: string): GradedFinding {
  const args = { file: path }
  return { severity: 'inconclusive', code: 'REQUIREMENTS_NOT_TEXT', args, location: { path } }
}

/** Reads one file of a known format; what is malformed or holds nothing is a finding. */
export async function readLock(
  format: LockFormat,
  path: string,
  text: string,
  versions: VersionRules,
): Promise<LockReading> {
  try {
    const reading = await format.read({ path, text: text.replace(/^\uFEFF/, ''), versions })
    return { ...reading, findings: [...reading.findings, ...developmentNotice(path, reading)] }
  } catch (error) {
    if (!(error instanceof LockSyntaxError)) throw error
    const { line, message } = error
    const finding: GradedFinding = {
      severity: 'inconclusive',
      code: 'LOCK_MALFORMED',
      args: { file: path, format: format.name, line, reason: message.replace(/\.$/, '') },
      location: { path, line },
    }
    return { ...NOTHING_READ, findings: [finding] }
  }
}

function developmentNotice(path: string, { development }: LockReading): readonly GradedFinding[] {
  if (development.length === 0) return []
  return [
    {
      severity: 'notice',
      code: 'LOCK_DEVELOPMENT_GROUPS',
      args: { file: path, count: development.length, names: development.slice(0, 10) },
      location: { path },
    },
  ]
}
