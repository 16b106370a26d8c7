import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { appendRecord, type WrittenRecord } from './append-record.ts'
import { validate } from './validate.ts'
import { parseYaml, readYamlFile, type YamlFile } from './yaml-file.ts'
import { exists } from './repository.ts'

export type RecordKind = 'attestations' | 'waivers'

/** A file of records as it is to be written. */
export interface ExtendedFile {
  /** Absolute. */
  readonly path: string
  /** As messages name it. */
  readonly shownAs: string
  readonly text: string
}

/**
 * The records of a project with one more; nothing is written.
 *
 * @param folder the project's folder, which has or could have a `.mlcheck`
 * @param cwd what `folder` is relative to
 * @throws ConfigurationError when the file that is there is not valid, or would not be with the record.
 */
export async function extendRecords(
  kind: RecordKind,
  folder: string,
  record: WrittenRecord,
  cwd: string,
): Promise<ExtendedFile> {
  const file = `.mlcheck/${kind}.yaml`
  const absolute = path.resolve(cwd, folder, file)
  const shownAs = path.posix.join(folder.replaceAll(path.sep, '/'), file)
  const check = await checkOf(kind)
  let before = ''
  if (await exists(absolute)) {
    const yaml = await readYamlFile(absolute, shownAs)
    if (yaml.value !== null) check(yaml)
    before = await readFile(absolute, 'utf8')
  }
  const text = appendRecord(before, kind, record)
  check(await parseYaml(text, shownAs))
  return { path: absolute, shownAs, text }
}

async function checkOf(kind: RecordKind): Promise<(yaml: YamlFile) => void> {
  if (kind === 'waivers') {
    const { waiversSchema } = await import('./waivers-schema.ts')
    return (yaml) => {
      validate(yaml, waiversSchema)
    }
  }
  const { attestationsSchema } = await import('./attestations-schema.ts')
  return (yaml) => {
    validate(yaml, attestationsSchema)
  }
}
