import type { Source } from '../core/evidence.ts'
import type { FindingArgs, FindingCode, GradedFinding, Severity } from '../core/finding.ts'
import type { ErrorAnalysis } from '../facts/error-analysis.ts'

/** Whether the document has content, is about this model, and is not older than it. */
export function documentFindings(
  { passages, date, model, path }: ErrorAnalysis,
  location: Source,
): readonly GradedFinding[] {
  const at = (severity: Severity, code: FindingCode, args: FindingArgs = {}): GradedFinding => ({
    severity,
    code,
    args: { path, ...args },
    location,
  })
  if (passages.length === 0) return [at('fail', 'ERROR_ANALYSIS_EMPTY')]
  const text = passages.join('\n')
  const names = [model.name, ...(model.version === undefined ? [] : [model.version])]
  const unnamed = names.filter((name) => !mentions(text, name))
  return [
    ...(unnamed.length === 0 ? [] : [at('warn', 'ERROR_ANALYSIS_OTHER_MODEL', { names: unnamed })]),
    ...dateFindings(date, model.created, at),
  ]
}

function mentions(text: string, name: string): boolean {
  const plain = (value: string) => value.toLowerCase().replaceAll(/[\s_-]+/g, ' ')
  const sought = plain(name).replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  // 1.2 is not named by 11.2 or 1.2.3.
  return new RegExp(String.raw`(?<![\p{L}\p{N}.])${sought}(?![\p{L}\p{N}]|\.\d)`, 'u').test(
    plain(text),
  )
}

function dateFindings(
  date: string | undefined,
  created: string | undefined,
  at: (severity: Severity, code: FindingCode, args?: FindingArgs) => GradedFinding,
): readonly GradedFinding[] {
  if (date === undefined) return [at('warn', 'ERROR_ANALYSIS_UNDATED')]
  if (created === undefined) return [at('warn', 'ERROR_ANALYSIS_DATE_UNCHECKED', { date })]
  // ISO days compare as text.
  return date < created ? [at('warn', 'ERROR_ANALYSIS_OLD', { date, created })] : []
}
