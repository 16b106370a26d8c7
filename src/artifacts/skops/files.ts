import type { GradedFinding } from '../../core/finding.ts'
import { readNpy, type NpyLimits } from '../numpy/npy.ts'
import type { PyArray, PyNode } from '../pickle/node.ts'
import { Unreadable } from '../unreadable.ts'
import { openZipBytes, type ZipArchive } from '../zip/open-zip.ts'
import type { InspectionLimits } from '../artifact.ts'

/** A sparse matrix is an archive inside the archive; larger ones are not opened. */
const MATRIX_BYTES = 32 * 1024 * 1024

export interface SchemaFiles {
  readonly nodes: ReadonlyMap<string, PyNode>
  readonly problems: readonly GradedFinding[]
}

/**
 * Reads the arrays that a schema refers to. A file that cannot be read becomes a problem; bytes of other
 * kinds are left where they are.
 */
export async function readFiles(
  archive: ZipArchive,
  files: ReadonlySet<string>,
  limits: InspectionLimits,
): Promise<SchemaFiles> {
  const nodes = new Map<string, PyNode>()
  const problems: GradedFinding[] = []
  let keptBytes = limits.listedElements * 16
  for (const file of files) {
    try {
      const node = await readFileNode(archive, file, { keptBytes, pickleBytes: 0 }, limits)
      nodes.set(file, node)
      if (node.kind === 'array') keptBytes -= node.bytes?.length ?? 0
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      problems.push(error.finding)
    }
  }
  return { nodes, problems }
}

async function readFileNode(
  archive: ZipArchive,
  file: string,
  npyLimits: NpyLimits,
  limits: InspectionLimits,
): Promise<PyNode> {
  if (file.endsWith('.npz')) {
    const bytes = await archive.read(file, MATRIX_BYTES)
    return sparseMatrix(await openZipBytes(bytes, file, limits), npyLimits)
  }
  if (file.endsWith('.npy')) return plainArray(archive, file, npyLimits)
  if (archive.has(file)) return { kind: 'none' }
  throw new Unreadable('ZIP_ENTRY_MISSING', { name: file })
}

/** The matrix as an object with the parts that scipy stores as its attributes. */
async function sparseMatrix(archive: ZipArchive, limits: NpyLimits): Promise<PyNode> {
  try {
    const [problem] = archive.problems
    if (problem !== undefined) throw new Unreadable(problem.code, problem.args)
    const entries: (readonly [PyNode, PyNode])[] = []
    for (const { name } of archive.entries) {
      const key = name.replace(/\.npy$/, '')
      entries.push([{ kind: 'text', value: key }, await plainArray(archive, name, limits)])
    }
    return {
      kind: 'object',
      made: 'newobj',
      callable: { kind: 'global', module: 'scipy.sparse', name: 'spmatrix' },
      args: [],
      kwargs: undefined,
      state: { kind: 'dict', entries },
      items: [],
      entries: [],
    }
  } finally {
    archive.close()
  }
}

/** The loader refuses arrays of Python objects, which only a pickle could hold. */
async function plainArray(archive: ZipArchive, name: string, limits: NpyLimits): Promise<PyArray> {
  const content = await readNpy(archive.stream(name), name, limits)
  if (content.kind === 'plain') return content.array
  throw new Unreadable('NPY_UNREADABLE', { name, reason: 'it holds a pickle' })
}
