/**
 * Characters that can hide, reorder or forge text in a terminal, a log or a browser: control
 * characters (C0, DEL, C1 and so every ANSI sequence), bidirectional controls, invisible
 * characters, line and paragraph separators, tag characters and lone surrogates.
 */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
}

/**
 * Text from the input (names of columns, labels, paths) as one harmless line: every unsafe
 * character becomes a visible escape such as `\n` or `\u{202e}`.
 */
export function safeText(text: string): string {
  return text.replace(
    UNSAFE,
    (character) => SHORT_ESCAPES[character] ?? `\\u{${codePoint(character).toString(16)}}`,
  )
}

/** The same characters as JSON escapes, so that a parser gets the original text back. */
export function escapeInJson(json: string): string {
  return json.replace(UNSAFE, (character) => {
    // Line breaks between values are the layout of the document; inside strings they are escaped.
    if (character === '\n') return character
    let escaped = ''
    for (let unit = 0; unit < character.length; unit += 1) {
      escaped += `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`
    }
    return escaped
  })
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0
}
