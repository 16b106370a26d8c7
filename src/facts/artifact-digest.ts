import { createHash } from 'node:crypto'
import { createReadStream, type Stats } from 'node:fs'
import { readFile, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { InputError } from '../core/errors.ts'
import { readOnnx } from '../artifacts/onnx/onnx.ts'
import {
  pointerKind,
  POINTER_BYTES,
  type PointerKind,
} from '../artifacts/pointers/pointer-files.ts'

/** Larger pieces than the default of streams: a model is read in few steps. */
const PIECE_BYTES = 512 * 1024

/** What is on disk at a path, without understanding its format. */
export interface ArtifactFiles {
  readonly kind: 'file' | 'directory'
  readonly bytes: number
  /** Of the file; of the sorted list of digests and paths for a directory or a set of shards. */
  readonly sha256: string
  readonly files: number
  /** The files, sorted, from the artefact's folder. */
  readonly paths: readonly string[]
  readonly pointers: readonly { readonly path: string; readonly kind: PointerKind }[]
}

/**
 * Measures and digests a model artefact: a file, a directory with everything below it, the index of a
 * sharded model with the shards it names, or an ONNX model with the files that hold its weights.
 *
 * @param path - absolute.
 * @returns `undefined` when nothing is there.
 * @throws InputError when something in it cannot be read, such as a shard that the index names.
 */
export async function digestArtifact(path: string): Promise<ArtifactFiles | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return undefined
  if (found.isDirectory()) {
    return combine('directory', path, await listFiles(path, ''))
  }
  if (!found.isFile()) throw new InputError(`${basename(path)} is neither a file nor a directory`)
  const file = await digestFile(dirname(path), basename(path))
  const others = file.pointer === undefined ? await filesBeside(path) : []
  if (others.length > 0) return combine('file', dirname(path), [basename(path), ...others].sort())
  return {
    kind: 'file',
    bytes: file.bytes,
    sha256: file.sha256,
    files: 1,
    paths: [file.path],
    pointers: pointersOf([file]),
  }
}

/**
 * The size and digest of whatever is at a path, a model that is not whole included: of that the file
 * alone is digested, without the files that it names and that are not there.
 *
 * @param path - absolute.
 * @returns no digest for a link to nothing.
 * @throws InputError when it cannot be read.
 */
export async function digestWhole(
  path: string,
): Promise<{ readonly sha256: string | null; readonly bytes: number }> {
  try {
    return (await digestArtifact(path)) ?? { sha256: null, bytes: 0 }
  } catch (error) {
    if (!(error instanceof InputError) || (await statOf(path))?.isFile() !== true) throw error
    return digestFile(dirname(path), basename(path))
  }
}

interface FileDigest {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  readonly pointer: PointerKind | undefined
}

async function combine(
  kind: ArtifactFiles['kind'],
  folder: string,
  paths: readonly string[],
): Promise<ArtifactFiles> {
  const files: FileDigest[] = []
  for (const path of paths) files.push(await digestFile(folder, path))
  const list = files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('')
  return {
    kind,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    sha256: createHash('sha256').update(list).digest('hex'),
    files: files.length,
    paths,
    pointers: pointersOf(files),
  }
}

function pointersOf(files: readonly FileDigest[]): ArtifactFiles['pointers'] {
  return files.flatMap(({ path, pointer }) =>
    pointer === undefined ? [] : [{ path, kind: pointer }],
  )
}

async function listFiles(root: string, below: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, below), { withFileTypes: true })
  const paths: string[] = []
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) paths.push(...(await listFiles(root, path)))
    // Model caches link their files; a linked folder could lead in a circle and is refused.
    else if (entry.isSymbolicLink() && (await statOf(join(root, path)))?.isDirectory() === true) {
      throw new InputError(`${path} is a link to a folder, which is not followed`)
    } else paths.push(path)
  }
  return paths.sort()
}

function statOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined)
}

async function digestFile(folder: string, path: string): Promise<FileDigest> {
  const hash = createHash('sha256')
  const head: Buffer[] = []
  let bytes = 0
  // Opening a pipe would wait for somebody to write to it.
  const found = await statOf(join(folder, path))
  if (found?.isFile() === false) throw new InputError(`${path} is not a regular file`)
  const pieces = createReadStream(join(folder, path), { highWaterMark: PIECE_BYTES })
  try {
    for await (const chunk of pieces as AsyncIterable<Buffer>) {
      if (bytes < POINTER_BYTES) head.push(chunk)
      hash.update(chunk)
      bytes += chunk.length
    }
  } catch (error) {
    throw new InputError(`${path} cannot be read`, { cause: error })
  }
  const pointer =
    bytes < POINTER_BYTES ? pointerKind(Buffer.concat(head).toString('latin1')) : undefined
  return { path, bytes, sha256: hash.digest('hex'), pointer }
}

/** What else belongs to a model of one file, from its folder. */
function filesBeside(path: string): Promise<readonly string[]> {
  if (path.endsWith('.index.json')) return shardsOf(path)
  return path.endsWith('.onnx')
    ? readOnnx(path).then(({ externalFiles }) => externalFiles)
    : Promise.resolve([])
}

/** The files that the index of a sharded model names, as in `model.safetensors.index.json`. */
async function shardsOf(path: string): Promise<readonly string[]> {
  const index: unknown = await readFile(path, 'utf8')
    .then(JSON.parse)
    .catch(() => undefined)
  if (typeof index !== 'object' || index === null || !('weight_map' in index)) return []
  const map: unknown = index.weight_map
  if (typeof map !== 'object' || map === null) return []
  const names: readonly unknown[] = Object.values(map)
  const shards = [...new Set(names)]
  if (
    !shards.every((name) => typeof name === 'string' && !/(^|[\\/])\.\.([\\/]|$)|^\//.test(name))
  ) {
    throw new InputError(`${basename(path)} names shards outside of its folder`)
  }
  return shards as readonly string[]
}
