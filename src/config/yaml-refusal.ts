/** YAML that is broken, or well-formed and not accepted; `offset` is a place in the text. */
export class YamlRefusal extends Error {
  readonly offset: number
  readonly hint: string | undefined

  constructor(offset: number, message: string, hint?: string) {
    super(message)
    this.offset = offset
    this.hint = hint
  }
}
