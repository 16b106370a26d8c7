import { lstat, readlink, realpath } from 'node:fs/promises'
import path from 'node:path'
import { isMissing } from './yaml-file.ts'

/** The closest folder at or above `folder` that has a `.git`, or `undefined`. */
export async function findRepositoryRoot(folder: string): Promise<string | undefined> {
  for (const candidate of foldersUpward(folder)) {
    if (await exists(path.join(candidate, '.git'))) return candidate
  }
  return undefined
}

/** A folder and all that contain it, the innermost first. */
export function foldersUpward(folder: string): readonly string[] {
  const folders = [path.resolve(folder)]
  for (let last = folders[0] ?? ''; path.dirname(last) !== last; last = path.dirname(last)) {
    folders.push(path.dirname(last))
  }
  return folders
}

/** Whether something is there, be it a link that leads nowhere: reading it then says what is wrong. */
export async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    (error: unknown) => !isMissing(error),
  )
}

/** Whether `file` is `folder` or lies in it; both absolute, links resolved. */
export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file)
  const leaves = relative === '..' || relative.startsWith(`..${path.sep}`)
  return !leaves && !path.isAbsolute(relative)
}

const MOST_LINKS = 40

/** Where a path ends once all links are followed; of what does not exist, where it would be. */
export async function realLocation(file: string, links = MOST_LINKS): Promise<string> {
  try {
    return await realpath(file)
  } catch (error) {
    if (!isMissing(error) || links === 0) throw error
  }
  const folder = path.dirname(file)
  if (folder === file) return file
  const target = await linkTarget(file)
  if (target !== undefined) return realLocation(path.resolve(folder, target), links - 1)
  return path.join(await realLocation(folder, links), path.basename(file))
}

async function linkTarget(file: string): Promise<string | undefined> {
  const found = await lstat(file).catch(() => undefined)
  return found?.isSymbolicLink() === true ? readlink(file) : undefined
}
