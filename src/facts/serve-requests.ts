import type { JsonValue } from '../core/evidence.ts'
import type { Manifest, ManifestServe } from '../config/manifest.ts'
import type { ProbeRequest } from '../runner/probe-plan.ts'
import type { JsonRow } from './json-rows.ts'

/** What a request to the service is meant to find out. */
export interface ServeCase {
  readonly name: string
  /**
   * `valid` must be answered with a prediction; `malformed` and `wrong-type` must be refused or answered
   * by a fallback; so must `missing-field` where its feature says so.
   */
  readonly kind: 'valid' | 'malformed' | 'wrong-type' | 'missing-field'
  readonly feature: string | null
  /** Whether a prediction would be against what the manifest declares. */
  readonly mustRefuse: boolean
  readonly request: ProbeRequest
}

const HUGE_BYTES = 32 * 1024 ** 2
const NESTING = 20_000

/** The requests, the valid ones first and last: a service that breaks on the way is seen at the end. */
export function serveCases(
  serve: ManifestServe,
  row: JsonRow,
  manifest: Manifest,
): readonly ServeCase[] {
  const path = serve.predict ?? '/predict'
  const post = (name: string, body: ProbeRequest['body']): ProbeRequest => {
    return { name, method: 'POST', path, contentType: 'application/json', body }
  }
  const withRow = (changed: JsonRow) => JSON.stringify(filledTemplate(serve.request, [changed]))
  const valid = (name: string): ServeCase => {
    return {
      name,
      kind: 'valid',
      feature: null,
      mustRefuse: false,
      request: post(name, withRow(row)),
    }
  }
  const malformed = (name: string, body: ProbeRequest['body']): ServeCase => {
    return { name, kind: 'malformed', feature: null, mustRefuse: true, request: post(name, body) }
  }
  const features = manifest.features ?? {}
  const types = Object.keys(row).flatMap((feature): ServeCase[] => {
    const type = features[feature]?.type
    if (type !== 'number' && type !== 'integer') return []
    const name = `wrong-type:${feature}`
    const request = post(name, withRow({ ...row, [feature]: 'not a number' }))
    return [{ name, kind: 'wrong-type', feature, mustRefuse: true, request }]
  })
  const gaps = Object.keys(row).map((feature): ServeCase => {
    const name = `missing-field:${feature}`
    const rest = Object.fromEntries(Object.entries(row).filter(([each]) => each !== feature))
    const mustRefuse = features[feature]?.missing === 'reject'
    return { name, kind: 'missing-field', feature, mustRefuse, request: post(name, withRow(rest)) }
  })
  return [
    valid('valid-first'),
    malformed('not-json', '{"instances": [{'),
    malformed('empty-body', ''),
    malformed('another-shape', '[1, 2, 3]'),
    malformed('deep-nesting', '['.repeat(NESTING)),
    malformed('huge-body', { repeat: 'x', times: HUGE_BYTES }),
    ...types,
    ...gaps,
    valid('valid-last'),
  ]
}

/** The body of a request: the declared template with the rows in the place of `"{rows}"`. */
function filledTemplate(template: JsonValue | undefined, rows: readonly JsonRow[]): JsonValue {
  if (template === undefined) return { instances: rows }
  if (template === '{rows}') return rows
  if (Array.isArray(template)) {
    return (template as readonly JsonValue[]).map((each) => filledTemplate(each, rows))
  }
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(
    Object.entries(template).map(([key, each]) => [key, filledTemplate(each, rows)]),
  )
}
