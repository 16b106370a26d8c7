import path from 'node:path'
import { exists } from './repository.ts'
import { validate } from './validate.ts'
import type { Waiver } from './waivers.ts'
import { readYamlFile } from './yaml-file.ts'

const FILE = '.mlcheck/waivers.yaml'

/**
 * Loads the accepted failures, in the order of the file.
 *
 * @param folder the project's folder, which has or could have a `.mlcheck`
 * @param cwd what `folder` is relative to
 * @returns an empty list when there is no such file
 * @throws ConfigurationError when the file is not valid
 */
export async function loadWaivers(folder: string, cwd = '.'): Promise<readonly Waiver[]> {
  const absolute = path.resolve(cwd, folder, FILE)
  if (!(await exists(absolute))) return []
  const yaml = await readYamlFile(absolute, path.posix.join(folder, FILE))
  if (yaml.value === null) return []
  const { waiversSchema } = await import('./waivers-schema.ts')
  return validate(yaml, waiversSchema).waivers.map((waiver, index) => ({
    ...waiver,
    location: yaml.locate(['waivers', index]),
  }))
}
