import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Inspection, InspectionLimits } from '../artifact.ts'
import { inspected, malformed, record, type Found } from '../inspection.ts'
import { parseJson } from '../json/read-json.ts'
import { openH5, type H5File } from './h5-file.ts'
import { kerasModel } from './inspect-keras.ts'
import { legacyWeights } from './stored-weights.ts'

/** The library reads the file as a whole. */
const FILE_BYTES = 512 * 1024 * 1024

/**
 * What an HDF5 file says: of a Keras model its layers, of any other file the names at its root.
 *
 * @param path - absolute.
 * @returns unsafe when a Keras model holds Python code; inconclusive when it names classes that Keras
 *   does not have, for files of PyTables, which may hold pickles, and for what is not whole or has
 *   more than 512 MB.
 */
export function inspectHdf5(path: string, limits: InspectionLimits): Promise<Inspection> {
  return inspected('hdf5', async () => {
    const name = basename(path)
    const { size } = await stat(path)
    if (size > FILE_BYTES) {
      const args = { bytes: size, limit: FILE_BYTES }
      return { reasons: [{ code: 'ARTIFACT_TOO_LARGE', severity: 'inconclusive', args }] }
    }
    return readHdf5(openH5(await readFile(path), name), name, limits)
  })
}

function readHdf5(file: H5File, name: string, { listedElements }: InspectionLimits): Found {
  const config = file.attribute('', 'model_config')
  if (config === undefined && file.members('model_weights') !== undefined) {
    // Keras would find its configuration where the library that reads the file for us does not.
    return { reasons: [malformed(`${name} has weights of Keras and no model_config`)] }
  }
  if (config === undefined) {
    const object = record('hdf5', { members: file.members('') ?? [] })
    // PyTables stores what HDF5 has no type for as pickles, in attributes and in arrays.
    const hasPickles = file.attribute('', 'PYTABLES_FORMAT_VERSION') !== undefined
    return hasPickles
      ? { object, reasons: [{ code: 'HDF5_PYTABLES', severity: 'inconclusive', args: {} }] }
      : { object }
  }
  const value = parseJson(typeof config === 'string' ? config : '', `model_config of ${name}`)
  const version = file.attribute('', 'keras_version')
  return kerasModel(
    value,
    typeof version === 'string' ? version : undefined,
    legacyWeights(file, listedElements),
    [],
  )
}
