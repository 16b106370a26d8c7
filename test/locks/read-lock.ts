import { readFileSync } from 'node:fs'
import type { LockReading } from '../../src/locks/lock-format.ts'
import { readLock, versionRules } from '../../src/locks/read-dependencies.ts'
import { formatByName } from '../../src/locks/registry.ts'

const root = new URL('../../fixtures/locks/', import.meta.url)

/** Reads a text as the format that the name says. */
export async function readLockText(path: string, text: string): Promise<LockReading> {
  const format = formatByName(path)
  if (format === undefined) throw new TypeError(`${path} is of no known format`)
  return readLock(format, path, text, await versionRules())
}

/** Reads a file under `fixtures/locks/`. */
export function readLockFixture(path: string): Promise<LockReading> {
  return readLockText(path, readFileSync(new URL(path, root), 'utf8'))
}

/** `name line pinned code` of every entry. */
export function summary({ entries }: LockReading): readonly string[] {
  return entries.map(({ name, line, pinned, code }) => `${name} ${String(line)} ${pinned} ${code}`)
}

/** `line code` of every finding but notices. */
export function problems({ findings }: LockReading): readonly string[] {
  return findings
    .filter(({ severity }) => severity !== 'notice')
    .map(({ code, location, severity }) => `${String(location?.line ?? 0)} ${severity} ${code}`)
}
