import { realpathSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../core/errors.ts'

/** The real place of a path, through links; of a file that is not there yet, within its folder's. */
export function placeOf(file: string, cwd: string): string {
  const absolute = path.resolve(cwd, file)
  return (
    realPath(absolute) ??
    path.join(realPath(path.dirname(absolute)) ?? path.dirname(absolute), path.basename(absolute))
  )
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file)
  } catch {
    return undefined
  }
}

/**
 * Refuses to write over what the run reads.
 *
 * @throws UsageError when `file` is one of `inputs`, directly or through links.
 */
export function refuseOverwriting(
  what: string,
  file: string,
  inputs: readonly string[],
  cwd: string,
): void {
  const place = placeOf(file, cwd)
  const input = inputs.find((candidate) => placeOf(candidate, cwd) === place)
  if (input !== undefined) throw new UsageError(`${what} would overwrite the input ${input}`)
}
