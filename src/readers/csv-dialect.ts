import { InputError } from '../core/errors.ts'
import type { CellRules } from '../table/text-column.ts'
import type { CellSyntax } from './csv-rows.ts'

/** How a CSV file is written; what is not set has the usual value. */
export interface CsvDialect {
  readonly delimiter?: string
  readonly quote?: string
  readonly decimal?: '.' | ','
  /** Texts that stand for a missing value. */
  readonly missing?: readonly string[]
  readonly header?: boolean
  /** Whether `""` is missing like an empty cell; otherwise it is a text without characters. */
  readonly quotedEmptyIsMissing?: boolean
}

export const DEFAULT_MISSING: readonly string[] = ['', 'NA', 'NaN', 'nan', 'null', 'NULL', 'None']

/** Stands in for an empty cell; NUL cannot occur in the data, because the reader refuses it. */
const EMPTY_CELL = '\0'

/** The parts of a dialect as the two stages of reading want them. */
export interface ResolvedDialect {
  readonly syntax: CellSyntax
  readonly rules: CellRules
  readonly header: boolean
}

/**
 * Fills in what a dialect leaves open. A file named `.tsv` has tabs; nothing else is guessed.
 *
 * @throws InputError when delimiter and quote are not two different single characters.
 */
export function resolveDialect(dialect: CsvDialect, path: string): ResolvedDialect {
  const isTabs = /\.(tsv|tab)(\.gz)?$/i.test(path)
  const {
    delimiter = isTabs ? '\t' : ',',
    quote = '"',
    decimal = '.',
    missing = DEFAULT_MISSING,
    header = true,
    quotedEmptyIsMissing = true,
  } = dialect
  if (delimiter.length !== 1 || quote.length !== 1 || delimiter === quote) {
    throw new InputError('delimiter and quote have to be two different characters', {
      location: { path },
    })
  }
  const tellsApart = missing.includes('') && !quotedEmptyIsMissing
  const tokens = tellsApart ? [EMPTY_CELL, ...missing.filter((token) => token !== '')] : missing
  return {
    syntax: { delimiter, quote, ...(tellsApart ? { emptyCell: EMPTY_CELL } : {}) },
    rules: { missing: new Set(tokens), decimal },
    header,
  }
}
