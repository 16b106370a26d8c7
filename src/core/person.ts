/**
 * Whether two names are of one person: by address where both have one, else by either part of
 * `Ana <ana@example.org>`.
 */
export function samePerson(first: string, second: string): boolean {
  const [left, right] = [namesOf(first), namesOf(second)]
  if (left.address !== undefined && right.address !== undefined) {
    return left.address === right.address
  }
  return left.all.some((name) => right.all.includes(name))
}

function namesOf(person: string): { readonly address?: string; readonly all: readonly string[] } {
  const whole = plain(person)
  const [, name = '', inBrackets] = /^([^<>]*)<([^<>]*)>$/.exec(whole) ?? []
  const address = inBrackets?.trim() ?? (/^\S+@\S+$/.test(whole) ? whole : undefined)
  const all = [whole, name.trim(), address ?? ''].filter((each) => each !== '')
  return address === undefined ? { all } : { address, all }
}

/** A name without what the eye does not see: case, forms of a letter, repeated blanks, invisible signs. */
function plain(person: string): string {
  return person
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

/** Whether anything that can be seen is written. */
export function hasName(person: string): boolean {
  return plain(person) !== ''
}
