import type { GradedFinding } from '../../core/finding.ts'
import type { Inspection, InspectionLimits, Producer } from '../artifact.ts'
import { inspected, type Found } from '../inspection.ts'
import { parseJson, textMember } from '../json/read-json.ts'
import { openZip, type ZipArchive } from '../zip/open-zip.ts'
import { configObjects } from './config-objects.ts'
import { openH5 } from './h5-file.ts'
import { modelObject, type LayerWeights } from './layers.ts'
import { archiveWeights } from './stored-weights.ts'

const CONFIG_BYTES = 64 * 1024 * 1024
/** The weights are read as a whole; of a larger file the layers alone are known. */
const WEIGHTS_BYTES = 256 * 1024 * 1024
const WEIGHTS = 'model.weights.h5'

/**
 * What a `.keras` file says: its layers, and the weights of those that normalise.
 *
 * @param path - absolute.
 * @returns unsafe when it holds Python code (Lambda layers); inconclusive when it names classes that
 *   Keras does not have, or is not whole.
 */
export function inspectKeras(path: string, limits: InspectionLimits): Promise<Inspection> {
  return inspected('keras', async () => {
    const archive = await openZip(path, limits)
    try {
      return await readArchive(archive, limits)
    } finally {
      archive.close()
    }
  })
}

async function readArchive(archive: ZipArchive, limits: InspectionLimits): Promise<Found> {
  const config = await readJson(archive, 'config.json')
  const metadata = await readJson(archive, 'metadata.json')
  const reasons: GradedFinding[] = [...archive.problems]
  const weights = await readWeights(archive, limits, reasons)
  const version = textMember(metadata, 'keras_version')
  return kerasModel(config, version, weights, reasons)
}

async function readJson(archive: ZipArchive, name: string): Promise<unknown> {
  return parseJson(new TextDecoder().decode(await archive.read(name, CONFIG_BYTES)), name)
}

async function readWeights(
  archive: ZipArchive,
  { listedElements }: InspectionLimits,
  reasons: GradedFinding[],
): Promise<LayerWeights> {
  const entry = archive.entries.find(({ name }) => name === WEIGHTS)
  if (entry === undefined || entry.size > WEIGHTS_BYTES) {
    reasons.push(weightsUnread(WEIGHTS))
    return () => undefined
  }
  const file = openH5(await archive.read(WEIGHTS, WEIGHTS_BYTES), WEIGHTS)
  return archiveWeights(file, listedElements)
}

function weightsUnread(file: string): GradedFinding {
  return { code: 'KERAS_WEIGHTS_UNREAD', severity: 'inconclusive', args: { file } }
}

/** The findings and the object of a model, from its configuration. */
export function kerasModel(
  config: unknown,
  version: string | undefined,
  weights: LayerWeights,
  reasons: readonly GradedFinding[],
): Found {
  const { globals, code, custom } = configObjects(config)
  const found: GradedFinding[] = [...reasons]
  if (code.size > 0) {
    const layers = [...code].sort()
    found.push({ code: 'KERAS_CODE', severity: 'fail', args: { layers } })
  }
  if (custom.size > 0) {
    const classes = [...custom].sort()
    found.push({ code: 'KERAS_CUSTOM_OBJECTS', severity: 'inconclusive', args: { classes } })
  }
  const producers: readonly Producer[] = [{ library: 'keras', version: version ?? null }]
  return { reasons: found, globals, producers, object: modelObject(config, weights) }
}
