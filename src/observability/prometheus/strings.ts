const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
}
const ESCAPE =
  /\\(?:([abfnrtv\\'"])|x([\dA-Fa-f]{2})|([0-7]{3})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|([^]?))/g

/**
 * The value of a PromQL text in double, single or back quotes; `undefined` when it is not closed,
 * goes over a line in plain quotes, or has an escape that the language does not know.
 */
export function unquote(written: string): string | undefined {
  const quote = written[0] ?? ''
  if (!/^["'`]/.test(written) || written.length < 2 || !written.endsWith(quote)) return undefined
  const inner = written.slice(1, -1)
  if (quote === '`') return inner.includes('`') ? undefined : inner
  if (inner.includes('\n')) return undefined
  const unknown: string[] = []
  const value = inner.replace(
    ESCAPE,
    (
      whole: string,
      simple?: string,
      hex?: string,
      octal?: string,
      short?: string,
      long?: string,
    ) => {
      if (simple !== undefined) {
        if ((simple === '"' || simple === "'") && simple !== quote) unknown.push(simple)
        return SIMPLE[simple] ?? ''
      }
      const code = Number.parseInt(
        hex ?? octal ?? short ?? long ?? '',
        octal === undefined ? 16 : 8,
      )
      const isPoint = code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)
      if (!isPoint || (octal !== undefined && code > 0xff)) {
        unknown.push(whole)
        return ''
      }
      return String.fromCodePoint(code)
    },
  )
  return unknown.length === 0 ? value : undefined
}
