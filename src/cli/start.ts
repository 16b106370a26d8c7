import type { InstalledPackage } from '../app/package.ts'
import type { ExitCode } from '../core/result.ts'
import { exitCodeOfError } from '../policy/exit-code.ts'
import { APPS } from './apps.ts'
import { viewError } from './error-view.ts'
import { interruption } from './interrupt.ts'
import { run } from './run.ts'

/**
 * Runs a command line of this process.
 *
 * An error that nobody caught is a defect, whatever the run itself says: node would end with 1, which
 * means that the gate is closed.
 */
export async function start(
  args: readonly string[],
  { root, version }: InstalledPackage,
): Promise<ExitCode> {
  const signal = interruption(process)
  // Waiting for input that never comes must end too.
  signal.addEventListener('abort', () => process.stdin.destroy())
  const uncaught: unknown[] = []
  process.on('uncaughtException', (error) => {
    uncaught.push(error)
    process.stderr.write(viewError(error, args.includes('-v') || args.includes('--verbose')).text)
  })
  const exitCode = await run(
    args,
    {
      // Node opens it when it is first looked at, which most commands never do.
      get stdin() {
        return process.stdin
      },
      stdout: process.stdout,
      stderr: process.stderr,
      env: process.env,
      platform: process.platform,
      cwd: process.cwd(),
      packageRoot: root,
      version,
      signal,
      now: () => new Date(),
      every: (milliseconds, tick) => {
        const timer = setInterval(tick, milliseconds).unref()
        return () => {
          clearInterval(timer)
        }
      },
    },
    APPS,
  )
  return uncaught.length > 0 ? exitCodeOfError('defect') : exitCode
}
