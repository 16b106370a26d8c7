import type { CommanderError } from 'commander'
import { UsageError } from '../core/errors.ts'

/** Ends of a command line that commander has already answered: help and the version. */
const ANSWERED: ReadonlySet<string> = new Set(['commander.helpDisplayed', 'commander.version'])

/** Whether commander printed what was asked for, so that there is no error. */
export function isAnswered({ code }: CommanderError): boolean {
  return ANSWERED.has(code)
}

/** Whether commander printed the help because no command was given: an error without a message. */
export function isWithoutCommand({ code }: CommanderError): boolean {
  return code === 'commander.help'
}

/**
 * What commander refuses, in the form of every other error: the message, and as the hint what was
 * probably meant and where the flags are listed.
 *
 * @param command the command of the line; `undefined` when it has none that exists.
 */
export function usageError({ message }: CommanderError, command: string | undefined): UsageError {
  const [first = '', suggestion = ''] = message
    .replace(/^error: (command-argument value )?/, '')
    .split('\n')
  const meant = suggestion.replace(/^\((.*)\)$/, '$1')
  const help =
    command === undefined
      ? 'Options follow the command, as in mlcheck audit --json. See mlcheck --help.'
      : `See mlcheck ${command} --help.`
  return new UsageError(first, { hint: meant === '' ? help : `${meant} ${help}` })
}
