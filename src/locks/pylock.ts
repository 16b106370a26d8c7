import { NOTHING_READ, type LockFormat, type LockReading, type LockSource } from './lock-format.ts'
import { at, entriesAt, listAt, LockSyntaxError, textAt, textsAt, type Located } from './located.ts'
import {
  judgeArchiveBytes,
  judgeCommit,
  judgeFolder,
  judgeLocked,
  packageName,
} from './locked-package.ts'
import type { RequirementEntry } from './requirement.ts'
import { parseToml } from './toml-tree.ts'

/** `pylock.toml` (PEP 751), as pip, uv and pdm write it. */
export const pylock: LockFormat = {
  name: 'pylock.toml',
  kind: 'lock',
  fileName: /^pylock(\.[^.]+)?\.toml$/,
  looksLike: (text) => /^lock-version\s*=/m.test(text) && /^\[\[packages\]\]/m.test(text),
  async read(source) {
    return readPylock(await parseToml(source.text), source)
  },
}

function readPylock(root: Located, source: LockSource): LockReading {
  const version = textAt(root, 'lock-version')
  const line = at(root, 'lock-version')?.line ?? 1
  // The standard wants tools to refuse another major version.
  if (version === undefined || !/^1\.\d+$/.test(version)) {
    throw new LockSyntaxError(line, `lock-version is ${version ?? 'missing'}, and 1.x is read`)
  }
  if (textAt(root, 'created-by') === undefined) {
    throw new LockSyntaxError(line, 'created-by is missing')
  }
  const packages = listAt(root, 'packages')
  const defaults = textsAt(root, 'default-groups')
  const isProduction = (node: Located) => {
    const group = GROUP.exec(textAt(node, 'marker') ?? '')?.[1]
    return group === undefined || defaults.includes(group)
  }
  const python = textAt(root, 'requires-python')
  return {
    ...NOTHING_READ,
    entries: packages.filter(isProduction).map((node) => judge(node, source)),
    development: packages.filter((node) => !isProduction(node)).map(packageName),
    requiresPython:
      python === undefined
        ? undefined
        : {
            specifier: python,
            file: source.path,
            line: at(root, 'requires-python')?.line ?? 1,
          },
  }
}

/** A package that one group alone asks for; with `or` it may be installed for other reasons. */
const GROUP =
  /^\s*\(?\s*["']([^"']+)["']\s+in\s+(?:dependency_groups|extras)\s*\)?(?:\s+and\b[^|]*)?$/

function judge(node: Located, source: LockSource): RequirementEntry {
  const name = packageName(node)
  const { line } = node
  const repository = at(node, 'vcs')
  if (repository !== undefined) {
    return judgeCommit(name, line, textAt(repository, 'commit-id'), source.path)
  }
  const folder = at(node, 'directory')
  if (folder !== undefined) {
    const editable = at(folder, 'editable')
    const isEditable = editable?.kind === 'scalar' && editable.value === true
    return judgeFolder(name, line, textAt(folder, 'path') ?? '', isEditable, source.path)
  }
  const files = [...listAt(node, 'wheels'), at(node, 'sdist'), at(node, 'archive')].filter(
    (file) => file !== undefined,
  )
  const isArchive = at(node, 'archive') !== undefined
  const version = textAt(node, 'version')
  const hashes = files.map(strongest)
  const entry = judgeLocked({ name, line, version, marker: textAt(node, 'marker'), hashes }, source)
  if (!isArchive || version !== undefined) return entry
  // An archive is its bytes: with a digest, the version does not matter.
  const specifier = textAt(files[0], 'url') ?? textAt(files[0], 'path') ?? ''
  const bound = judgeArchiveBytes(hashes, source)
  return { ...entry, specifier, ...bound }
}

const PREFERRED = ['sha256', 'sha384', 'sha512']

function strongest(file: Located): string | undefined {
  const hashes = entriesAt(file, 'hashes').flatMap(([algorithm, node]) => {
    const digest = textAt(node)
    return digest === undefined ? [] : [{ algorithm, digest }]
  })
  const chosen = hashes.find(({ algorithm }) => PREFERRED.includes(algorithm)) ?? hashes[0]
  return chosen === undefined ? undefined : `${chosen.algorithm}:${chosen.digest}`
}
