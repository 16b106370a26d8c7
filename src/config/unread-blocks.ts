import type { JsonValue } from '../core/evidence.ts'

/**
 * Blocks of the manifest that no fact of this version reads. A line goes when the item that verifies
 * the block comes.
 */
const UNREAD: readonly (readonly string[])[] = [
  ['model', 'limits', 'max_age'],
  ['previous'],
  ['monitoring'],
  ['rollout'],
  ['rollback'],
  ['retraining'],
]

/**
 * What a manifest declares and nothing verifies yet, as dotted names.
 *
 * @param written the manifest as it was written, keys in snake_case.
 */
export function unreadBlocks(written: JsonValue): readonly string[] {
  return UNREAD.filter((keys) => isDeclared(written, keys)).map((keys) => keys.join('.'))
}

function isDeclared(value: JsonValue, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const child = (value as Readonly<Record<string, JsonValue>>)[key]
  return child !== undefined && isDeclared(child, rest)
}
