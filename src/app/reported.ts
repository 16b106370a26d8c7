import type { Location } from '../core/evidence.ts'
import type { Finding, Severity } from '../core/finding.ts'
import type { ReportedFinding } from '../core/result.ts'
import { renderMessage } from '../report/messages.ts'

/** A finding as it stands in a result: with its sentence. */
export function reported({
  location,
  ...finding
}: Finding & { readonly severity?: Severity }): ReportedFinding {
  const message = renderMessage(finding)
  return location === undefined
    ? { ...finding, message }
    : { ...finding, message, location: placeOf(location) }
}

/** A place without the digest that the source of a fact has besides. */
function placeOf({ path, line, column }: Location): Location {
  return {
    path,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  }
}
