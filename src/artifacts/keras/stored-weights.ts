import type { ArrayFacts } from '../object-facts.ts'
import type { H5File } from './h5-file.ts'
import type { LayerWeights } from './layers.ts'

/**
 * The weights in the `model.weights.h5` of a `.keras` file. Groups are named after the class of a
 * layer, and hold its name as an attribute.
 *
 * Source: Keras 3.15, `keras/src/saving/saving_lib.py`.
 */
export function archiveWeights(file: H5File, limit: number): LayerWeights {
  const places = new Map<string, string>()
  collect(file, '', places, 0)
  return (layer, names) => {
    const place = places.get(layer)
    return place === undefined
      ? undefined
      : named(names, (_, index) => file.array(`${place}/vars/${String(index)}`, limit))
  }
}

/** Models in models deeper than this are not looked for. */
const DEPTH = 12

function collect(file: H5File, group: string, places: Map<string, string>, depth: number): void {
  if (depth > DEPTH) return
  for (const member of file.members(group) ?? []) {
    const path = `${group}/${member}`
    if (member !== 'vars') {
      collect(file, path, places, depth + 1)
      continue
    }
    const name = file.attribute(path, 'name')
    if (typeof name === 'string' && !places.has(name)) places.set(name, group)
  }
}

/** The weights in a `.h5` file: `model_weights/<layer>/<name of the weight>`. */
export function legacyWeights(file: H5File, limit: number): LayerWeights {
  return (layer, names) => {
    const stored = file.attribute(`model_weights/${layer}`, 'weight_names')
    const paths = Array.isArray(stored) ? stored.map(String) : []
    return named(names, (name) => {
      const path = paths.find((each) => each.replace(/:\d+$/, '').split('/').at(-1) === name)
      return path === undefined ? undefined : file.array(`model_weights/${layer}/${path}`, limit)
    })
  }
}

/** All or nothing: a layer without one of its weights has not learnt. */
function named(
  names: readonly string[],
  read: (name: string, index: number) => ArrayFacts | undefined,
): Readonly<Record<string, ArrayFacts>> | undefined {
  const arrays: [string, ArrayFacts][] = []
  for (const [index, name] of names.entries()) {
    const array = read(name, index)
    if (array === undefined) return undefined
    arrays.push([name, array])
  }
  return Object.fromEntries(arrays)
}
