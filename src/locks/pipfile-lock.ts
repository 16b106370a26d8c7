import { NOTHING_READ, type LockFormat, type LockReading, type LockSource } from './lock-format.ts'
import { at, entriesAt, LockSyntaxError, textAt, textsAt, type Located } from './located.ts'
import { judgeArchiveBytes, judgeCommit, judgeFolder, judgeLocked } from './locked-package.ts'
import type { RequirementEntry } from './requirement.ts'
import { parseJson } from './yaml-tree.ts'

/** `Pipfile.lock`; the `develop` group is not production. */
export const pipfileLock: LockFormat = {
  name: 'Pipfile.lock',
  kind: 'lock',
  fileName: /^Pipfile\.lock$/,
  looksLike: (text) => /^\s*\{/.test(text) && /"pipfile-spec"\s*:/.test(text),
  async read(source) {
    return readPipfile(await parseJson(source.text), source)
  },
}

function readPipfile(root: Located, source: LockSource): LockReading {
  const meta = at(root, '_meta')
  const sha256 = textAt(meta, 'hash', 'sha256')
  if (sha256 === undefined) {
    throw new LockSyntaxError(meta?.line ?? 1, '_meta.hash.sha256 is missing')
  }
  if (at(root, 'default') === undefined) {
    throw new LockSyntaxError(1, 'the group default is missing')
  }
  const requires = at(meta, 'requires')
  const full = textAt(requires, 'python_full_version')
  const python = full ?? textAt(requires, 'python_version')
  return {
    ...NOTHING_READ,
    entries: entriesAt(root, 'default').map(([name, node]) => judge(name, node, source)),
    development: entriesAt(root, 'develop').map(([name]) => name),
    madeFrom: { kind: 'digest', sha256, line: at(meta, 'hash', 'sha256')?.line ?? 1 },
    requiresPython:
      python === undefined
        ? undefined
        : {
            specifier: full === undefined ? `==${python}.*` : `==${full}`,
            file: source.path,
            line: requires?.line ?? 1,
          },
  }
}

function judge(name: string, node: Located, source: LockSource): RequirementEntry {
  const { line } = node
  if (at(node, 'git') !== undefined) {
    return judgeCommit(name, line, textAt(node, 'ref'), source.path)
  }
  const path = textAt(node, 'path')
  if (path !== undefined) {
    const editable = at(node, 'editable')
    const isEditable = editable?.kind === 'scalar' && editable.value === true
    return judgeFolder(name, line, path, isEditable, source.path)
  }
  const specifier = textAt(node, 'version')
  const version = specifier?.startsWith('==') === true ? specifier.slice(2) : undefined
  const hashes = textsAt(node, 'hashes')
  const address = textAt(node, 'file')
  if (address !== undefined) {
    const entry = judgeLocked({ name, line, version: undefined, hashes }, source)
    return { ...entry, specifier: address, ...judgeArchiveBytes(hashes, source) }
  }
  const marker = textAt(node, 'markers')
  const entry = judgeLocked({ name, line, version, marker, hashes }, source)
  // Anything but `==` is shown as it is written.
  return version === undefined && specifier !== undefined && specifier !== '*'
    ? { ...entry, specifier, code: 'REQUIREMENT_RANGE' }
    : entry
}
