import type { Reporter } from './reporter.ts'

/** A format of the report, loaded when it is asked for. */
export interface ReportFormat {
  readonly id: string
  readonly title: string
  readonly mediaType: string
  readonly extension: string
  readonly load: () => Promise<Reporter>
}

export const REPORT_FORMATS: readonly ReportFormat[] = [
  {
    id: 'text',
    title: 'for a terminal',
    mediaType: 'text/plain',
    extension: 'txt',
    load: async () => (await import('./reporters/text.ts')).textReport,
  },
  {
    id: 'json',
    title: 'the result itself, versioned; `mlcheck render` reads it back',
    mediaType: 'application/json',
    extension: 'json',
    load: async () => (await import('./reporters/json.ts')).jsonReport,
  },
  {
    id: 'markdown',
    title: 'for a step summary or a pull request',
    mediaType: 'text/markdown',
    extension: 'md',
    load: async () => (await import('./reporters/markdown.ts')).markdownReport,
  },
  {
    id: 'junit',
    title: 'test cases for a build server',
    mediaType: 'application/xml',
    extension: 'xml',
    load: async () => (await import('./reporters/junit.ts')).junitReport,
  },
]

/** The format with an id, or `undefined`. */
export function findReportFormat(id: string): ReportFormat | undefined {
  return REPORT_FORMATS.find((format) => format.id === id)
}
