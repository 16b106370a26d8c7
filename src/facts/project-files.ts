import { resolve } from 'node:path'
import type { Source } from '../core/evidence.ts'
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

/** The fact that nothing of the project may be run, with how to allow it. */
export function notAllowed(
  key: string,
  source: Source,
): Extract<Fact<never>, { readonly state: 'unreadable' }> {
  return {
    key,
    state: 'unreadable',
    reason: 'commands of the manifest were not allowed to run',
    source,
    remedy: 'Pass --allow-run, or set `run: {allow: true}` in the mlcheck.yaml of the repository.',
  }
}
