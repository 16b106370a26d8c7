/** What a project adds to the lists of Python globals; `module.name` each, in full. */
export interface GlobalPolicy {
  readonly allow: readonly string[]
  readonly deny: readonly string[]
}

export const NO_ADDITIONS: GlobalPolicy = { allow: [], deny: [] }
