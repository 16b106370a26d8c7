import { judgePin, type PinVerdict } from './pin-rules.ts'
import type { RequirementEntry } from './requirement.ts'
import type { LockSource } from './lock-format.ts'
import { LockSyntaxError, textAt, type Located } from './located.ts'

/** A package as a lock file lists it. */
export interface LockedPackage {
  readonly name: string
  readonly line: number
  readonly version: string | undefined
  readonly marker?: string | undefined
  /** `algorithm:digest` of every file, `undefined` for a file without one. */
  readonly hashes: readonly (string | undefined)[]
}

const STRONG = /^sha(256|384|512):/i

/** Judges a package of a lock file as pip would judge `name==version` with these hashes. */
export function judgeLocked(
  { name, line, version, marker, hashes }: LockedPackage,
  { path, versions }: LockSource,
): RequirementEntry {
  const written = hashes.filter((hash) => hash !== undefined)
  const strong = written.filter((hash) => STRONG.test(hash))
  // One file without a digest is a file that nothing verifies.
  const isComplete = hashes.length > 0 && written.length === hashes.length
  const used = !isComplete ? [] : strong.length > 0 ? strong : written
  const specifier = version === undefined ? '' : `==${version}`
  const verdict = judgePin(
    {
      kind: 'index',
      name,
      extras: [],
      specifier,
      marker: undefined,
      editable: false,
      hashes: used,
    },
    versions,
  )
  return { name, file: path, line, specifier, marker, hashes: used, ...verdict }
}

const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/i

/** A package that comes from a repository: at a full commit, or at something that can move. */
export function judgeCommit(
  name: string,
  line: number,
  commit: string | undefined,
  file: string,
): RequirementEntry {
  const isFull = commit !== undefined && COMMIT.test(commit)
  return {
    name,
    file,
    line,
    specifier: `@${commit ?? ''}`,
    marker: undefined,
    hashes: [],
    pinned: isFull ? 'warn' : 'no',
    code: isFull ? 'REQUIREMENT_VCS_COMMIT' : 'REQUIREMENT_VCS_NOT_COMMIT',
  }
}

/** A package that is a folder of the machine. */
export function judgeFolder(
  name: string,
  line: number,
  folder: string,
  isEditable: boolean,
  file: string,
): RequirementEntry {
  const code = isEditable ? 'REQUIREMENT_EDITABLE' : 'REQUIREMENT_LOCAL_PATH'
  return { name, file, line, specifier: folder, marker: undefined, hashes: [], pinned: 'no', code }
}

/** Bytes without a version: bound by a digest alone. */
export function judgeArchiveBytes(
  hashes: readonly (string | undefined)[],
  { versions }: LockSource,
): PinVerdict {
  const written = hashes.filter((hash) => hash !== undefined)
  return judgePin(
    {
      kind: 'archive',
      name: '',
      extras: [],
      specifier: '',
      marker: undefined,
      editable: false,
      hashes: written.length === hashes.length ? written : [],
    },
    versions,
  )
}

/** @throws LockSyntaxError when the package has none */
export function packageName(node: Located): string {
  const name = textAt(node, 'name')
  if (name === undefined || name === '') {
    throw new LockSyntaxError(node.line, 'a package has no name')
  }
  return name
}
