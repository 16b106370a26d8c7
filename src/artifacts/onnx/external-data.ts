import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { GradedFinding } from '../../core/finding.ts'
import type { FileWindow } from '../file-window.ts'
import { leavesFolder, missingFile, outsideFile } from '../neighbour-files.ts'
import type { OnnxGraph } from './graph.ts'
import { readTensor } from './onnx.ts'

/** The weights of a graph: how many, and what is wrong with the files that hold them. */
export interface Weights {
  readonly parameters: number
  readonly externalFiles: readonly string[]
  readonly reasons: readonly GradedFinding[]
}

/**
 * Counts the weights of a graph and checks the files beside the model that hold them.
 *
 * @param path - absolute, of the model.
 * @returns unsafe for a file outside of the model's folder, inconclusive for one that is not there or
 *   ends too early.
 */
export async function readWeights(
  path: string,
  file: FileWindow,
  { initializers }: OnnxGraph,
): Promise<Weights> {
  let parameters = 0
  const ends = new Map<string, number>()
  for (const { start, end } of initializers.values()) {
    const { elements, location, lastByte } = await readTensor(file, start, end)
    parameters += elements
    if (location !== undefined) ends.set(location, Math.max(ends.get(location) ?? 0, lastByte))
  }
  const externalFiles = [...ends.keys()].sort()
  const reasons: GradedFinding[] = []
  for (const name of externalFiles) {
    const found = leavesFolder(name)
      ? outsideFile(name)
      : await problemOf(join(dirname(path), name), name, ends.get(name) ?? 0)
    if (found !== undefined) reasons.push(found)
  }
  return { parameters, externalFiles, reasons }
}

async function problemOf(
  path: string,
  name: string,
  end: number,
): Promise<GradedFinding | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true) return missingFile(name)
  if (found.size >= end) return undefined
  return { code: 'ARTIFACT_FILE_SHORT', severity: 'inconclusive', args: { file: name } }
}
