import type { Command } from 'commander'
import { InputError } from '../../core/errors.ts'
import { contradiction } from '../../policy/consistency.ts'
import {
  addReportOptions,
  addViewOptions,
  groupOption,
  reportEntries,
  type ReportFlags,
  type ViewFlags,
} from '../options.ts'
import { reportTargets } from '../report-targets.ts'
import { deliver, viewOptions, type Session } from '../session.ts'

interface RenderFlags extends ViewFlags, ReportFlags {}

const EXAMPLES = `
Examples:
  mlcheck render drift.json
  mlcheck render drift.json --report markdown=summary.md --report junit=drift.xml

Nothing is computed again; the exit code is that of the stored verdict.`

export function addRenderCommand(program: Command, session: Session): void {
  const command = program
    .command('render')
    .summary('show a stored result in other formats')
    .description('Shows a stored result as text or in another format.')
    .argument('<result>', 'a file that --report json=PATH has written')
  command.addOption(groupOption())
  addViewOptions(addReportOptions(command))
    .addHelpText('after', EXAMPLES)
    .action(async (stored: string, flags: RenderFlags) => {
      viewOptions(session, flags)
      const targets = reportTargets(reportEntries(flags) ?? [], session.world.cwd, [stored])
      const { loadResult } = await import('../../config/stored-result.ts')
      const result = await loadResult(stored, session.world.cwd)
      const problem = contradiction(result)
      if (problem !== undefined) {
        throw new InputError(`the result contradicts itself: ${problem}`, {
          location: { path: stored },
          hint: 'It was changed after it was written; run the command again.',
        })
      }
      await deliver(session, result, targets, flags)
    })
}
