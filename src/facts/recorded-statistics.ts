import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { InputError } from '../core/errors.ts'
import { parseBaseline, type Baseline } from '../drift/baseline.ts'
import type { Collector } from './context.ts'
import { absentBlock, projectPath } from './project-files.ts'

/** The distribution statistics that were recorded for the model. */
export type RecordedStatistics = Baseline

export const recordedStatistics: Collector<RecordedStatistics> = {
  title: 'The recorded distribution statistics',
  async collect(key, context) {
    const path = context.manifest.data?.statistics
    if (path === undefined) return absentBlock(key, context, 'data.statistics')
    const bytes = await readFile(projectPath(context, path)).catch(() => undefined)
    if (bytes === undefined) {
      return { key, state: 'absent', looked: [{ path }], block: 'data.statistics' }
    }
    return {
      key,
      state: 'present',
      value: parseBaseline(parseJson(bytes.toString('utf8'), path)),
      source: { path, sha256: createHash('sha256').update(bytes).digest('hex') },
    }
  },
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InputError(`${path} is not JSON`, {
      location: { path },
      hint: 'Record it again with `mlcheck profile`.',
      cause: error,
    })
  }
}
