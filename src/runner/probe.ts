import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InterruptedError } from '../core/errors.ts'
import type { CommandEnd } from './command.ts'
import { ownProgram } from './own-program.ts'
import type { ProbePlan, ProbeReport } from './probe-plan.ts'
import { removeFolder } from './remove-folder.ts'
import type { Runner } from './runner.ts'

export type ProbeResult =
  | { readonly kind: 'probed'; readonly report: ProbeReport }
  /** The probe itself did not come to its end. */
  | { readonly kind: 'broken'; readonly end: CommandEnd; readonly stderr: string }

/** What the probe takes beside waiting for answers. */
const OWN_TIME_MS = 15_000

/**
 * Starts a service inside of the runner's isolation, sends it the requests of the plan one after another
 * and ends it with its whole process group. Nothing but the loopback interface is used.
 *
 * @throws InterruptedError when the run was aborted from outside.
 */
export async function probeService(runner: Runner, plan: ProbePlan): Promise<ProbeResult> {
  const folder = await runner.temporaryFolder()
  const planPath = join(folder, 'plan.json')
  const reportPath = join(folder, 'report.json')
  await writeFile(planPath, JSON.stringify(plan))
  const requests = plan.requests.length + 2
  const run = await runner.run({
    line: [...ownProgram('loopback-probe'), planPath, reportPath],
    limits: { timeoutMs: plan.readyTimeoutMs + requests * plan.requestTimeoutMs + OWN_TIME_MS },
  })
  if (run.end.kind === 'aborted') throw new InterruptedError()
  const text = await readFile(reportPath, 'utf8').catch(() => undefined)
  await removeFolder(folder)
  const report = text === undefined ? undefined : whole(text)
  return report === undefined
    ? { kind: 'broken', end: run.end, stderr: run.stderr.text }
    : { kind: 'probed', report }
}

/** A probe that is ended while it writes leaves half a report. */
function whole(text: string): ProbeReport | undefined {
  try {
    return JSON.parse(text) as ProbeReport
  } catch {
    return undefined
  }
}
