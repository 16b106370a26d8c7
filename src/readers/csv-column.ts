import type { Finding, FindingArgs, FindingCode } from '../core/finding.ts'
import { isBooleanWord, labelType } from '../table/labels.ts'
import type { CellTally } from '../table/cell-tally.ts'
import type { InferringTextColumn } from '../table/inferring-column.ts'
import { inferringTextColumn } from '../table/inferring-column.ts'
import type {
  CellRules,
  DatetimeTextColumn,
  LabelTextColumn,
  Misfits,
  NumericTextColumn,
  TextColumn,
} from '../table/text-column.ts'
import {
  datetimeTextColumn,
  labelTextColumn,
  numberTextColumn,
  storageOf,
} from '../table/text-column.ts'
import type { Column, Field, LogicalType } from '../table/types.ts'

/** What a column is known to be before it is read. */
export interface ExpectedType {
  /** `labels`: texts whose repetition decides what they are. */
  readonly type: LogicalType | 'labels'
  /** One clause: what the type rests on. */
  readonly evidence: string
}

/** A column that was read: its field, values and what was noticed. */
export interface ReadColumn {
  readonly field: Field
  readonly column: Column
  readonly findings: readonly Finding[]
}

/** A column that has to be read again, with a known type; what was noticed stays. */
export interface ReadAgain {
  readonly again: ExpectedType
  readonly findings: readonly Finding[]
}

/** One column while it is read. */
export interface ColumnReader extends TextColumn {
  /** The column, or the type it has to be read again with. */
  finish(): ReadColumn | ReadAgain
}

/** More misfits than this share mean another type, not some bad cells. */
const CHANGED_SHARE = 0.5

/** A text that happens to be a date does not make a column of dates. */
const NOTED_SHARE = 0.05

/**
 * Reads one column of a text file.
 *
 * @param name - Its name.
 * @param path - The file, for the places of findings.
 * @param rules - Missing tokens and the decimal separator.
 * @param expected - Its type, if that is known; otherwise the type is inferred from all cells.
 */
export function columnReader(
  name: string,
  path: string,
  rules: CellRules,
  expected?: ExpectedType,
): ColumnReader {
  if (expected === undefined) return inferringReader(name, path, rules)
  const finding = findingFor(name, path)
  switch (storageOf(expected.type)) {
    case 'number': {
      const cells = numberTextColumn(rules)
      return {
        add: cells.add,
        finish: () => numberColumn(name, expected, cells, finding),
      }
    }
    case 'datetime': {
      const cells = datetimeTextColumn(rules)
      return {
        add: cells.add,
        finish: () => datetimeColumn(name, expected, cells, finding),
      }
    }
    case 'labels': {
      const cells = labelTextColumn(rules)
      return {
        add: cells.add,
        finish: () => labelsOf(name, expected, cells, finding),
      }
    }
  }
}

type MakeFinding = (code: FindingCode, args: FindingArgs, line?: number) => Finding

function findingFor(name: string, path: string): MakeFinding {
  return (code, args, line) => ({
    code,
    args: { column: name, ...args },
    location: { path, ...(line === undefined ? {} : { line }) },
  })
}

function numberColumn(
  name: string,
  expected: ExpectedType,
  cells: NumericTextColumn,
  finding: MakeFinding,
): ReadColumn {
  const { evidence } = expected
  const column = cells.column()
  const findings = misfitFindings(expected, cells.misfits, column, finding)
  const isInteger = expected.type === 'integer' && cells.decimals === 0
  if (expected.type === 'integer' && !isInteger) {
    findings.push(finding('TYPE_CHANGED', { reference: 'integer', current: 'number' }))
  }
  const field: Field = isInteger
    ? { name, type: 'integer', physical: 'csv', evidence }
    : {
        name,
        type: 'number',
        physical: 'csv',
        evidence,
        precision: { kind: 'decimals', digits: cells.digits },
      }
  return { field, column, findings }
}

