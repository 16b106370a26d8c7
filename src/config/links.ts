import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { parseGlob } from '../core/glob.ts'
import { isInside } from './repository.ts'

/** What a location of the manifest holds that may not be read. */
export type Refused =
  | { readonly kind: 'leaves'; readonly link: string }
  | { readonly kind: 'irregular'; readonly link: string }

/**
 * What must not be read at a location: a file, a folder with everything below it, or the files that a
 * glob names. A link that ends outside of the repository leaves it; a pipe, a socket or a device is
 * irregular, and reading it could wait for ever.
 *
 * @param location as in the manifest, relative to `folder`
 * @param repository the folder that links must stay in, or `undefined` if they may lead anywhere
 * @returns the first, by a path from `location`; `undefined` if all can be read, or nothing is there
 */
export async function refusedAt(
  location: string,
  folder: string,
  repository: string | undefined,
): Promise<Refused | undefined> {
  const absolute = path.resolve(folder, location)
  const found = await stat(absolute).catch(() => undefined)
  if (found?.isDirectory() === true) return walk(absolute, '', { repository, seen: new Set() })
  if (found !== undefined) {
    return found.isFile() ? undefined : { kind: 'irregular', link: location }
  }
  const glob = parseGlob(location)
  if (glob === undefined) return undefined
  return walk(path.resolve(folder, glob.base), '', { repository, glob, seen: new Set() })
}

interface Walk {
  readonly repository: string | undefined
  readonly glob?: { readonly isDeep: boolean; readonly pattern: RegExp }
  /** Folders that were entered, so that a circle of links ends. */
  readonly seen: Set<string>
}

async function walk(root: string, below: string, on: Walk): Promise<Refused | undefined> {
  const here = await realpath(path.join(root, below)).catch(() => undefined)
  if (here === undefined || on.seen.has(here)) return undefined
  on.seen.add(here)
  const entries = await readdir(here, { withFileTypes: true }).catch((): Dirent[] => [])
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`
    const refused = await refusedEntry(root, name, entry, on)
    if (refused !== undefined) return refused
  }
  return undefined
}

async function refusedEntry(
  root: string,
  name: string,
  entry: Dirent,
  on: Walk,
): Promise<Refused | undefined> {
  const { glob, repository } = on
  const file = path.join(root, name)
  const found = entry.isSymbolicLink() ? await stat(file).catch(() => undefined) : entry
  // A link to nothing is told when it is read.
  if (found === undefined) return undefined
  const isFolder = found.isDirectory()
  const isMeant = glob === undefined || (isFolder ? glob.isDeep : glob.pattern.test(name))
  if (!isMeant) return undefined
  if (entry.isSymbolicLink() && repository !== undefined) {
    const end = await realpath(file).catch(() => undefined)
    if (end !== undefined && !isInside(repository, end)) return { kind: 'leaves', link: name }
  }
  if (isFolder) return walk(root, name, on)
  return found.isFile() ? undefined : { kind: 'irregular', link: name }
}
