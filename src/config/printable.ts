/** Control, direction and invisible characters, and halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** Text that cannot move the cursor, colour the terminal or reorder the line it stands in. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '\uFFFD')
}

const QUOTED_LIMIT = 60

/** A value from a file in quotes, cut when it is long, on one line. */
export function quoted(text: string): string {
  const oneLine = text.replaceAll('\n', '\\n').replaceAll('\t', '\\t')
  const points = Array.from(oneLine)
  const shown =
    points.length > QUOTED_LIMIT ? `${points.slice(0, QUOTED_LIMIT).join('')}…` : oneLine
  return `"${printable(shown)}"`
}
