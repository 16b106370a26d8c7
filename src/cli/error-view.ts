import { formatLocation, MlcheckError } from '../core/errors.ts'
import type { ExitCode } from '../core/result.ts'
import { exitCodeOfError } from '../policy/exit-code.ts'
import { safeText } from '../report/safe-text.ts'

/** How an error looks to the person who runs the command, and how the command ends. */
export interface ErrorView {
  readonly text: string
  readonly exitCode: ExitCode
}

/**
 * An error that a person can act on is told with its place and what to do; any other is a defect
 * of ours, told as such.
 *
 * @param isVerbose whether the stack of a defect is shown.
 */
export function viewError(error: unknown, isVerbose: boolean): ErrorView {
  if (error instanceof MlcheckError) {
    return { text: knownError(error), exitCode: exitCodeOfError(error.kind) }
  }
  return { text: defect(error, isVerbose), exitCode: 70 }
}

function knownError({ kind, message, location, frame, hint }: MlcheckError): string {
  if (kind === 'interrupted') return 'mlcheck: interrupted\n'
  const place = location === undefined ? '' : `${formatLocation(location)}: `
  // A loader may have put the place into its message already.
  const isPlaced = place !== '' && message.startsWith(formatLocation(location ?? { path: '' }))
  return [
    `mlcheck: ${linesOf(isPlaced ? message : `${place}${message}`)}`,
    ...(frame === undefined ? [] : frame.replace(/\n$/, '').split('\n').map(safeText)),
    ...(hint === undefined ? [] : [`hint: ${safeText(hint)}`]),
    '',
  ].join('\n')
}

/**
 * A message may list several problems, one a line. Its further lines are indented, so that a line
 * break in the name of a file cannot pass for a line of ours.
 */
function linesOf(message: string): string {
  return message
    .split('\n')
    .map((line, row) => (row === 0 || line.startsWith('  ') ? line : `  ${line}`))
    .map(safeText)
    .join('\n')
}

function defect(error: unknown, isVerbose: boolean): string {
  const isError = error instanceof Error
  const message = isError ? `${error.name}: ${error.message}` : String(error)
  // The stack begins with the message, which may have lines of its own.
  const stack =
    isError && isVerbose
      ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
      : []
  return [
    `mlcheck: internal error: ${safeText(message)}`,
    ...stack.map(safeText),
    'This is a defect of mlcheck, not of your files; nothing was decided.',
    isVerbose
      ? 'Please report it with the lines above, the command and the output of mlcheck --version.'
      : 'Run the command again with -v and report what it prints, with the output of mlcheck --version.',
    '',
  ].join('\n')
}
