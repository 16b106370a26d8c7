import {
  NOTHING_READ,
  type LockFormat,
  type LockReading,
  type LockSource,
  type RecordedDemand,
} from './lock-format.ts'
import { at, entriesAt, listAt, LockSyntaxError, textAt, textsAt, type Located } from './located.ts'
import {
  judgeArchiveBytes,
  judgeCommit,
  judgeFolder,
  judgeLocked,
  packageName,
} from './locked-package.ts'
import { normalizeName, type RequirementEntry } from './requirement.ts'
import { parseToml } from './toml-tree.ts'

/** `uv.lock`; what only a development group leads to is not production. */
export const uvLock: LockFormat = {
  name: 'uv.lock',
  kind: 'lock',
  fileName: /^uv\.lock$/,
  looksLike: (text) => /^version\s*=\s*1\s*$/m.test(text) && /^source\s*=\s*\{/m.test(text),
  async read(source) {
    return readUv(await parseToml(source.text), source)
  },
}

function readUv(root: Located, source: LockSource): LockReading {
  const version = at(root, 'version')
  if (version?.kind !== 'scalar' || Number(version.value) !== 1) {
    throw new LockSyntaxError(version?.line ?? 1, 'only version 1 of the format is read')
  }
  const packages = listAt(root, 'package')
  const members = textsAt(root, 'manifest', 'members')
  const own = packages.filter((node) => isOwn(node, members))
  const production = reachable(own, packages)
  const others = packages.filter((node) => !own.includes(node))
  // A script's lock has no project of its own: then everything is production.
  const isProduction = (node: Located) => own.length === 0 || production.has(node)
  const specifier = textAt(root, 'requires-python')
  const line = at(root, 'requires-python')?.line ?? 1
  const python = specifier === undefined ? undefined : { specifier, file: source.path, line }
  return {
    ...NOTHING_READ,
    entries: others.filter(isProduction).map((node) => judge(node, source)),
    development: others.filter((node) => !isProduction(node)).map(packageName),
    madeFrom: {
      kind: 'demands',
      demands: packages.filter(isAtRoot).flatMap(demandsOf),
      own: own.map(packageName),
      ...(python === undefined || members.length > 0 ? {} : { python }),
    },
    requiresPython: python,
  }
}

/** The project itself or a member of its workspace, which are not installed from anywhere. */
function isOwn(node: Located, members: readonly string[]): boolean {
  const isVirtual = textAt(node, 'source', 'virtual') !== undefined
  return isVirtual || isAtRoot(node) || members.includes(textAt(node, 'name') ?? '')
}

/** The project whose folder the lock lies in. */
function isAtRoot(node: Located): boolean {
  return ['virtual', 'editable'].some((kind) => textAt(node, 'source', kind) === '.')
}

function demandsOf(node: Located): readonly RecordedDemand[] {
  return listAt(node, 'metadata', 'requires-dist')
    .filter((demand) => !/\bextra\s*==/.test(textAt(demand, 'marker') ?? ''))
    .map((demand) => ({
      name: packageName(demand),
      specifier: textAt(demand, 'specifier') ?? '',
      line: demand.line,
      extras: textsAt(demand, 'extras'),
    }))
}

/** Everything that the dependencies and optional dependencies of the own packages lead to. */
function reachable(own: readonly Located[], packages: readonly Located[]): ReadonlySet<Located> {
  const byName = new Map<string, Located[]>()
  for (const node of packages) {
    const name = normalizeName(packageName(node))
    byName.set(name, [...(byName.get(name) ?? []), node])
  }
  const found = new Set<Located>(own)
  const queue = [...own]
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    const optional = entriesAt(node, 'optional-dependencies').map(([, list]) => list)
    const wanted = [...listAt(node, 'dependencies'), ...optional.flatMap((list) => listAt(list))]
    for (const name of wanted.flatMap((dependency) => textAt(dependency, 'name') ?? [])) {
      for (const next of byName.get(normalizeName(name)) ?? []) {
        if (found.has(next)) continue
        found.add(next)
        queue.push(next)
      }
    }
  }
  return found
}

function judge(node: Located, source: LockSource): RequirementEntry {
  const name = packageName(node)
  const { line } = node
  const origin = at(node, 'source')
  const repository = textAt(origin, 'git')
  // uv writes the commit behind the number sign.
  if (repository !== undefined) {
    const commit = repository.includes('#') ? repository.split('#').at(-1) : undefined
    return judgeCommit(name, line, commit, source.path)
  }
  const editable = textAt(origin, 'editable')
  const folder = editable ?? textAt(origin, 'directory')
  if (folder !== undefined) {
    return judgeFolder(name, line, folder, editable !== undefined, source.path)
  }
  const files = [at(node, 'sdist'), ...listAt(node, 'wheels')].filter((file) => file !== undefined)
  const hashes = files.map((file) => textAt(file, 'hash'))
  const version = textAt(node, 'version')
  const entry = judgeLocked({ name, line, version, hashes }, source)
  const address = textAt(origin, 'url')
  if (address === undefined || version !== undefined) return entry
  return { ...entry, specifier: address, ...judgeArchiveBytes(hashes, source) }
}
