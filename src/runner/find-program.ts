import { access, constants, stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'

/**
 * The file that a program name stands for, searched as `execvp` does: a name with a slash is a path from
 * the working directory, any other is looked up in `PATH`.
 *
 * @returns `undefined` when there is none that may be executed.
 */
export async function findProgram(
  name: string,
  folder: string,
  searchPath: string | undefined,
  extensions = '',
): Promise<string | undefined> {
  const places = /[\\/]/.test(name)
    ? [isAbsolute(name) ? name : join(folder, name)]
    : (searchPath ?? '')
        .split(delimiter)
        .filter((part) => part !== '')
        .map((part) => join(part, name))
  for (const place of places) {
    for (const extension of ['', ...extensions.split(';').filter((part) => part !== '')]) {
      if (await isExecutable(place + extension)) return place + extension
    }
  }
  return undefined
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
