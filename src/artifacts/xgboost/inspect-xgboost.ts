import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { InputError } from '../../core/errors.ts'
import type { Inspection, InspectionLimits } from '../artifact.ts'
import { inspected, malformed, type Found } from '../inspection.ts'
import { jsonValue } from '../json/object-value.ts'
import { member, readJsonFile, textList, textMember } from '../json/read-json.ts'
import { parseUbjson } from './ubjson.ts'

/** The model is read as a whole. */
const MODEL_BYTES = 256 * 1024 * 1024

/**
 * What an XGBoost model in JSON or UBJSON says: features with their types, objective, version.
 *
 * @param path - absolute.
 * @returns inconclusive when it is not whole or names fewer features than it has.
 * Source: XGBoost 3.2, `doc/model.schema`.
 */
export function inspectXgboost(path: string, limits: InspectionLimits): Promise<Inspection> {
  return inspected('xgboost', async () => describe(await readModel(path, limits)))
}

async function readModel(path: string, { nodes }: InspectionLimits): Promise<unknown> {
  const name = basename(path)
  if ((await stat(path)).size > MODEL_BYTES) throw new InputError(`${name} is larger than 256 MB`)
  const bytes = await readFile(path)
  // Of JSON a quote or a space follows the brace, of UBJSON the type of a length.
  const isBinary = 'iUIlL'.includes(String.fromCharCode(bytes[1] ?? 0))
  return isBinary ? parseUbjson(bytes, name, nodes) : readJsonFile(path)
}

function describe(model: unknown): Found {
  const learner = member(model, 'learner')
  const names = textList(member(learner, 'feature_names')) ?? []
  const types = textList(member(learner, 'feature_types')) ?? []
  const settings = member(learner, 'learner_model_param')
  const count = Number(textMember(settings, 'num_feature') ?? Number.NaN)
  const isCounted = Number.isSafeInteger(count)
  const agrees = [names, types].every(({ length }) => length === 0 || length === count)
  const isWhole = isCounted && agrees && textMember(member(learner, 'objective'), 'name')
  const booster = member(learner, 'gradient_booster')
  const version = member(model, 'version')
  const parts = Array.isArray(version) ? version.map(String) : []
  return {
    reasons: isWhole ? [] : [malformed('it does not name as many features as it has')],
    producers: [{ library: 'xgboost', version: parts.length === 3 ? parts.join('.') : null }],
    object: {
      kind: 'object',
      class: 'xgboost.Booster',
      fitted: true,
      features: names.length === 0 ? null : names,
      featureCount: isCounted ? count : null,
      parameters: {
        feature_types: types,
        objective: textMember(member(learner, 'objective'), 'name') ?? null,
        booster: textMember(booster, 'name') ?? null,
        trees: treesOf(booster),
        learner_model_param: jsonValue(settings ?? null),
        attributes: jsonValue(member(learner, 'attributes') ?? null),
      },
      steps: [],
    },
  }
}

/** A booster of DART keeps its trees one level deeper. */
function treesOf(booster: unknown): number | null {
  const inner = member(booster, 'gbtree') ?? booster
  const settings = member(member(inner, 'model'), 'gbtree_model_param')
  const trees = Number(textMember(settings, 'num_trees') ?? Number.NaN)
  return Number.isSafeInteger(trees) ? trees : null
}
