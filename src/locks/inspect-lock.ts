import type { GradedFinding } from '../core/finding.ts'
import type { LockKind } from './lock-format.ts'
import { readLock, versionRules } from './read-dependencies.ts'
import { formatByContent, formatByName, foreignFormat } from './registry.ts'
import type { RequirementEntry } from './requirement.ts'
import { readRequirements, type LoadFile } from './requirements.ts'

/** What a file of dependencies says by itself, without the project around it. */
export interface LockInspection {
  readonly kind: LockKind
  /**
   * `safe` when every entry of production is exact or hashed, `unsafe` when one is not or a finding fails,
   * `inconclusive` when something could not be read or nothing is listed.
   */
  readonly verdict: 'safe' | 'unsafe' | 'inconclusive'
  readonly entries: readonly RequirementEntry[]
  readonly findings: readonly GradedFinding[]
}

const REQUIREMENTS_NAME =
  /^(.*[-_.])?(requirements|constraints)([-_.].*)?\.(txt|in)$|^requirements\//

/**
 * Inspects one file of dependencies.
 *
 * @param path - with forward slashes; the name decides the format, else the content.
 * @param text - the content of the file.
 * @param load - gives files that a requirement file includes; without it, an include is `inconclusive`.
 * @returns `undefined` for a file that is none of dependencies.
 */
export async function inspectLock(
  path: string,
  text: string,
  load: LoadFile = () => Promise.resolve('outside'),
): Promise<LockInspection | undefined> {
  const name = path.split('/').at(-1) ?? path
  const isRequirements = REQUIREMENTS_NAME.test(name)
  const format = formatByName(path) ?? (isRequirements ? undefined : formatByContent(text))
  if (format === undefined) {
    if (!isRequirements || foreignFormat(path) !== undefined) return undefined
    const bytes = new TextEncoder().encode(text)
    const set = await readRequirements([path], (each) =>
      each === path ? Promise.resolve(bytes) : load(each),
    )
    return inspected('requirements', set.entries, set.findings)
  }
  const reading = await readLock(format, path, text, await versionRules())
  // What a command installs from another file is not known from this one.
  const elsewhere = [...reading.includes, ...reading.installs].map(
    ({ name: file, line }): GradedFinding => ({
      severity: 'inconclusive',
      code: 'LOCK_INSTALL_NOT_NAMED',
      args: { file, from: path, line },
      location: { path, line },
    }),
  )
  return inspected(format.kind, reading.entries, [...reading.findings, ...elsewhere])
}

function inspected(
  kind: LockKind,
  entries: readonly RequirementEntry[],
  findings: readonly GradedFinding[],
): LockInspection {
  const isExact = entries.every(({ pinned }) => pinned === 'yes' || pinned === 'hashed')
  const has = (severity: GradedFinding['severity']) =>
    findings.some((finding) => finding.severity === severity)
  const verdict =
    !isExact || has('fail')
      ? 'unsafe'
      : has('inconclusive') || entries.length === 0
        ? 'inconclusive'
        : 'safe'
  return { kind, verdict, entries, findings }
}
