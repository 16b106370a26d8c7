import type { InspectionResult } from '../../core/inspected-file.ts'
import { escapeInJson } from '../safe-text.ts'
import { inOrder } from '../ordered-json.ts'

/** The result of an inspection as JSON, with the fields that are documented and no others. */
export function inspectionJson({ schemaVersion, tool, command, files }: InspectionResult): string {
  const document = {
    schemaVersion,
    tool,
    command,
    files: files.map((file) => ({
      path: file.path,
      sha256: file.sha256,
      bytes: file.bytes,
      kind: file.kind,
      verdict: file.verdict,
      reasons: file.reasons.map(({ code, message }) => ({ code, message })),
      globals: file.globals,
      producer: file.producer,
      object: file.object,
      entries: file.entries,
    })),
  }
  return `${escapeInJson(JSON.stringify(inOrder(document, {}, 'inspection'), null, 2))}\n`
}
