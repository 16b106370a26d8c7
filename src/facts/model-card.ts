import { readFile } from 'node:fs/promises'
import { parseYaml } from '../config/yaml-file.ts'
import { InputError } from '../core/errors.ts'
import { list, property, type StatedMetric } from './claims/stated-metric.ts'

const FRONT_MATTER = /^---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(\r?\n|$)/s

/**
 * The metrics that the YAML head of a Markdown model card states under
 * `model-index[].results[].metrics[]`, whatever stands as their value.
 *
 * @param path - absolute.
 * @param shownAs - how messages name it.
 * @throws InputError or ConfigurationError when the card is not there or its head is no YAML.
 * Source: https://huggingface.co/docs/hub/model-cards, "Evaluation Results".
 */
export async function readModelCard(
  path: string,
  shownAs: string,
): Promise<readonly StatedMetric[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new InputError(`the model card ${shownAs} cannot be read`, {
      location: { path: shownAs },
      hint: 'Correct reports.model_card.',
      cause,
    })
  })
  const head = FRONT_MATTER.exec(text.replace(/^\uFEFF/, ''))?.[1]
  if (head === undefined) return []
  // The empty line stands for the opening dashes, so that lines are those of the card.
  const { value, locate } = await parseYaml(`\n${head}\n`, shownAs)
  const found: StatedMetric[] = []
  for (const [m, model] of list(value, 'model-index').entries()) {
    for (const [r, result] of list(model, 'results').entries()) {
      const split = property(property(result, 'dataset'), 'split')
      for (const [k, metric] of list(result, 'metrics').entries()) {
        const name = property(metric, 'type')
        const stated = property(metric, 'value')
        if (typeof name !== 'string') continue
        found.push({
          name,
          split: typeof split === 'string' ? split : undefined,
          value: asWritten(stated),
          source: locate(['model-index', m, 'results', r, 'metrics', k]),
        })
      }
    }
  }
  return found
}

function asWritten(value: unknown): number | string {
  if (typeof value === 'number' || typeof value === 'string') return value
  return JSON.stringify(value ?? null)
}
