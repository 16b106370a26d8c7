import { InputError } from '../core/errors.ts'

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EIO: 'the disk reports an error',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'it does not exist any more, or is a symbolic link to nothing',
  ENOTDIR: 'a part of its path is not a folder',
}

/** Runs `work`; what the operating system refuses becomes an InputError with the path. */
export async function tellingErrors<T>(location: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { code, path = location } = error as NodeJS.ErrnoException
    const reason = code === undefined ? undefined : REASONS[code]
    if (error instanceof InputError || reason === undefined) throw error
    // The system says where the path leads; the user knows it as it was written.
    const shown = path.endsWith(location) ? location : path
    throw new InputError(`${shown} cannot be read: ${reason}`, {
      location: { path: location },
      cause: error,
    })
  }
}
