import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

export interface InstalledPackage {
  /** The folder of the default checklist, the schemas and the example. */
  readonly root: string
  readonly version: string
}

/** The package that the running code belongs to, from the source tree as from the bundle. */
export function installedPackage(folder: string = import.meta.dirname): InstalledPackage {
  const file = path.join(folder, 'package.json')
  if (existsSync(file)) {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return { root: folder, version: (manifest as { readonly version: string }).version }
  }
  const parent = path.dirname(folder)
  if (parent === folder) throw new Error('the package of mlcheck has no package.json')
  return installedPackage(parent)
}
