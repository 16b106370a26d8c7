import { wrap } from './layout.ts'

/** What there is to know about one id of a registry. */
export interface ExplainRecord {
  readonly id: string
  readonly kind: 'check' | 'statistic' | 'finding' | 'rule' | 'exit code'
  readonly title: string
  readonly sections: readonly ExplainSection[]
}

export interface ExplainSection {
  readonly heading: string
  /** One entry is a paragraph, several are a list. */
  readonly text: readonly string[]
}

/** One record for a terminal, plain text. */
export function explainText({ id, kind, title, sections }: ExplainRecord, width: number): string {
  const lines = sections.flatMap(({ heading, text }) => [
    '',
    heading,
    ...text.flatMap((entry) => wrap(entry, width, text.length > 1 ? '  - ' : '  ')),
  ])
  return `${[...wrap(`${id} (${kind}): ${title}`, width), ...lines].join('\n')}\n`
}

/** Many records, a line each. */
export function explainList(records: readonly ExplainRecord[], width: number): string {
  const idWidth = Math.max(0, ...records.map(({ id }) => id.length))
  return records
    .map(({ id, title }) => `${wrap(title, width, `${id.padEnd(idWidth)}  `).join('\n')}\n`)
    .join('')
}

/** Records for a program: `{id, kind, title, sections: [{heading, text}]}`. */
export function explainJson(records: readonly ExplainRecord[]): string {
  return `${JSON.stringify(records, null, 2)}\n`
}
