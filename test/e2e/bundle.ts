import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The bundle of the program as files that import each other. */
export const dist: string = path.resolve(import.meta.dirname, '..', '..', 'dist')

/** The files that are loaded with `entry` before its first line runs, `entry` among them. */
export function loadedWith(entry: string): readonly string[] {
  const loaded = new Set<string>()
  const load = (file: string): void => {
    if (loaded.has(file)) return
    loaded.add(file)
    const text = readFileSync(file, 'utf8')
    for (const [, from = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+)"/g)) {
      load(path.resolve(path.dirname(file), from))
    }
  }
  load(path.join(dist, entry))
  return [...loaded]
}

/** The chunk of a module of the command line that is loaded later. */
export function chunkOf(module: string): string {
  const pattern = new RegExp(`^${module}-[A-Z0-9]+\\.js$`)
  const found = readdirSync(path.join(dist, 'chunks')).filter((name) => pattern.test(name))
  if (found.length !== 1) throw new Error(`${String(found.length)} chunks of ${module}`)
  return path.join('chunks', found[0] ?? '')
}

/** The whole bundle. */
export function allFiles(): readonly string[] {
  return readdirSync(dist, { recursive: true })
    .map((name) => path.join(dist, String(name)))
    .filter((name) => name.endsWith('.js'))
}
