/** A span of time, both ends included, in milliseconds since 1970 UTC. */
export interface TimeWindow {
  readonly fromMs: number
  readonly toMs: number
}

const MOMENT =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|[+-]\d{2}:\d{2})$/i

/** A moment with its offset from UTC, in milliseconds since 1970; `undefined` for any other text. */
export function momentOf(text: string | undefined): number | undefined {
  const [, day, time = '', zone] = MOMENT.exec(text?.trim() ?? '') ?? []
  if (day === undefined || zone === undefined) return undefined
  const milliseconds = time.replace(/(\.\d{3})\d+$/, '$1')
  const moment = Date.parse(`${day}T${milliseconds}${zone.toUpperCase()}`)
  if (Number.isNaN(moment)) return undefined
  // 30 February would become the second of March.
  const midnight = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)
    ? undefined
    : moment
}

/** A moment as messages show it: `2026-11-20T10:00Z`. */
export function momentText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`
}
