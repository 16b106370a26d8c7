import path from 'node:path'
import { exists, foldersUpward } from './repository.ts'
import type { Settings } from './settings.ts'
import { validate } from './validate.ts'
import { readYamlFile } from './yaml-file.ts'

const FILE_NAME = 'mlcheck.yaml'

export interface SettingsOptions {
  /** The file that the user names; without it one is looked for. */
  readonly path?: string
  /** Where the search begins; it ends at the root of the repository. */
  readonly startDir: string
  /** What paths are shown relative to; `startDir` if not given. */
  readonly cwd?: string
}

/**
 * Loads `mlcheck.yaml`, the closest one at or above `startDir` in the same repository.
 *
 * @returns `null` when none is named and none is found: the built-in defaults hold
 * @throws ConfigurationError when the file is not valid, or is named and not there
 */
export async function loadSettings({
  path: named,
  startDir,
  cwd = startDir,
}: SettingsOptions): Promise<Settings | null> {
  const file = named === undefined ? await findUpward(startDir) : path.resolve(cwd, named)
  if (file === undefined) return null
  const shownAs = named ?? path.relative(cwd, file).replaceAll(path.sep, '/')
  const yaml = await readYamlFile(file, shownAs)
  const { settingsSchema } = await import('./settings-schema.ts')
  // A file with everything commented out is what `mlcheck init` writes.
  const content = yaml.value === null ? {} : validate(yaml, settingsSchema)
  return { ...content, file: shownAs, locate: yaml.locate, folder: path.dirname(file) }
}

async function findUpward(startDir: string): Promise<string | undefined> {
  for (const folder of foldersUpward(startDir)) {
    const file = path.join(folder, FILE_NAME)
    if (await exists(file)) return file
    if (await exists(path.join(folder, '.git'))) return undefined
  }
  return undefined
}
