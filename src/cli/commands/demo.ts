import type { Command } from 'commander'
import type { Result } from '../../core/result.ts'
import { findReportFormat } from '../../report/registry.ts'
import { addViewOptions, type ViewFlags } from '../options.ts'
import { print, viewOptions, withContext, type Session } from '../session.ts'

const EXAMPLES = `
Examples:
  mlcheck demo
  mlcheck demo flights      (keeps the example in ./flights)`

interface DemoFlags extends ViewFlags {
  readonly force?: boolean
}

export function addDemoCommand(program: Command, session: Session): void {
  const command = program
    .command('demo')
    .summary('see an audit and two comparisons on an example')
    .description(
      'Copies an example, audits its model, compares its data twice, and shows the reports.',
    )
    .argument('[folder]', 'where the example goes; default: a new temporary folder')
    .option('--force', 'write into a folder that is not empty')
  addViewOptions(command).addHelpText('after', EXAMPLES)
  command.action(async (directory: string | undefined, flags: DemoFlags) => {
    const options = viewOptions(session, flags)
    const exitCode = await withContext(session, flags, async (context, clear) => {
      const { runDemo } = await session.apps.demo()
      let printed: Promise<void> = Promise.resolve()
      const code = await runDemo(
        { force: flags.force ?? false, ...(directory === undefined ? {} : { directory }) },
        {
          ...context,
          print: (text: string) => {
            printed = printed.then(() => {
              clear()
              return print(session, text)
            })
            // Awaited at the end; an error that nobody has asked for yet would end the process.
            printed.catch(() => undefined)
          },
          render: async (result: Result) => {
            const report = await findReportFormat('text')?.load()
            return report?.(result, options) ?? ''
          },
        },
      )
      await printed
      return code
    })
    session.end(exitCode)
  })
}
