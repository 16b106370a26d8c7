import { basename, resolve } from 'node:path'
import type { Fact } from '../core/fact.ts'
import { manifestPaths } from '../config/load-manifest.ts'
import { expandLocation } from '../readers/locations.ts'
import { digestArtifact } from './artifact-digest.ts'
import type { Collector, FactContext } from './context.ts'

/** The digest of everything that the audit reads, by path; what is not there or unreadable says so. */
export type InputDigests = ReadonlyMap<string, string>

/** What people vouch for and accept; read beside the manifest. */
const RECORDS = ['.mlcheck/attestations.yaml', '.mlcheck/waivers.yaml']

/**
 * The files that the manifest names, with the manifest, the files of the predict command, what the
 * requirement files include, and the records of people.
 */
export const inputDigests: Collector<InputDigests> = {
  title: 'The digests of the files that the audit reads',
  async collect(key, context, facts) {
    const { manifest } = context
    const requirements = await facts.get('dependencies.requirements')
    const included =
      requirements.state === 'present' ? requirements.value.files.map(({ path }) => path) : []
    const paths = new Set([
      basename(manifest.file),
      ...(await manifestPaths(manifest.written)),
      ...(manifest.commands?.predict?.run ?? []),
      ...(manifest.commands?.worker?.run ?? []),
      ...(manifest.commands?.train?.run ?? []),
      ...included,
      ...RECORDS,
    ])
    const value = await digestAll(paths, context)
    return { key, state: 'present', value, source: { path: manifest.file } }
  },
}

/** The paths whose content is no longer what it was, sorted. */
export async function changedInputs(
  before: Fact<InputDigests>,
  context: FactContext,
): Promise<readonly string[]> {
  if (before.state !== 'present') throw new TypeError('the digests of the inputs are always there')
  const after = await digestAll(before.value.keys(), context)
  return [...after]
    .flatMap(([path, digest]) => (digest === before.value.get(path) ? [] : [path]))
    .sort()
}

async function digestAll(
  paths: Iterable<string>,
  { manifest }: FactContext,
): Promise<InputDigests> {
  const digests = new Map<string, string>()
  for (const path of paths) {
    digests.set(path, await digestOf(path, manifest.folder).catch(() => 'unreadable'))
  }
  return digests
}

async function digestOf(path: string, folder: string): Promise<string> {
  const found = await digestArtifact(resolve(folder, path))
  if (found !== undefined) return found.sha256
  if (!/[*?{]/.test(path)) return 'missing'
  const digests: string[] = []
  for (const { file, shown } of expandLocation(path, folder)) {
    digests.push(`${(await digestArtifact(file))?.sha256 ?? 'missing'} ${shown}`)
  }
  return digests.join('\n')
}
