/** A value of a lock file with the line it begins at, whatever syntax it was written in. */
export type Located =
  | {
      readonly kind: 'table'
      readonly line: number
      readonly entries: ReadonlyMap<string, Located>
    }
  | { readonly kind: 'list'; readonly line: number; readonly items: readonly Located[] }
  | {
      readonly kind: 'scalar'
      readonly line: number
      readonly value: string | number | boolean | null
    }

/** Why a text is not what its name says, with the line where that shows. */
export class LockSyntaxError extends Error {
  override readonly name = 'LockSyntaxError'
  readonly line: number
  constructor(line: number, reason: string) {
    super(reason)
    this.line = line
  }
}

/** What stands under a path of keys; `undefined` when a step is not there or leads into no table. */
export function at(node: Located | undefined, ...keys: readonly string[]): Located | undefined {
  let found = node
  for (const key of keys) found = found?.kind === 'table' ? found.entries.get(key) : undefined
  return found
}

/** The items of a list under a path of keys; none when there is no list. */
export function listAt(node: Located | undefined, ...keys: readonly string[]): readonly Located[] {
  const found = at(node, ...keys)
  return found?.kind === 'list' ? found.items : []
}

/** The keys and values of a table under a path of keys; none when there is no table. */
export function entriesAt(
  node: Located | undefined,
  ...keys: readonly string[]
): readonly (readonly [string, Located])[] {
  const found = at(node, ...keys)
  return found?.kind === 'table' ? [...found.entries] : []
}

/** A text under a path of keys; `undefined` for any other kind of value. */
export function textAt(node: Located | undefined, ...keys: readonly string[]): string | undefined {
  const found = at(node, ...keys)
  return found?.kind === 'scalar' && typeof found.value === 'string' ? found.value : undefined
}

/** The texts of a list under a path of keys, other items left out. */
export function textsAt(node: Located | undefined, ...keys: readonly string[]): readonly string[] {
  return listAt(node, ...keys).flatMap((item) => textAt(item) ?? [])
}
