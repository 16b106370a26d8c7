import { posix } from 'node:path'
import type { GradedFinding } from '../core/finding.ts'
import { staleRequirements } from './compiled-from.ts'
import { demandFindings } from './recorded-demands.ts'
import { LockSyntaxError } from './located.ts'
import type { PythonRange } from './lock-format.ts'
import { pipfileDigest } from './pipfile.ts'
import { decodeRequirements } from './logical-lines.ts'
import { readProjectMetadata, type ProjectMetadata } from './project-metadata.ts'
import { areSameRanges } from './python-agreement.ts'
import type { DependencySet } from './read-dependencies.ts'
import { normalizeName } from './requirement.ts'
import type { LoadFile } from './requirements.ts'
import type { VersionRules } from './version-rules.ts'

/** What `pyproject.toml` beside the lock files says about them. */
export interface Freshness {
  readonly findings: readonly GradedFinding[]
  readonly requiresPython: readonly PythonRange[]
}

/**
 * Holds every lock file against the dependencies that `pyproject.toml` in its folder demands: a project
 * that is not locked, or a locked version that the demand excludes. The content hash that the tools
 * write is not computed again, because its input is an internal form of each tool.
 */
export async function lockFreshness(
  { locks, files }: Pick<DependencySet, 'locks' | 'files'>,
  load: LoadFile,
  versions: VersionRules,
): Promise<Freshness> {
  const findings: GradedFinding[] = []
  const requiresPython: PythonRange[] = []
  for (const folder of new Set(files.map((file) => posix.dirname(file)))) {
    const path = posix.join(folder, 'pyproject.toml')
    const metadata = await metadataAt(path, load)
    if (metadata === undefined) continue
    if (metadata instanceof LockSyntaxError) {
      findings.push(malformed(path, 'pyproject.toml', metadata))
      continue
    }
    if (metadata.requiresPython !== undefined) requiresPython.push(metadata.requiresPython)
    const beside = locks.filter(
      (lock) => posix.dirname(lock.path) === folder && lock.format.kind === 'lock',
    )
    for (const lock of beside) findings.push(...staleFindings(metadata, lock, versions))
  }
  for (const lock of locks) findings.push(...(await pipfileFindings(lock, load)))
  return { findings, requiresPython }
}

type Lock = DependencySet['locks'][number]

function staleFindings(
  { direct, requiresPython }: ProjectMetadata,
  { path, reading }: Lock,
  versions: VersionRules,
): readonly GradedFinding[] {
  // A lock that could not be read is stale in no sense that helps.
  if (reading.entries.length === 0) return []
  const own = reading.madeFrom?.kind === 'demands' ? reading.madeFrom.own.map(normalizeName) : []
  const foreign = direct.filter(({ requirement }) => !own.includes(normalizeName(requirement.name)))
  const stale = staleRequirements(foreign, reading.entries, versions).map((finding) => ({
    ...finding,
    code: 'LOCK_STALE' as const,
  }))
  if (reading.madeFrom?.kind !== 'demands') return stale
  // One finding for a demand is enough.
  const names = new Set(stale.map(({ args }) => args['name']))
  const changed = demandFindings(direct, reading.madeFrom.demands, path)
  return [
    ...stale,
    ...changed.filter(({ args }) => !names.has(args['name'])),
    ...pythonChanged(requiresPython, reading.madeFrom.python, versions),
  ]
}

/** Another range of Python than the lock was made for: its markers may have been left out. */
function pythonChanged(
  demanded: PythonRange | undefined,
  recorded: PythonRange | undefined,
  versions: VersionRules,
): readonly GradedFinding[] {
  if (demanded === undefined || recorded === undefined) return []
  const { file, line, specifier } = demanded
  if (areSameRanges(specifier, recorded.specifier, versions)) return []
  const args = { name: 'python', specifier, file, line, locked: recorded.specifier }
  return [{ severity: 'warn', code: 'LOCK_DEMAND_CHANGED', args, location: { path: file, line } }]
}

async function pipfileFindings(
  { path, reading }: Lock,
  load: LoadFile,
): Promise<readonly GradedFinding[]> {
  if (reading.madeFrom?.kind !== 'digest') return []
  const { sha256, line } = reading.madeFrom
  const file = posix.join(posix.dirname(path), 'Pipfile')
  const bytes = await load(file)
  const text = typeof bytes === 'string' ? undefined : decodeRequirements(bytes)
  if (text === undefined) return []
  try {
    const digest = await pipfileDigest(text)
    if (digest === undefined || digest === sha256) return []
  } catch (error) {
    if (error instanceof LockSyntaxError) return [malformed(file, 'Pipfile', error)]
    throw error
  }
  const location = { path, line }
  return [{ severity: 'warn', code: 'LOCK_PIPFILE_CHANGED', args: { file, line }, location }]
}

async function metadataAt(
  path: string,
  load: LoadFile,
): Promise<ProjectMetadata | LockSyntaxError | undefined> {
  const bytes = await load(path)
  const text = typeof bytes === 'string' ? undefined : decodeRequirements(bytes)
  return text === undefined ? undefined : readProjectMetadata(text, path)
}

function malformed(
  path: string,
  format: string,
  { line, message }: LockSyntaxError,
): GradedFinding {
  return {
    severity: 'inconclusive',
    code: 'LOCK_MALFORMED',
    args: { file: path, format, line, reason: message.replace(/\.$/, '') },
    location: { path, line },
  }
}
