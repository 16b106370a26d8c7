import type { Finding, FindingArgs, FindingCode } from '../core/finding.ts'
import { canonicalBoolean, isBooleanWord, isRepeating, labelType } from '../table/labels.ts'
import type { Field, LogicalType, Precision } from '../table/types.ts'
import { isNumeric } from '../table/types.ts'
import type { FormatOptions } from './part-table.ts'
import type { Survey } from './stored-survey.ts'
import { MOST_DISTINCT } from './stored-survey.ts'
import type { StoredColumn, StoredType } from './stored-type.ts'

/** A type that a column is given before its values are looked at. */
export interface ExpectedType {
  readonly type: Exclude<LogicalType, 'unsupported'>
  readonly by: 'setting' | 'reference'
  /** The type in the file of the reference. */
  readonly physical?: string
}

/** A column whose type is settled. */
export interface TypedColumn {
  readonly column: StoredColumn
  readonly field: Field
  readonly findings: readonly Finding[]
  /** It is known that no row has a value, so that the type is a guess. */
  readonly isValueless?: boolean
}

/** More misfits than this share mean another type, not some bad values. */
const CHANGED_SHARE = 0.5

/** The type that a setting, or else the reference, gives a column. */
export function expectedType(
  name: string,
  { types, bind }: FormatOptions,
): ExpectedType | undefined {
  const setting = types?.get(name)
  if (setting !== undefined && setting !== 'unsupported') return { type: setting, by: 'setting' }
  const bound = bind?.find((field) => field.name === name)
  if (bound === undefined || bound.type === 'unsupported') return undefined
  return { type: bound.type, by: 'reference', physical: bound.physical }
}

/**
 * Settles the type of a column.
 *
 * @param column - What the file says.
 * @param expected - What a setting or the reference says; it goes before the file.
 * @param survey - What was counted over all rows, where `surveyFor` asked for it.
 * @param path - The file, for findings.
 */
export function settleType(
  column: StoredColumn,
  expected: ExpectedType | undefined,
  survey: Survey | undefined,
  path: string,
): TypedColumn {
  const { name, physical, stored } = column
  const finding = (code: FindingCode, args: FindingArgs): Finding => ({
    code,
    args: { column: name, ...args },
    location: { path },
  })
  if (stored.kind === 'unsupported') {
    const field: Field = { name, type: 'unsupported', physical, evidence: physical }
    return { column, field, findings: [finding('COLUMN_UNSUPPORTED', { physical })] }
  }
  if (expected === undefined) {
    const { type, evidence } = inferredType(stored, survey)
    return {
      column,
      field: fieldOf(column, type, evidence),
      findings: spellings(type, survey, finding),
      isValueless: stored.kind === 'nothing' || (survey?.kind === 'labels' && survey.valid === 0),
    }
  }
  const type = settledNumber(expected.type, stored, survey)
  const evidence = expected.by === 'setting' ? 'given by a setting' : 'as in the reference'
  return {
    column,
    field: fieldOf(column, type, evidence),
    findings: [
      ...spellings(type, survey, finding),
      ...changes(expected, type, column, survey, finding),
    ],
  }
}

/** A column that cannot be decoded: it stays in the list of fields, so that its absence is seen. */
export function unreadableColumn(column: StoredColumn, reason: string, path: string): TypedColumn {
  const { name, physical } = column
  return {
    column,
    field: { name, type: 'unsupported', physical, evidence: `cannot be read: ${reason}` },
    findings: [{ code: 'COLUMN_UNREADABLE', args: { column: name, reason }, location: { path } }],
  }
}

function inferredType(
  stored: Exclude<StoredType, { kind: 'unsupported' }>,
  survey: Survey | undefined,
): { readonly type: LogicalType; readonly evidence: string } {
  switch (stored.kind) {
    case 'number':
    case 'datetime':
    case 'boolean':
      return { type: stored.kind, evidence: 'by the type in the file' }
    case 'integer': {
      const unsafe = survey?.kind === 'range' ? survey.unsafe : undefined
      if (unsafe === undefined) return { type: 'integer', evidence: 'by the type in the file' }
      const place = `row ${String(unsafe.row)} has ${unsafe.value}`
      if (survey?.kind === 'range' && isCategory(survey)) {
        const counted = `${String(survey.distinct.size)} different values`
        return { type: 'category', evidence: `${counted}, ${place}, beyond what a double holds` }
      }
      return { type: 'identifier', evidence: `${place}, which a double cannot tell apart` }
    }
    case 'decimal':
      return { type: 'identifier', evidence: 'decimals of more digits than a double can hold' }
    case 'nothing':
      return { type: 'category', evidence: 'no values' }
    case 'string':
      if (survey?.kind !== 'labels') throw new Error('a column of texts was not counted')
      return survey.valid === 0
        ? { type: 'category', evidence: 'no values' }
        : labelType(survey.coder.labels, survey.valid)
  }
}

