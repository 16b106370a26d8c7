import { copyFile, mkdir, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/** A single thing that goes wrong with a file of a project; paths are relative to the project. */
export type Edit =
  /** `find` must occur exactly once, so that an edit cannot miss without being noticed. */
  | { readonly op: 'replace'; readonly file: string; readonly find: string; readonly by: string }
  | { readonly op: 'write'; readonly file: string; readonly text: string }
  | { readonly op: 'append'; readonly file: string; readonly text: string }
  | { readonly op: 'delete'; readonly file: string }
  /** `from` is relative to the repository. */
  | { readonly op: 'copy'; readonly file: string; readonly from: string }
  /** Keeps the first `share` of the bytes. */
  | { readonly op: 'truncate'; readonly file: string; readonly share: number }
  /** Keeps the first `lines` lines. */
  | { readonly op: 'head'; readonly file: string; readonly lines: number }
  /** Removes the lines that contain `text` after the line that starts with `from`, until one does not. */
  | {
      readonly op: 'drop-lines'
      readonly file: string
      readonly from: string
      readonly text: string
    }
  | {
      readonly op: 'column'
      readonly file: string
      readonly column: string
      readonly change: ColumnChange
    }

/** What happens to a column of a CSV file without quotes; empty cells stay empty. */
export type ColumnChange =
  | { readonly kind: 'multiply'; readonly by: number }
  | { readonly kind: 'fill'; readonly value: string }
  | { readonly kind: 'append'; readonly text: string }
  | { readonly kind: 'rename'; readonly to: string }
  | { readonly kind: 'drop' }
  /** One cell; data rows count from 1. */
  | { readonly kind: 'set'; readonly row: number; readonly value: string }
  /** Every `every`-th row. */
  | { readonly kind: 'set-some'; readonly every: number; readonly value: string }

/**
 * Applies edits to a project in order.
 *
 * @throws Error when an edit finds nothing to change: a corruption that corrupts nothing proves nothing.
 */
export async function corrupt(project: string, edits: readonly Edit[]): Promise<void> {
  for (const edit of edits) await applyEdit(path.join(project, edit.file), edit)
}

async function applyEdit(file: string, edit: Edit): Promise<void> {
  switch (edit.op) {
    case 'write':
      await mkdir(path.dirname(file), { recursive: true })
      return writeFile(file, edit.text)
    case 'append':
      return appendExisting(file, edit.text)
    case 'delete':
      return rm(file)
    case 'copy':
      return copyFile(path.join(root, edit.from), file)
    case 'truncate':
      return truncate(file, Math.floor((await stat(file)).size * edit.share))
    case 'replace':
      return rewrite(file, (text) => replaceOnce(text, edit.find, edit.by))
    case 'head':
      return rewrite(file, (text) => `${text.split('\n').slice(0, edit.lines).join('\n')}\n`)
    case 'drop-lines':
      return rewrite(file, (text) => dropLines(text, edit.from, edit.text))
    case 'column':
      return rewrite(file, (text) => changeColumn(text, edit.column, edit.change))
  }
}

async function appendExisting(file: string, text: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.write(text, (await handle.stat()).size)
  } finally {
    await handle.close()
  }
}

async function rewrite(file: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(file, 'utf8')
  const after = change(before)
  if (after === before) throw new Error(`the edit changes nothing in ${file}`)
  await writeFile(file, after)
}

function replaceOnce(text: string, find: string, by: string): string {
  const parts = text.split(find)
  if (parts.length !== 2) throw new Error(`"${find}" occurs ${String(parts.length - 1)} times`)
  return parts.join(by)
}

function dropLines(text: string, from: string, contained: string): string {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => line.startsWith(from))
  if (start === -1) throw new Error(`no line starts with "${from}"`)
  const rest = lines.slice(start + 1)
  const kept = rest.findIndex((line) => !line.includes(contained))
  // The line before a removed continuation must not continue any more.
  const head = (lines[start] ?? '').replace(/ \\$/, '')
  return [...lines.slice(0, start), head, ...rest.slice(kept)].join('\n')
}

function changeColumn(text: string, column: string, change: ColumnChange): string {
  const [header = [], ...rows] = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','))
  const at = header.indexOf(column)
  if (at === -1) throw new Error(`no column "${column}"`)
  const changed =
    change.kind === 'drop'
      ? [header, ...rows].map((row) => row.toSpliced(at, 1))
      : change.kind === 'rename'
        ? [header.with(at, change.to), ...rows]
        : [header, ...rows.map((row, i) => row.with(at, changeCell(row[at] ?? '', i + 1, change)))]
  return `${changed.map((row) => row.join(',')).join('\n')}\n`
}

type CellChange = Exclude<ColumnChange, { readonly kind: 'drop' | 'rename' }>

function changeCell(cell: string, row: number, change: CellChange): string {
  switch (change.kind) {
    case 'fill':
      return change.value
    case 'set':
      return row === change.row ? change.value : cell
    case 'set-some':
      return row % change.every === 0 ? change.value : cell
    case 'append':
      return cell === '' ? '' : cell + change.text
    case 'multiply':
      return cell === '' ? '' : String(Number(cell) * change.by)
  }
}