function misfitFindings(
  expected: ExpectedType,
  misfits: Misfits,
  column: Column,
  finding: MakeFinding,
): Finding[] {
  const valid = column.rows - column.missing + misfits.count
  if (misfits.count === 0) return []
  const [first] = misfits.first
  const args = {
    type: expected.type,
    count: misfits.count,
    rows: valid,
    first: misfits.first.map(({ line, value }) => ({ line, value })),
  }
  const findings = [finding('VALUES_UNPARSABLE', args, first?.line)]
  if (misfits.count > CHANGED_SHARE * valid) {
    findings.push(
      finding('TYPE_CHANGED', { reference: expected.type, current: 'text' }, first?.line),
    )
  }
  return findings
}

function labelColumn(
  name: string,
  type: LogicalType,
  evidence: string,
  cells: LabelTextColumn,
  finding: MakeFinding,
): ReadColumn {
  const column = cells.column(type === 'boolean')
  const findings: Finding[] = []
  if (type === 'boolean') {
    if (column.labels.length < cells.labels.length) {
      const spellings = cells.labels.toSorted().slice(0, 10)
      findings.push(finding('BOOLEAN_SPELLINGS_MIXED', { spellings }))
    }
    if (!cells.labels.every(isBooleanWord)) {
      findings.push(finding('TYPE_CHANGED', { reference: 'boolean', current: 'category' }))
    }
  }
  return { field: { name, type, physical: 'csv', evidence }, column, findings }
}

function inferringReader(name: string, path: string, rules: CellRules): ColumnReader {
  const cells = inferringTextColumn(rules)
  const finding = findingFor(name, path)
  return {
    add: cells.add,
    finish: () => finishInferred(name, cells, finding, rules),
  }
}

function finishInferred(
  name: string,
  cells: InferringTextColumn,
  finding: MakeFinding,
  rules: CellRules,
): ReturnType<ColumnReader['finish']> {
  const { store } = cells
  const { type, evidence, tally } = cells.infer()
  const expected = { type, evidence }
  const noticed = type === 'labels' ? oddities(tally, rules, finding) : []
  // Without any value nothing was stored, not even the number of rows.
  if (store === undefined || store.as !== storageOf(type)) {
    return { again: expected, findings: noticed }
  }
  switch (store.as) {
    case 'number':
      return numberColumn(name, expected, store.column, finding)
    case 'datetime':
      return datetimeColumn(name, expected, store.column, finding)
    case 'labels': {
      const read = labelsOf(name, expected, store.column, finding)
      return { ...read, findings: [...read.findings, ...noticed] }
    }
  }
}

/** Texts of a known type, or of the type that their repetition says. */
function labelsOf(
  name: string,
  expected: ExpectedType,
  cells: LabelTextColumn,
  finding: MakeFinding,
): ReadColumn {
  if (expected.type !== 'labels') {
    return labelColumn(name, expected.type, expected.evidence, cells, finding)
  }
  const { type, evidence } = labelType(cells.labels, cells.rows - cells.missing)
  return labelColumn(name, type, `${evidence}; ${expected.evidence}`, cells, finding)
}

function datetimeColumn(
  name: string,
  expected: ExpectedType,
  cells: DatetimeTextColumn,
  finding: MakeFinding,
): ReadColumn {
  const column = cells.column()
  return {
    field: { name, type: 'datetime', physical: 'csv', evidence: expected.evidence },
    column,
    findings: misfitFindings(expected, cells.misfits, column, finding),
  }
}

/** What looks like another way to write numbers or dates. */
function oddities(tally: CellTally, rules: CellRules, finding: MakeFinding): Finding[] {
  const findings: Finding[] = []
  const { valid, commaNumbers, dates } = tally
  if (rules.decimal === '.' && commaNumbers > valid / 2) {
    findings.push(finding('DECIMAL_COMMA_SUSPECTED', { count: commaNumbers, rows: valid }))
  }
  const times = dates.date + dates.local + dates.zoned
  if (times >= NOTED_SHARE * valid && times > 0) {
    findings.push(finding('DATETIME_FORMATS_MIXED', { count: times, rows: valid }))
  }
  return findings
}
