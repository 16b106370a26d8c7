import { NOTHING_READ, type LockFormat, type LockReading, type LockSource } from './lock-format.ts'
import { at, entriesAt, listAt, LockSyntaxError, textAt, textsAt, type Located } from './located.ts'
import { judgeLocked, packageName } from './locked-package.ts'
import type { RequirementEntry } from './requirement.ts'
import { parseYaml } from './yaml-tree.ts'

/** `conda-lock.yml`, version 1: one package for each platform. */
export const condaLock: LockFormat = {
  name: 'conda-lock',
  kind: 'conda',
  fileName: /^(.+[.-])?conda-lock\.ya?ml$/,
  looksLike: (text) => /^package:\s*$/m.test(text) && /^\s*content_hash:/m.test(text),
  async read(source) {
    return readCondaLock(await parseYaml(source.text), source)
  },
}

function readCondaLock(root: Located, source: LockSource): LockReading {
  const version = at(root, 'version')
  if (version?.kind !== 'scalar' || version.value !== '1') {
    throw new LockSyntaxError(version?.line ?? 1, 'only version 1 of the format is read')
  }
  const packages = listAt(root, 'package')
  const isProduction = (node: Located) => (textAt(node, 'category') ?? 'main') === 'main'
  const python = packages.filter((node) => textAt(node, 'name') === 'python')
  return {
    ...NOTHING_READ,
    entries: packages.filter(isProduction).map((node) => judge(node, source)),
    development: [...new Set(packages.filter((node) => !isProduction(node)).map(packageName))],
    findings: platformFindings(root, packages, source),
    python: python.flatMap((node) => {
      const installed = textAt(node, 'version')
      return installed === undefined
        ? []
        : [{ version: installed, file: source.path, line: node.line }]
    }),
  }
}

/** A platform that the metadata promise and for which nothing, or no content hash, is locked. */
function platformFindings(
  root: Located,
  packages: readonly Located[],
  { path }: LockSource,
): LockReading['findings'] {
  const platforms = textsAt(root, 'metadata', 'platforms')
  const hashes = entriesAt(root, 'metadata', 'content_hash').map(([platform]) => platform)
  const locked = new Set(packages.map((node) => textAt(node, 'platform')))
  const line = at(root, 'metadata')?.line ?? 1
  return platforms
    .filter((platform) => !locked.has(platform) || !hashes.includes(platform))
    .map((platform) => ({
      severity: 'warn',
      code: 'CONDA_PLATFORM_NOT_LOCKED',
      args: { file: path, platform },
      location: { path, line },
    }))
}

function judge(node: Located, source: LockSource): RequirementEntry {
  const name = packageName(node)
  const { line } = node
  const version = textAt(node, 'version')
  const sha256 = textAt(node, 'hash', 'sha256')
  const md5 = textAt(node, 'hash', 'md5')
  const hashes = sha256 === undefined ? [] : [`sha256:${sha256}`]
  const entry = judgeLocked({ name, line, version, hashes }, source)
  const marker = textAt(node, 'platform')
  const placed = { ...entry, marker: marker === undefined ? undefined : `platform: ${marker}` }
  // Conda's versions need not be versions of PEP 440; the file that is meant is named by its address.
  const isBound =
    textAt(node, 'manager') !== 'pip' && version !== undefined && textAt(node, 'url') !== undefined
  if (!isBound || entry.pinned === 'hashed') return placed
  if (sha256 !== undefined) {
    const { pinned, code } = judgeLocked({ name, line, version: '0', hashes }, source)
    return { ...placed, pinned, code }
  }
  return md5 === undefined
    ? { ...placed, pinned: 'yes', code: 'REQUIREMENT_PINNED' }
    : { ...placed, pinned: 'warn', code: 'CONDA_WEAK_HASH' }
}
