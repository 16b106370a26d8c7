import type { Evidence } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import { reaches } from '../core/threshold.ts'
import type { StoredCoverage } from '../facts/test-reports.ts'

export interface CoverageView {
  readonly findings: readonly GradedFinding[]
  readonly evidence: readonly Evidence[]
}

/**
 * What a coverage report says of the serving and preprocessing files, once its lines are the statements
 * that they have now. A report of another state of the code counts for nothing.
 */
export function coverageView(coverage: StoredCoverage | undefined, minimum: number): CoverageView {
  if (coverage === undefined) {
    return {
      findings: [{ severity: 'notice', code: 'COVERAGE_NOT_REPORTED', args: {} }],
      evidence: [],
    }
  }
  const { path, problem, files } = coverage
  const location = { path }
  if (problem !== undefined) {
    const args = { path, problem }
    return {
      findings: [{ severity: 'inconclusive', code: 'COVERAGE_UNREADABLE', args, location }],
      evidence: [],
    }
  }
  const inState = (...states: readonly string[]) =>
    files.filter(({ state }) => states.includes(state))
  const names = (list: typeof files) => list.map((file) => file.path)
  const findings: GradedFinding[] = []
  const other = inState('other')
  if (other.length > 0) {
    const args = { path, files: names(other) }
    findings.push({ severity: 'warn', code: 'COVERAGE_OF_OTHER_CODE', args, location })
  }
  const lacking = inState('not-reported')
  if (lacking.length > 0) {
    const args = { path, files: names(lacking) }
    findings.push({ severity: 'warn', code: 'COVERAGE_LACKS_FILES', args, location })
  }
  const held = inState('same', 'unknown')
  const executed = held.reduce((sum, file) => sum + file.executed, 0)
  const counted = held.reduce((sum, file) => sum + file.counted, 0)
  if (counted === 0) return { findings, evidence: [] }
  const share = executed / counted
  if (!reaches(share, minimum)) {
    const args = { path, share, minimum, executed, counted }
    findings.push({ severity: 'fail', code: 'COVERAGE_TOO_LOW', args, location })
  }
  const isBound = held.every(({ state }) => state === 'same')
  const evidence: Evidence = {
    level: isBound ? 'consistent' : 'documented',
    claim: 'The tests run the statements of the serving and preprocessing code.',
    observed: { executed, counted, share, files: names(held), linesAreThoseOfTheCode: isBound },
    expected: { minimum },
    source: { path, ...(coverage.sha256 === undefined ? {} : { sha256: coverage.sha256 }) },
  }
  return { findings, evidence: [evidence] }
}