/** Hashes of few values repeat as labels do, however many digits they have. */
function isCategory({ distinct, valid }: Survey & { readonly kind: 'range' }): boolean {
  return distinct.size < MOST_DISTINCT && isRepeating(distinct.size, valid)
}

/** An integer column with fractions is a column of numbers. */
function settledNumber(
  asked: LogicalType,
  stored: StoredType,
  survey: Survey | undefined,
): LogicalType {
  const hasFractions = survey?.kind === 'fit' && survey.fractional > 0
  return asked === 'integer' && stored.kind !== 'integer' && hasFractions ? 'number' : asked
}

function fieldOf(column: StoredColumn, type: LogicalType, evidence: string): Field {
  const { name, physical, stored, note } = column
  return {
    name,
    type,
    physical,
    evidence: [physical, evidence, ...(note === undefined ? [] : [note])].join(', '),
    ...(type === 'number' ? { precision: precisionOf(stored) } : {}),
  }
}

function precisionOf(stored: StoredType): Precision {
  if (stored.kind === 'number') return stored.precision
  return { kind: 'decimals', digits: stored.kind === 'decimal' ? Math.max(0, stored.scale) : 0 }
}

type MakeFinding = (code: FindingCode, args: FindingArgs) => Finding

/** Booleans that are spelt in more than one way. */
function spellings(
  type: LogicalType,
  survey: Survey | undefined,
  finding: MakeFinding,
): readonly Finding[] {
  if (type !== 'boolean' || survey?.kind !== 'labels') return []
  const { labels } = survey.coder
  const words = new Set(labels.map((label) => canonicalBoolean(label) ?? label))
  return words.size < labels.length
    ? [finding('BOOLEAN_SPELLINGS_MIXED', { spellings: labels.toSorted().slice(0, 10) })]
    : []
}

/** What does not fit the expected type. */
function changes(
  expected: ExpectedType,
  type: LogicalType,
  { stored, physical }: StoredColumn,
  survey: Survey | undefined,
  finding: MakeFinding,
): readonly Finding[] {
  const findings: Finding[] = []
  const isReference = expected.by === 'reference'
  const changed = (current: string): Finding =>
    finding('TYPE_CHANGED', { reference: expected.type, current })
  if (survey?.kind === 'fit' && survey.misfits > 0) {
    const { misfits, valid, first } = survey
    const places = first.map(({ row, value }) => ({ row, value }))
    findings.push(
      finding('VALUES_UNPARSABLE', {
        type: expected.type,
        count: misfits,
        rows: valid,
        first: places,
      }),
    )
    if (isReference && misfits > CHANGED_SHARE * valid) findings.push(changed(nameOf(stored)))
  }
  if (type !== expected.type) findings.push(changed(type))
  const areLabels = !isNumeric(expected.type) && expected.type !== 'boolean'
  const isMeasured = stored.kind === 'number' || stored.kind === 'datetime'
  if (isReference && areLabels && isMeasured && physical !== expected.physical) {
    findings.push(changed(nameOf(stored)))
  }
  if (expected.type === 'boolean') {
    if (isReference && isNumericKind(stored)) findings.push(changed(nameOf(stored)))
    if (survey?.kind === 'labels' && !survey.coder.labels.every(isBooleanWord)) {
      findings.push(changed('category'))
    }
  }
  return findings
}

function isNumericKind({ kind }: StoredType): boolean {
  return kind === 'number' || kind === 'integer' || kind === 'decimal' || kind === 'datetime'
}

function nameOf({ kind }: StoredType): string {
  if (kind === 'string') return 'text'
  return kind === 'decimal' ? 'number' : kind
}

/** Whether a column of this type is read as doubles, and which ones. */
export function storageFor(type: LogicalType): 'numbers' | 'datetimes' | 'labels' {
  if (!isNumeric(type)) return 'labels'
  return type === 'datetime' ? 'datetimes' : 'numbers'
}
