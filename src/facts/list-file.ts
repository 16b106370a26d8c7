import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { validate } from '../config/validate.ts'
import { readYamlFile } from '../config/yaml-file.ts'
import type { Location, Source } from '../core/evidence.ts'
import type { FactContext } from './context.ts'
import { projectPath } from './project-files.ts'

type ListSchema<T> = Parameters<typeof validate<T[]>>[1]

/**
 * A file of the project that is a list, each entry with its place.
 *
 * @param shown the path as the project writes it
 * @throws ConfigurationError when it is missing, cannot be read or is not what the schema says.
 */
export async function readListFile<T extends object>(
  context: FactContext,
  shown: string,
  schema: ListSchema<T>,
): Promise<{
  readonly entries: readonly (T & { readonly location: Location })[]
  readonly source: Source
}> {
  const path = projectPath(context, shown)
  const yaml = await readYamlFile(path, shown)
  const entries = validate(yaml, schema).map((entry, index) => ({
    ...entry,
    location: yaml.locate([index]),
  }))
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
  return { entries, source: { path: shown, sha256 } }
}
