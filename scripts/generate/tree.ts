import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { generatedFiles, GENERATED_FOLDERS } from './files.ts'

/** What differs between a tree and its sources, a sentence each: missing, not current, of no source. */
export function staleFiles(root: string): readonly string[] {
  const files = generatedFiles()
  const differing = [...files].flatMap(([name, text]) => {
    const file = path.join(root, name)
    if (!existsSync(file)) return [`${name} is missing`]
    return readFileSync(file, 'utf8') === text ? [] : [`${name} is not current`]
  })
  return [...differing, ...withoutSource(root, files).map((name) => `${name} has no source`)]
}

/** Writes what differs and removes what has no source. */
export function writeFiles(root: string): void {
  const files = generatedFiles()
  for (const [name, text] of files) {
    const file = path.join(root, name)
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  for (const name of withoutSource(root, files)) rmSync(path.join(root, name))
}

function withoutSource(root: string, files: ReadonlyMap<string, string>): string[] {
  return GENERATED_FOLDERS.filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(root, folder))
        .sort()
        .map((name) => `${folder}/${name}`),
    )
    .filter((name) => !files.has(name))
}
