import { posix } from 'node:path'
import type { GradedFinding } from '../core/finding.ts'

/**
 * Whether a file that a model names lies outside the folder of the model. A link inside the folder is
 * followed: caches of models are made of links, and whoever unpacked the folder made it.
 *
 * @param name - as the model says it.
 */
export function leavesFolder(name: string): boolean {
  const path = posix.normalize(name)
  return path.startsWith('/') || path.split('/').includes('..') || /^[a-z]:|[\\\0]/i.test(path)
}

/** The reason of a model that names a file outside its folder: whoever loads it reads that file. */
export function outsideFile(file: string): GradedFinding {
  return { code: 'ARTIFACT_LEAVES_FOLDER', severity: 'fail', args: { file } }
}

/** The reason of a model that is not complete without a file that is not there. */
export function missingFile(file: string): GradedFinding {
  return { code: 'ARTIFACT_FILE_MISSING', severity: 'inconclusive', args: { file } }
}
