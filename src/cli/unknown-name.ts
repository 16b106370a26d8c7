import { didYouMean } from '../config/did-you-mean.ts'
import { UsageError } from '../core/errors.ts'

const LISTED = 12

/**
 * The refusal of a misspelt name, with the name that was probably meant and those that exist.
 *
 * @param more where all names are listed, if they are too many to be said.
 */
export function unknownName(
  what: string,
  name: string,
  known: readonly string[],
  more = '',
): UsageError {
  const hint = [hintOfName(name, known), more].filter((part) => part !== '').join(' ')
  return new UsageError(`no ${what} "${name}"`, hint === '' ? {} : { hint })
}

/** What to say to someone who wrote `name`: the one that is near, and all if they are few. */
export function hintOfName(name: string, known: readonly string[]): string {
  const near = didYouMean(name, known)
  return [
    ...(near === undefined ? [] : [`Did you mean ${near}?`]),
    ...(known.length > LISTED ? [] : [`Choose from ${known.join(', ')}.`]),
  ].join(' ')
}
