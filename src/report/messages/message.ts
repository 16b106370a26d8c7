/** The words of one finding code. */
export interface Message {
  /** One sentence; `{arg}` and `{arg:format}` stand for arguments of the finding. */
  readonly text: string
  /** One sentence: what the reader can do. May have placeholders too. */
  readonly remedy: string
  /** Background for `mlcheck explain CODE`. */
  readonly explain?: string
}

/** The messages of one theme by finding code. */
export type Messages = Readonly<Record<string, Message>>
