import type { Snapshot } from '../table/types.ts'
import type { FactContext } from './context.ts'

export const DATA_ROLES = ['train', 'validation', 'test', 'reference'] as const
export type DataRole = (typeof DATA_ROLES)[number]

/** A table of the manifest's `data` block; one file may play several roles. */
export interface DataSnapshot {
  readonly roles: readonly DataRole[]
  /** As in the manifest. */
  readonly path: string
  readonly snapshot: Snapshot
}

/** Opens each table of the manifest's `data` block once, in the order of the roles. */
export async function openDataSnapshots(context: FactContext): Promise<readonly DataSnapshot[]> {
  const rolesByPath = new Map<string, DataRole[]>()
  for (const role of DATA_ROLES) {
    const path = context.manifest.data?.[role]
    if (path !== undefined) rolesByPath.set(path, [...(rolesByPath.get(path) ?? []), role])
  }
  const opened: DataSnapshot[] = []
  for (const [path, roles] of rolesByPath) {
    opened.push({ roles, path, snapshot: await context.openSnapshot(path) })
  }
  return opened
}
