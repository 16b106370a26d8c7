import type { ExitCode, Result, Summary, Verdict } from '../core/result.ts'
import { summarize } from './summary.ts'

/** The code of a run that ended with a verdict; errors end without a result. */
const CODES: Readonly<Record<Verdict['outcome'], ExitCode>> = {
  pass: 0,
  fail: 1,
  inconclusive: 3,
  'nothing-checked': 4,
}

/**
 * What in a stored result contradicts itself: a verdict that its items and columns do not give, an exit
 * code of another verdict, counts that are not theirs. A pipeline trusts the code of a rendered result.
 *
 * @returns `undefined` when nothing does.
 */
export function contradiction({
  items,
  columns,
  summary,
  verdict,
  parameters,
}: Result): string | undefined {
  const { outcome, exitCode } = verdict
  const isReportedOnly = parameters['reportOnly'] === true && exitCode === 0
  if (exitCode !== CODES[outcome] && !isReportedOnly) {
    return `the verdict is ${outcome}, which does not end with ${String(exitCode)}`
  }
  const counted = summarize([...items, ...columns].map((each) => each.outcome))
  const differing = (Object.keys(counted) as (keyof Summary)[]).find(
    (name) => counted[name] !== summary[name],
  )
  if (differing !== undefined) {
    const [stated, actual] = [summary[differing], counted[differing]].map(String)
    return `the summary says ${String(stated)} for ${differing}, the outcomes are ${String(actual)}`
  }
  const counting = items.filter(({ required, known }) => required && known === undefined)
  const failed = [...counting, ...columns].some((each) => each.outcome === 'fail')
  if (failed && outcome !== 'fail')
    return `something required failed, and the verdict is ${outcome}`
  return undefined
}
