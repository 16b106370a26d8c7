import type { Location } from '../core/evidence.ts'
import type { WrittenItem } from './checklist-schema.ts'
import { suggestion } from './describe-issue.ts'
import type { YamlPath } from './located.ts'
import { quoted } from './printable.ts'
import type { Problem } from './problems.ts'
import type { YamlFile } from './yaml-file.ts'

/** Where an item, or one of its keys, stands. */
interface Origin {
  readonly file: YamlFile
  readonly index: number
}

/** An item with the file that each of its keys came from. */
export interface MergedItem {
  readonly item: WrittenItem
  /** The last file that speaks of the item. */
  readonly origin: Origin
  /** By the key as written. */
  readonly keys: ReadonlyMap<string, Origin>
}

/** The items of one file, laid over those of the list it extends: overridden by id, new ones at the end. */
export function mergeItems(
  base: readonly MergedItem[],
  file: YamlFile,
  written: readonly WrittenItem[],
): { readonly items: readonly MergedItem[]; readonly problems: readonly Problem[] } {
  const items = new Map(base.map((merged) => [merged.item.id, merged]))
  const seen = new Map<string, number>()
  const problems: Problem[] = []
  for (const [index, item] of written.entries()) {
    const location = file.locate(['items', index, 'id'])
    const first = seen.get(item.id)
    if (first !== undefined) {
      const { line = 1 } = file.locate(['items', first, 'id'])
      const message = `the id ${quoted(item.id)} stands twice; first in line ${String(line)}`
      problems.push({ file, location, message })
      continue
    }
    seen.set(item.id, index)
    items.set(item.id, override(items.get(item.id), item, { file, index }))
  }
  return { items: [...items.values()], problems }
}

function override(base: MergedItem | undefined, item: WrittenItem, origin: Origin): MergedItem {
  const keys = new Map(base?.keys)
  for (const key of writtenKeys(origin)) keys.set(key, origin)
  // Parameters belong to a check: another check starts from its own defaults.
  const isSameCheck = item.check === undefined || item.check === base?.item.check
  const { with: inherited, ...rest } = base?.item ?? {}
  const params = { ...(isSameCheck ? inherited : {}), ...item.with }
  const merged = { ...rest, ...item, ...(Object.keys(params).length > 0 ? { with: params } : {}) }
  return { item: merged, origin, keys }
}

function writtenKeys({ file, index }: Origin): readonly string[] {
  const { items } = file.value as { readonly items: readonly object[] }
  return Object.keys(items[index] ?? {})
}

/** The place of one of an item's keys, in the file that gave it. */
export function locateInItem(merged: MergedItem, path: YamlPath): Location {
  const { file, full } = originOf(merged, path)
  return file.locate(full)
}

function originOf(
  { origin, keys }: MergedItem,
  path: YamlPath,
): { readonly file: YamlFile; readonly full: YamlPath } {
  const [key] = path
  const { file, index } = (key === undefined ? undefined : keys.get(String(key))) ?? origin
  return { file, full: ['items', index, ...path] }
}

/** A problem with the value at a path of an item, in the file that gave it. */
export function problemInItem(merged: MergedItem, path: YamlPath, message: string): Problem {
  const { file, full } = originOf(merged, path)
  return { file, location: file.locate(full), message: `${merged.item.id}: ${message}` }
}

/** As {@link problemInItem}, with the key itself instead of its value. */
export function keyProblemInItem(merged: MergedItem, path: YamlPath, message: string): Problem {
  const { file, full } = originOf(merged, path)
  return { file, location: file.locateKey(full), message: `${merged.item.id}: ${message}` }
}

/** What is said of an item that lacks keys: it is new and incomplete, or its id is misspelt. */
export function incompleteItem(
  merged: MergedItem,
  lacking: readonly string[],
  others: readonly string[],
): Problem {
  const keys = lacking.map((key) => `\`${key}\``).join(', ')
  const near = suggestion(merged.item.id, others)
  return problemInItem(merged, ['id'], `a new item needs ${keys}${near}`)
}
