import { join, posix } from 'node:path'
import { InputError } from '../core/errors.ts'
import type { ArtifactFiles } from './artifact-digest.ts'
import { readOnnx } from '../artifacts/onnx/onnx.ts'
import { countSafetensors } from '../artifacts/safetensors/safetensors.ts'

/** Weights in formats that tell their number only to the library that wrote them. */
const OTHER_WEIGHTS =
  /\.(bin|pt|pth|ckpt|h5|hdf5|keras|pb|tflite|pkl|pickle|joblib|skops|npy|npz|gguf|msgpack|cbm|ubj)$/i

/**
 * How many numbers the weights of an artefact hold, from the headers of its safetensors files or of its
 * one ONNX model. The same weights in two formats would count twice, so such a folder is not counted.
 *
 * @param folder - absolute; the paths of the artefact are from here.
 * @returns `undefined` when the format does not tell.
 * @throws InputError when a file of these formats is not whole, or the weights of an ONNX model are lost.
 */
export async function countParameters(
  folder: string,
  { paths, pointers }: ArtifactFiles,
): Promise<number | undefined> {
  if (pointers.length > 0) return undefined
  const counts: number[] = []
  const external = new Set<string>()
  for (const path of paths.filter((each) => each.endsWith('.onnx'))) {
    const { parameters, externalFiles } = await readOnnx(join(folder, path))
    counts.push(parameters)
    for (const name of externalFiles) external.add(posix.join(posix.dirname(path), name))
  }
  const lost = [...external].filter((path) => !paths.includes(path))
  if (lost.length > 0) throw new InputError(`the weights ${lost.join(', ')} are not there`)

  const shards = paths.filter((path) => path.endsWith('.safetensors'))
  let inShards = 0
  for (const path of shards) inShards += await countSafetensors(join(folder, path))
  if (shards.length > 0) counts.push(inShards)

  const hasOthers = paths.some((path) => OTHER_WEIGHTS.test(path) && !external.has(path))
  return counts.length === 1 && !hasOthers ? counts[0] : undefined
}
