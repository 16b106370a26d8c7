import { createHash } from 'node:crypto'
import { entriesAt, type Located } from './located.ts'
import { parseToml } from './toml-tree.ts'

/** Sections that say how to run and not what to install. */
const APART = ['scripts', 'pipfile', 'pipenv', 'default', 'develop']
const NAMES: Readonly<Record<string, string>> = { packages: 'default', 'dev-packages': 'develop' }

/**
 * The digest of a `Pipfile` that pipenv writes into the lock: SHA-256 of what it demands as JSON with
 * sorted keys, so that comments and blanks do not matter.
 *
 * @returns `undefined` for a file without a source, to which pipenv adds one.
 * @throws LockSyntaxError for what is not TOML
 */
export async function pipfileDigest(text: string): Promise<string | undefined> {
  const sections = entriesAt(await parseToml(text))
  const demanded: Record<string, unknown> = { default: {}, develop: {} }
  const meta: Record<string, unknown> = { requires: {} }
  for (const [name, section] of sections) {
    if (APART.includes(name)) continue
    if (name === 'source') meta['sources'] = plain(section)
    else if (name === 'requires') meta['requires'] = plain(section)
    else demanded[NAMES[name] ?? name] = plain(section)
  }
  if (meta['sources'] === undefined) return undefined
  const json = JSON.stringify(sorted({ ...demanded, _meta: meta }))
  // Python writes nothing beyond ASCII.
  const ascii = json.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return createHash('sha256').update(ascii).digest('hex')
}

function plain(node: Located): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value
    case 'list':
      return node.items.map(plain)
    case 'table':
      return Object.fromEntries([...node.entries].map(([name, child]) => [name, plain(child)]))
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, child]) => [name, sorted(child)]))
}
