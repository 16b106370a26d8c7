import type { Inspection } from '../artifact.ts'
import { withFileWindow } from '../file-window.ts'
import { inspected, malformed, type Found } from '../inspection.ts'
import type { ObjectValue } from '../object-facts.ts'
import { member, parseJson, readJsonFile, textMember } from '../json/read-json.ts'

/**
 * What a CatBoost model says: of JSON the features, the objective and the version; of the binary
 * format that it is one, and whole.
 *
 * @param path - absolute.
 * @returns inconclusive for the binary format, whose features are not read, and for what is not whole.
 * Source: CatBoost 1.2, `catboost/libs/model/model_export/json_model_helpers.cpp`.
 */
export function inspectCatboost(path: string): Promise<Inspection> {
  return inspected('catboost', async () => {
    const size = await binarySize(path)
    if (size === undefined) return describe(await readJsonFile(path))
    const binary: Found['reasons'] = size.isWhole
      ? [{ code: 'CATBOOST_BINARY', severity: 'inconclusive', args: {} }]
      : [malformed('its length is not the one that it declares')]
    return { reasons: binary, producers: [{ library: 'catboost', version: null }] }
  })
}

/** The binary format is its mark, a length, and a buffer that may be followed by tables of categories. */
function binarySize(path: string): Promise<{ readonly isWhole: boolean } | undefined> {
  return withFileWindow(path, async (file) => {
    const head = Buffer.from(await file.read(0, Math.min(8, file.size)))
    if (head.toString('latin1', 0, 4) !== 'CBM1') return undefined
    return { isWhole: head.length === 8 && 8 + head.readUInt32LE(4) <= file.size }
  })
}

interface Feature {
  readonly name: string
  readonly index: number
  readonly isCategory: boolean
}

function describe(model: unknown): Found {
  const info = member(model, 'model_info')
  const features = ['float_features', 'categorical_features'].flatMap((kind) =>
    featuresOf(member(member(model, 'features_info'), kind), kind === 'categorical_features'),
  )
  const ordered = [...features].sort((a, b) => a.index - b.index)
  const isNamed = ordered.length > 0 && ordered.every(({ name }) => name !== '')
  const released = /CatBoost release (\d+(?:\.\d+)+)/
  const version = released.exec(textMember(info, 'catboost_version_info') ?? '')?.[1] ?? null
  const trees = member(model, 'oblivious_trees') ?? member(model, 'trees')
  return {
    reasons: Array.isArray(trees) ? [] : [malformed('it has no trees')],
    producers: [{ library: 'catboost', version }],
    object: {
      kind: 'object',
      class: 'catboost.CatBoost',
      fitted: true,
      // Features that no tree uses are left out by CatBoost, so this list may be shorter than a row.
      features: isNamed ? ordered.map(({ name }) => name) : null,
      featureCount: null,
      parameters: {
        objective: objectiveOf(info),
        trees: Array.isArray(trees) ? trees.length : null,
        categorical_features: ordered.filter((each) => each.isCategory).map(({ name }) => name),
        positions: ordered.map(({ index }) => index),
      },
      steps: [],
    },
  }
}

function featuresOf(list: unknown, isCategory: boolean): readonly Feature[] {
  if (!Array.isArray(list)) return []
  return list.map((each: unknown) => {
    const index = member(each, 'flat_feature_index')
    return {
      name: textMember(each, 'feature_id') ?? '',
      index: typeof index === 'number' ? index : Number.NaN,
      isCategory,
    }
  })
}

/** The parameters are an object in newer files and its text in older ones. */
function objectiveOf(info: unknown): ObjectValue {
  const stored = member(info, 'params')
  const parameters = typeof stored === 'string' ? parseJson(stored, 'params') : stored
  return textMember(member(parameters, 'loss_function'), 'type') ?? null
}
