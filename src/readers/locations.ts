import { readdirSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { InputError } from '../core/errors.ts'
import { parseGlob } from '../core/glob.ts'

/** One file of a table, with the values that its folders give (`region=north/`). */
export interface PartFile {
  readonly file: string
  readonly shown: string
  readonly partitions: ReadonlyMap<string, string>
}

/**
 * The files that a location names: a file, a folder of part files, or a glob with `*`, `?`, `**`
 * and `{a,b}`. Names that begin with `_` or `.` are left out of folders.
 *
 * @returns At least one file, sorted by code units.
 * @throws InputError when there is no such file or nothing matches.
 */
export function expandLocation(location: string, cwd: string): readonly PartFile[] {
  const absolute = path.resolve(cwd, location)
  const stat = statSync(absolute, { throwIfNoEntry: false })
  if (stat?.isFile() === true) return [{ file: absolute, shown: location, partitions: new Map() }]
  if (stat?.isDirectory() === true) {
    const files = filesBelow(absolute)
    if (files.length === 0) {
      throw new InputError(`${location} holds no files`, { location: { path: location } })
    }
    return files.map((name) => part(absolute, location, name))
  }
  const glob = parseGlob(location)
  if (glob === undefined) {
    throw new InputError(`${location} does not exist`, {
      location: { path: location },
      ...nearNames(absolute),
    })
  }
  const { base, pattern } = glob
  const folder = path.resolve(cwd, base)
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true
  const names = isFolder ? filesBelow(folder).filter((name) => pattern.test(name)) : []
  if (names.length === 0) {
    throw new InputError(`${location} matches no file`, { location: { path: location } })
  }
  return names.map((name) => part(folder, base === '' ? '.' : base, name))
}

/** The files below a folder by their path in it, sorted; symbolic links are followed. */
function filesBelow(folder: string): string[] {
  const names: string[] = []
  const walk = (relative: string, above: readonly string[]): void => {
    const here = realpathSync(path.join(folder, relative))
    if (above.includes(here)) return
    for (const name of readdirSync(here)) {
      if (/^[_.]/.test(name)) continue
      const below = relative === '' ? name : `${relative}/${name}`
      const stat = statSync(path.join(folder, below), { throwIfNoEntry: false })
      if (stat?.isDirectory() === true) walk(below, [...above, here])
      // A link to nothing matters only where it is asked for, and is told when it is opened.
      else if (stat === undefined || stat.isFile()) names.push(below)
    }
  }
  walk('', [])
  return names.sort()
}

function part(folder: string, shownFolder: string, name: string): PartFile {
  const partitions = new Map<string, string>()
  for (const step of name.split('/').slice(0, -1)) {
    const match = /^([^=]+)=(.*)$/.exec(step)
    if (match?.[1] !== undefined) partitions.set(match[1], decoded(match[2] ?? ''))
  }
  return { file: path.join(folder, name), shown: path.posix.join(shownFolder, name), partitions }
}

/** Writers escape characters that a file name cannot hold; a `%` that escapes nothing stands for itself. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) => {
    try {
      return decodeURIComponent(escaped)
    } catch {
      return escaped
    }
  })
}

function nearNames(absolute: string): { readonly hint?: string } {
  const folder = path.dirname(absolute)
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return {}
  const stem = path.basename(absolute).toLowerCase().slice(0, 3)
  const near = readdirSync(folder).filter((name) => name.toLowerCase().startsWith(stem))
  return near.length === 0 ? {} : { hint: `Near it: ${near.sort().slice(0, 5).join(', ')}` }
}
