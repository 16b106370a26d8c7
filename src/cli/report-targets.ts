import path from 'node:path'
import { UsageError } from '../core/errors.ts'
import { findReportFormat, REPORT_FORMATS, type ReportFormat } from '../report/registry.ts'
import { placeOf, refuseOverwriting } from './place.ts'
import { unknownName } from './unknown-name.ts'

/** A report that was asked for; without a file it goes to standard output. */
export interface ReportTarget {
  readonly format: ReportFormat
  readonly file: string | undefined
}

/**
 * The reports of one run from `FORMAT[=PATH]` entries; `-` as a path is standard output.
 * The text report goes to standard output unless another one does.
 *
 * @param protectedFiles files that the run reads and must not overwrite.
 * @throws UsageError for an unknown format, two reports to one place, or a report over an input.
 */
export function reportTargets(
  entries: readonly string[],
  cwd: string,
  protectedFiles: readonly string[],
): readonly ReportTarget[] {
  const asked = entries.map((entry) => parseTarget(entry, cwd))
  const taken = new Map<string | undefined, string>()
  for (const { format, file } of asked) {
    const place = file === undefined ? undefined : placeOf(file, cwd)
    const other = taken.get(place)
    if (other !== undefined) {
      throw new UsageError(
        `two reports, ${other} and ${format.id}, would both go to ${file ?? 'standard output'}`,
        { hint: 'Give each report a path of its own: --report FORMAT=PATH' },
      )
    }
    taken.set(place, format.id)
  }
  for (const { format, file } of asked) {
    if (file !== undefined) refuseOverwriting(`the ${format.id} report`, file, protectedFiles, cwd)
  }
  const text = findReportFormat('text')
  return taken.has(undefined) || text === undefined
    ? asked
    : [{ format: text, file: undefined }, ...asked]
}

function parseTarget(entry: string, cwd: string): ReportTarget {
  const cut = entry.indexOf('=')
  const id = cut === -1 ? entry : entry.slice(0, cut)
  const file = cut === -1 ? undefined : entry.slice(cut + 1)
  const format = findReportFormat(id)
  if (format === undefined) {
    throw unknownName(
      'report format',
      id,
      REPORT_FORMATS.map((candidate) => candidate.id),
    )
  }
  if (file === '') {
    throw new UsageError(`--report ${entry} names no path`, {
      hint: `Leave out = for standard output, or give a path: --report ${id}=report.${format.extension}`,
    })
  }
  return { format, file: file === undefined || file === '-' ? undefined : path.resolve(cwd, file) }
}
