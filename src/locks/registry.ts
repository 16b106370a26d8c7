import { posix } from 'node:path'
import { condaEnvironment } from './conda-environment.ts'
import { condaLock } from './conda-lock.ts'
import { dockerfile } from './dockerfile.ts'
import type { LockFormat } from './lock-format.ts'
import { pipfileLock } from './pipfile-lock.ts'
import { poetryLock } from './poetry-lock.ts'
import { pylock } from './pylock.ts'
import { pythonEnv } from './python-env.ts'
import { uvLock } from './uv-lock.ts'

/** Every format but requirement files, the narrower names first. */
const LOCK_FORMATS: readonly LockFormat[] = [
  pylock,
  poetryLock,
  uvLock,
  pipfileLock,
  condaLock,
  pythonEnv,
  condaEnvironment,
  dockerfile,
]

/** Names that are no requirement files though no format here reads them, or not as a lock. */
const FOREIGN: readonly (readonly [pattern: RegExp, format: string])[] = [
  [/^pdm\.lock$/, 'pdm.lock'],
  [/^Pipfile$/, 'Pipfile'],
  [/\.(toml|lock|json|cfg|py|ya?ml)$/, 'project metadata'],
]

/** The format that a file's name says. */
export function formatByName(path: string): LockFormat | undefined {
  const name = posix.basename(path)
  return LOCK_FORMATS.find(({ fileName }) => fileName.test(name))
}

/** The format that a text seems to be, for a file whose name says nothing. */
export function formatByContent(text: string): LockFormat | undefined {
  return LOCK_FORMATS.find(({ looksLike }) => looksLike(text))
}

/** What a text is that pip would not read though its name says nothing. */
export function foreignContent(text: string): string | undefined {
  return /^@EXPLICIT\s*$/m.test(text) ? 'explicit list of conda' : undefined
}

/** What a file is whose name shows that it is neither a lock nor a requirement file. */
export function foreignFormat(path: string): string | undefined {
  const name = posix.basename(path)
  return FOREIGN.find(([pattern]) => pattern.test(name))?.[1]
}
