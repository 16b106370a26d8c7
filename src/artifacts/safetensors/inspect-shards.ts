import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { InputError } from '../../core/errors.ts'
import type { GradedFinding } from '../../core/finding.ts'
import type { Inspection } from '../artifact.ts'
import { inspected, malformed, type Found } from '../inspection.ts'
import { member, readJsonFile } from '../json/read-json.ts'
import { leavesFolder, missingFile, outsideFile } from '../neighbour-files.ts'
import { tensorObject } from './inspect-safetensors.ts'
import { readSafetensors, type SafeTensor } from './safetensors.ts'

/** The largest models have hundreds. */
const MOST_SHARDS = 10_000

/**
 * A model in shards, from its index: every shard that the index names is read, and holds the tensors
 * that the index says and no others.
 *
 * @param path - absolute, of the `*.index.json`.
 * @returns unsafe for an index that leads out of its folder; inconclusive where a shard is missing, is
 *   not whole, or disagrees with the index, and for more shards than a model has.
 */
export function inspectShards(path: string): Promise<Inspection> {
  return inspected('safetensors', async () => {
    const map = member(await readJsonFile(path), 'weight_map')
    const entries = Object.entries((map ?? {}) as Readonly<Record<string, unknown>>)
    const shards = new Map<string, Set<string>>()
    for (const [tensor, shard] of entries) {
      if (typeof shard !== 'string') return { reasons: [malformed(`${tensor} names no shard`)] }
      const tensors = shards.get(shard)
      if (tensors === undefined) shards.set(shard, new Set([tensor]))
      else tensors.add(tensor)
    }
    if (shards.size > MOST_SHARDS)
      return { reasons: [malformed('the index names too many shards')] }
    if (shards.size === 0) return { reasons: [malformed('the index names no shard')] }
    return readShards(dirname(path), shards)
  })
}

async function readShards(
  folder: string,
  shards: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Found> {
  const reasons: GradedFinding[] = []
  const tensors: SafeTensor[] = []
  for (const [shard, names] of [...shards].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (leavesFolder(shard)) {
      reasons.push(outsideFile(shard))
      continue
    }
    const path = join(folder, shard)
    if ((await stat(path).catch(() => undefined))?.isFile() !== true) {
      reasons.push(missingFile(shard))
      continue
    }
    const found = await readSafetensors(path).catch((error: unknown) => {
      if (error instanceof InputError) return error
      throw error
    })
    if (found instanceof InputError) {
      reasons.push(malformed(found.message))
      continue
    }
    for (const tensor of found.tensors) tensors.push(tensor)
    const held = new Set(found.tensors.map(({ name }) => name))
    const lost = [...names].filter((name) => !held.has(name))
    const extra = [...held].filter((name) => !names.has(name))
    const wrong = [...lost, ...extra].sort()
    if (wrong.length > 0) {
      reasons.push({
        code: 'SAFETENSORS_INDEX_DIFFERS',
        severity: 'inconclusive',
        args: { shard, tensors: wrong },
      })
    }
  }
  return { reasons, object: tensorObject({ tensors, metadata: {} }) }
}
