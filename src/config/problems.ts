import type { Location } from '../core/evidence.ts'
import { ConfigurationError, formatLocation } from '../core/errors.ts'
import type { YamlFile } from './yaml-file.ts'

const SHOWN = 20

/** One thing that is wrong with a file, and where. */
export interface Problem {
  readonly file: YamlFile
  readonly location: Location
  readonly message: string
}

/**
 * One error for all problems, in the order of their places. A single one stands for itself; of several,
 * the first twenty are listed with their places and the frame shows the first.
 */
export function problemsError(problems: readonly [Problem, ...Problem[]]): ConfigurationError {
  const sorted = [...problems].sort(byPlace)
  const first = sorted[0] ?? problems[0]
  const { location } = first
  const frame = first.file.frameAt(location)
  if (sorted.length === 1) return new ConfigurationError(first.message, { location, frame })
  const lines = sorted
    .slice(0, SHOWN)
    .map((problem) => `  ${formatLocation(problem.location)} ${problem.message}`)
  if (sorted.length > SHOWN) lines.push(`  and ${String(sorted.length - SHOWN)} more`)
  return new ConfigurationError(`${String(sorted.length)} problems\n${lines.join('\n')}`, {
    location,
    frame,
  })
}

/** @throws ConfigurationError when there is a problem */
export function throwProblems(problems: readonly Problem[]): void {
  const [first, ...rest] = problems
  if (first !== undefined) throw problemsError([first, ...rest])
}

function byPlace(a: Problem, b: Problem): number {
  if (a.location.path !== b.location.path) return a.location.path < b.location.path ? -1 : 1
  const byLine = (a.location.line ?? 0) - (b.location.line ?? 0)
  return byLine === 0 ? (a.location.column ?? 0) - (b.location.column ?? 0) : byLine
}
