const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a part of the path is a file, or an unfinished write is in the way',
  ENOSPC: 'no space is left',
  ENAMETOOLONG: 'the name is too long',
}

/** Why something could not be written, in words. */
export function reasonOf(error: unknown): string {
  for (const [code, reason] of Object.entries(REASONS)) if (hasCode(error, code)) return reason
  return error instanceof Error ? error.message : String(error)
}

/** Whether an error of the system has a code such as `EEXIST`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
