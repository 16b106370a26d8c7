/** Names and labels under which services count what went wrong. */
const ABOUT_ERRORS =
  /(?<![a-z])(errors?|errs?|fail\w*|reject\w*|refus\w*|invalid\w*|exceptions?|bad|fallbacks?)(?![a-z])|[="']4(\d\d|xx)\b/i

/**
 * `requestErrors` has the words of `request_errors`; a word within another, as in `transferred`, is none,
 * and neither is the bound of a bucket, `le="400"`.
 */
function isAboutErrors(name: string): boolean {
  const words = name.replaceAll(/\ble="[^"]*"/g, '').replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
  return ABOUT_ERRORS.test(words)
}

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
    .filter(([name, value]) => isAboutErrors(name) && value > (earlier.get(name) ?? 0))
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
