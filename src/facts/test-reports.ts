import type { Source } from '../core/evidence.ts'
import type { PythonModule } from '../source/module.ts'
import type { CoveredFile, CoverageReport } from '../source/coverage.ts'
import type { JunitReport } from '../source/junit.ts'
import { readReportText } from './code-files.ts'
import type { Collector } from './context.ts'
import { absentBlock } from './project-files.ts'
import type { CodeRole, PythonSources } from './python-sources.ts'

/** Stored reports of test runs, held against the code as it is now. */
export interface TestReports {
  readonly junit: readonly StoredJunit[]
  readonly coverage: StoredCoverage | undefined
  /** `model.created` as an ISO day. */
  readonly modelCreated: string | undefined
}

export interface StoredJunit extends Source {
  /** Why it could not be read. */
  readonly problem: string | undefined
  readonly report: JunitReport | undefined
}

export interface StoredCoverage extends Source {
  readonly problem: string | undefined
  readonly format: CoverageReport['format'] | undefined
  /** The serving and preprocessing files of the manifest. */
  readonly files: readonly FileCoverage[]
}

export interface FileCoverage {
  readonly path: string
  readonly roles: readonly CodeRole[]
  readonly state:
    /** The report counts exactly the statements that the file has. */
    | 'same'
    /** A line of the report is no statement of the file, or the other way round. */
    | 'other'
    /** Its statements are not known: another language, or a file that does not parse. */
    | 'unknown'
    | 'not-reported'
  readonly executed: number
  readonly counted: number
}

export const testReports: Collector<TestReports> = {
  title: 'The stored reports of test runs',
  async collect(key, context, facts) {
    const named = context.manifest.testReports
    const junitPaths = named?.junit ?? []
    const [first = named?.coverage] = junitPaths
    if (first === undefined) return absentBlock(key, context, 'test_reports')
    const { readJunit } = await import('../source/junit.ts')
    const junit: StoredJunit[] = []
    for (const path of junitPaths) {
      const file = await readReportText(path, context)
      if ('problem' in file) {
        junit.push({ path, problem: file.problem, report: undefined })
        continue
      }
      const read = readJunit(file.text)
      const problem = 'problem' in read ? read.problem : undefined
      const report = 'report' in read ? read.report : undefined
      junit.push({ path, sha256: file.sha256, problem, report })
    }
    const sources = await facts.get('code.python-sources')
    const coverage =
      named?.coverage === undefined
        ? undefined
        : await storedCoverage(
            named.coverage,
            await readReportText(named.coverage, context),
            sources.state === 'present' ? sources.value : undefined,
          )
    return {
      key,
      state: 'present',
      value: { junit, coverage, modelCreated: context.manifest.model.created },
      source: { path: first },
    }
  },
}

type Text = Awaited<ReturnType<typeof readReportText>>

async function storedCoverage(
  path: string,
  file: Text,
  sources: PythonSources | undefined,
): Promise<StoredCoverage> {
  if ('problem' in file) {
    return { path, problem: file.problem, format: undefined, files: [] }
  }
  const { sha256 } = file
  const { readCoverage } = await import('../source/coverage.ts')
  const read = readCoverage(file.text)
  if ('problem' in read)
    return { path, sha256, problem: read.problem, format: undefined, files: [] }
  const { files, format } = read.report
  const own = (sources?.files ?? []).filter(
    ({ isListed, roles }) => isListed && roles.some((role) => role !== 'tests'),
  )
  const held = own.map((each): FileCoverage => {
    const { path: ownPath, roles, module } = each
    const named = files.filter((other) => isSamePath(other.path, ownPath))
    // A report names `app.py` in two folders alike; its lines tell which one is meant.
    const fitting = named.find((other) => module !== undefined && isOf(other, module))
    const reported = fitting ?? named[0]
    if (reported === undefined) {
      return { path: ownPath, roles, state: 'not-reported', executed: 0, counted: 0 }
    }
    const executed = reported.executed.length
    const counted = executed + reported.missed.length
    const state = module === undefined ? 'unknown' : fitting === undefined ? 'other' : 'same'
    return { path: ownPath, roles, state, executed, counted }
  })
  return { path, sha256, problem: undefined, format, files: held }
}

/** Reports name files from the folder where the tests ran, or absolutely. */
function isSamePath(reported: string, own: string): boolean {
  const plain = reported.replace(/^\.\//, '')
  return plain === own || plain.endsWith(`/${own}`) || own.endsWith(`/${plain}`)
}

/** Whether the lines that a report counts are the statements that the file has now. */
function isOf(
  { executed, missed, excluded }: CoveredFile,
  { lines }: Pick<PythonModule, 'lines'>,
): boolean {
  const starts = new Set(lines.starts)
  const reported = new Set([...executed, ...missed])
  if ([...reported].some((line) => !starts.has(line))) return false
  if (lines.hasExclusions && excluded.length === 0) return true
  const left = new Set(excluded)
  return lines.counted.every((line) => reported.has(line) || left.has(line))
}
