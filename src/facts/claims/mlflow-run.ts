import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { isInside } from '../../config/repository.ts'
import { namedMetric } from './metric-names.ts'
import { numberOf, type StatedMetric } from './stated-metric.ts'

/** How far above the model the folder `artifacts` of its run may lie. */
const LEVELS = 4
/** A metric has a line for every step of training; the last ones are at the end. */
const MAX_BYTES = 16 * 1024 * 1024

/**
 * The metrics of the MLflow run that logged a model: where the model folder lies below `artifacts` of a
 * run or of a logged model, beside which a folder `metrics` has one file for each, a line `time value step`
 * for every step. The last step counts.
 *
 * @param modelPath - absolute; a folder with `MLmodel`.
 * @param folder - absolute; what shown paths are relative to.
 * @param root - the repository, which is not left.
 * @returns empty for any other model. Source: the file store of MLflow 2 and 3.
 */
export async function metricsOfRun(
  modelPath: string,
  folder: string,
  root: string,
  splits: readonly string[],
): Promise<readonly StatedMetric[]> {
  if (!(await isFile(join(modelPath, 'MLmodel')))) return []
  const metrics = metricsFolder(modelPath)
  if (metrics === undefined || !isInside(root, metrics)) return []
  const entries = await readdir(metrics, { recursive: true, withFileTypes: true }).catch(() => [])
  const found: StatedMetric[] = []
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    if (!isInside(root, await realpath(path))) continue
    const value = await lastValue(path)
    if (value === undefined) continue
    const keys = relative(metrics, path).split(/[\\/]/)
    const source = { path: relative(folder, path).replaceAll('\\', '/') }
    found.push({ ...namedMetric(keys, splits), value, source })
  }
  return found.sort((a, b) => (a.source.path < b.source.path ? -1 : 1))
}

function metricsFolder(modelPath: string): string | undefined {
  let at = modelPath
  for (let level = 0; level < LEVELS; level++) {
    if (basename(at) === 'artifacts') return join(dirname(at), 'metrics')
    at = dirname(at)
  }
  return undefined
}

async function lastValue(path: string): Promise<number | undefined> {
  const { size } = await stat(path)
  if (size > MAX_BYTES) return undefined
  const lines = (await readFile(path, 'utf8')).split('\n')
  const steps = lines.flatMap((line) => {
    const [time, value, step] = line.trim().split(/\s+/).map(numberOf)
    return value === undefined ? [] : [{ value, step: step ?? 0, time: time ?? 0 }]
  })
  return steps.toSorted((a, b) => a.step - b.step || a.time - b.time).at(-1)?.value
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}
