/** Names and labels under which services count what went wrong. */
const ABOUT_ERRORS = /err|fail|reject|refus|invalid|exception|bad|fallback|[="']4(\d\d|xx)\b/i

/**
 * The samples about errors that grew between two scrapes, as they are written, sorted.
 *
 * A sample that is new counts from zero. What is no number is left out: it cannot have grown.
 *
 * Source: Prometheus text format 0.0.4 (and OpenMetrics 1.0, whose samples are written alike).
 */
export function movedErrorCounters(before: string, after: string): readonly string[] {
  const earlier = samplesOf(before)
  return [...samplesOf(after)]
    .filter(([name, value]) => ABOUT_ERRORS.test(name) && value > (earlier.get(name) ?? 0))
    .map(([name]) => name)
    .sort()
}

/** The last sample of each series by its name with labels; `_created` holds times, not counts. */
function samplesOf(text: string): ReadonlyMap<string, number> {
  const samples = new Map<string, number>()
  for (const line of text.split('\n')) {
    const match = /^([a-zA-Z_:][\w:]*(?:\{.*\})?)\s+(\S+)/.exec(line)
    const [, name = '', written = ''] = match ?? []
    const value = Number(written)
    if (name === '' || /^\w+_created\b/.test(name) || !Number.isFinite(value)) continue
    samples.set(name, value)
  }
  return samples
}
