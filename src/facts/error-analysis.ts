import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { decodeUtf8 } from '../config/utf8.ts'
import { InputError } from '../core/errors.ts'
import type { Collector } from './context.ts'
import { passagesOf } from './document-passages.ts'
import { absentBlock, projectPath } from './project-files.ts'

/** What a person wrote about what the model gets wrong. */
export interface ErrorAnalysis {
  readonly path: string
  /** Paragraphs, list entries and rows of tables, each with the headings above it. */
  readonly passages: readonly string[]
  /** The day that the document gives, as `YYYY-MM-DD`. */
  readonly date: string | undefined
  readonly model: { readonly name: string; readonly version?: string; readonly created?: string }
}

const MAX_BYTES = 50 * 1024 * 1024

export const errorAnalysis: Collector<ErrorAnalysis> = {
  title: 'The document on what the model gets wrong',
  async collect(key, context) {
    const { reports, model } = context.manifest
    const path = reports?.errorAnalysis
    if (path === undefined) return absentBlock(key, context, 'reports.error_analysis')
    const bytes = await readFile(projectPath(context, path)).catch((error: unknown) => {
      if (isMissing(error)) return undefined
      throw refusal(path, 'cannot be read', error)
    })
    if (bytes === undefined) {
      return { key, state: 'absent', looked: [{ path }], block: 'reports.error_analysis' }
    }
    if (bytes.length > MAX_BYTES) throw refusal(path, 'is larger than the 50 MB that are read')
    const { text, invalidAt } = decodeUtf8(bytes)
    if (invalidAt !== undefined) throw refusal(path, 'is not UTF-8')
    const markdown = /\.ipynb$/i.test(path) ? notebookText(text, path) : text
    const { name, version, created } = model
    return {
      key,
      state: 'present',
      value: {
        path,
        passages: passagesOf(markdown),
        date: dateOf(markdown),
        model: {
          name,
          ...(version === undefined ? {} : { version }),
          ...(created === undefined ? {} : { created }),
        },
      },
      source: { path, sha256: createHash('sha256').update(bytes).digest('hex') },
    }
  },
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function refusal(path: string, problem: string, cause?: unknown): InputError {
  return new InputError(`the error analysis ${path} ${problem}`, {
    location: { path },
    hint: 'Correct reports.error_analysis, or write the document as Markdown.',
    ...(cause === undefined ? {} : { cause }),
  })
}

const DATE = /^[\s*_>-]*date[\s*_]*:[\s*_"']*(\d{4}-\d{2}-\d{2})\b/im

/** A line `Date: 2026-11-02`, in the head of the document or in its text; emphasis does not matter. */
function dateOf(markdown: string): string | undefined {
  return DATE.exec(markdown)?.[1]
}

/** What people wrote in a notebook: its Markdown cells. What its code printed nobody has looked at for sure. */
function notebookText(text: string, path: string): string {
  const parsed = parseJson(text, path)
  const cells = property(parsed, 'cells')
  if (!Array.isArray(cells)) throw refusal(path, 'has no cells of a notebook')
  return cells
    .filter((cell) => property(cell, 'cell_type') === 'markdown')
    .map((cell): string => {
      const source = property(cell, 'source')
      if (Array.isArray(source)) return source.map(String).join('')
      return typeof source === 'string' ? source : ''
    })
    .join('\n\n')
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw refusal(path, 'is no notebook: it is not JSON', error)
  }
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return (value as Readonly<Record<string, unknown>>)[name]
}
