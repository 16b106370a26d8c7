import { resolve } from 'node:path'
import type { Fact } from '../core/fact.ts'
import type { FactContext } from './context.ts'

type Project = Pick<FactContext, 'manifest'>

/** The absolute path of a path that stands in the manifest; that it stays inside was checked on loading. */
export function projectPath({ manifest }: Project, path: string): string {
  return resolve(manifest.folder, path)
}

/** The fact that the manifest lacks the block that would say where to look. */
export function absentBlock(
  key: string,
  { manifest }: Project,
  block: string,
): Extract<Fact<never>, { readonly state: 'absent' }> {
  return { key, state: 'absent', looked: [manifest.locate(block.split('.'))], block }
}
