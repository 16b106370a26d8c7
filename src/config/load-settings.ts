import { realpath } from 'node:fs/promises'
import path from 'node:path'
import { exists, findRepositoryRoot, foldersUpward, isInside } from './repository.ts'
import type { Settings } from './settings.ts'
import { validate } from './validate.ts'
import { readYamlFile } from './yaml-file.ts'

const FILE_NAME = 'mlcheck.yaml'

export interface SettingsOptions {
  /** The file that the user names; without it one is looked for. */
  readonly path?: string
  /** The folder of the project: where the search begins; it ends at the root of the repository. */
  readonly startDir: string
  /** What paths are shown relative to; `startDir` if not given. */
  readonly cwd?: string
}

/**
 * Loads `mlcheck.yaml`, the closest one at or above `startDir` in the same repository; without a
 * repository, the one in `startDir`. `run.allow` holds only in a file of that repository or folder.
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
  const isForeign = content.run?.allow === true && !(await isOfProject(file, startDir))
  return {
    ...content,
    ...(isForeign ? { run: { ...content.run, allow: false } } : {}),
    file: shownAs,
    locate: yaml.locate,
    folder: path.dirname(file),
    isPermissionForeign: isForeign,
  }
}

async function findUpward(startDir: string): Promise<string | undefined> {
  const root = await findRepositoryRoot(startDir)
  // Without a repository nobody says where the project ends: a file further up may be anyone's.
  const folders = root === undefined ? [startDir] : foldersUpward(startDir)
  for (const folder of folders) {
    const file = path.join(folder, FILE_NAME)
    if (await exists(file)) return file
    if (folder === root) return undefined
  }
  return undefined
}

/** Only the project itself may allow its commands to run, not a file that lies somewhere else. */
async function isOfProject(file: string, startDir: string): Promise<boolean> {
  const project = await realpath((await findRepositoryRoot(startDir)) ?? startDir)
  return isInside(project, await realpath(file))
}
