import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../../core/errors.ts'

/** No model folder has more files. */
const MOST_FILES = 2000
const DEPTH = 16

/**
 * The files below a folder, sorted, with `/` between the parts; links to folders are listed as files.
 *
 * @throws InputError when there are more than a model has.
 */
export async function folderFiles(folder: string): Promise<readonly string[]> {
  const files: string[] = []
  const visit = async (below: string, depth: number): Promise<void> => {
    const entries = await readdir(join(folder, below), { withFileTypes: true })
    for (const entry of entries) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory() && depth < DEPTH) await visit(path, depth + 1)
      else files.push(path)
      if (files.length > MOST_FILES) {
        throw new InputError(`the folder has more than ${String(MOST_FILES)} files`)
      }
    }
  }
  await visit('', 0)
  return files.sort()
}
