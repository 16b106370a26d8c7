import { NothingCheckedError, UsageError } from '../core/errors.ts'
import type { Field, LogicalType } from '../table/types.ts'
import { byCodeUnits } from './sample.ts'
import type { ColumnSettings, DriftSettings, Role, Thresholds } from './settings.ts'

/**
 * How the values of a column are compared: as numbers, as categories, as points in time, by the
 * length of their text, or only by whether they are there.
 */
export type View = 'values' | 'categories' | 'time' | 'lengths' | 'presence'

/** What is known of a column before any of its values is read. */
export interface ColumnPlan {
  readonly name: string
  readonly role: Role
  readonly thresholds: Thresholds
  readonly range?: { readonly min?: number; readonly max?: number }
  readonly values?: readonly string[]
  readonly reference: Field | null
  readonly current: Field | null
  /** The type the comparison works with, and where it comes from. */
  readonly type: LogicalType
  readonly typeEvidence: string
  readonly view: View
  /** Whether it is taken for an identifier by its values alone, without anybody saying so. */
  readonly isPresumed?: boolean
  /** Why the two sides cannot be compared, or `null` when they can. */
  readonly obstacle: Obstacle | null
}

/** Why a column of either table is not compared. */
export type Obstacle =
  | 'missing-in-current'
  | 'missing-in-reference'
  | 'ignored'
  | 'unsupported'
  | 'kinds-differ'
  | 'type-setting-not-applicable'

/**
 * Decides which columns are compared and how: the columns of both tables in the order of the
 * reference, then those that only the current table has.
 *
 * @param reference - Fields of the reference.
 * @param current - Fields of the current table, in any order.
 * @param settings - Roles, types and thresholds by column; `only` restricts the comparison.
 * @returns One plan per column.
 * @throws UsageError when a setting or `only` names a column that neither table has, or declares a
 * range or values of a column whose type has none.
 * @throws NothingCheckedError when no column is in both tables.
 */
export function planColumns(
  reference: readonly Field[],
  current: readonly Field[],
  settings: DriftSettings,
): readonly ColumnPlan[] {
  const inReference = byName(reference)
  const inCurrent = byName(current)
  const names = [...new Set([...inReference.keys(), ...inCurrent.keys()])]
  requireKnown(settings, names)
  const only = settings.only === undefined ? undefined : new Set(settings.only)
  const plans = names
    .filter((name) => only === undefined || only.has(name))
    .map((name) =>
      planColumn(name, inReference.get(name) ?? null, inCurrent.get(name) ?? null, settings),
    )
  if (!plans.some((plan) => plan.reference !== null && plan.current !== null)) {
    throw new NothingCheckedError('the two tables have no column in common', {
      hint: `the reference has ${listed([...inReference.keys()])}; the current table has ${listed([...inCurrent.keys()])}`,
    })
  }
  return plans
}

function byName(fields: readonly Field[]): ReadonlyMap<string, Field> {
  return new Map(fields.map((field) => [field.name, field]))
}

function planColumn(
  name: string,
  reference: Field | null,
  current: Field | null,
  settings: DriftSettings,
): ColumnPlan {
  const own = settings.columns.get(name) ?? {}
  const field = reference ?? current
  // A vocabulary is one of categories, whatever the values look like.
  const declared = own.type ?? (own.values === undefined ? undefined : 'category')
  const type = declared ?? field?.type ?? 'unsupported'
  requireApplicable(name, type, own)
  const role = roleOf(name, type, own, settings)
  return {
    name,
    role,
    thresholds: mergeThresholds(settings.thresholds, own.thresholds),
    ...(own.range === undefined ? {} : { range: own.range }),
    ...(own.values === undefined ? {} : { values: own.values }),
    reference,
    current,
    type,
    typeEvidence: declared === undefined ? (field?.evidence ?? 'unknown') : 'set by the user',
    view: viewOf(type, role),
    isPresumed: type === 'identifier' && declared === undefined && own.role !== 'identifier',
    obstacle: obstacleOf(reference, current, type, role),
  }
}

/** A declaration that the comparison would pass over in silence is an error. */
function requireApplicable(name: string, type: LogicalType, own: ColumnSettings): void {
  const isNumber = kindOf(type) === 'number'
  const isCategory = type === 'category' || type === 'boolean'
  const refuse = (setting: string, needed: string): never => {
    throw new UsageError(
      `column "${name}" is of type ${type}, and \`${setting}\` applies to ${needed}`,
      { hint: `set its type, or leave ${setting} out` },
    )
  }
  if (type === 'unsupported' || own.role === 'ignore') return
  if (own.values !== undefined && !isCategory) refuse('values', 'a category')
  if (own.range !== undefined && !isNumber) {
    refuse(own.range.min === undefined ? 'max' : 'min', 'a number')
  }
}

function roleOf(
  name: string,
  type: LogicalType,
  own: ColumnSettings,
  settings: DriftSettings,
): Role {
  if (own.role !== undefined) return own.role
  if (name === settings.groupKey) return 'group'
  if (name === settings.timeColumn) return 'time'
  return type === 'identifier' ? 'identifier' : 'feature'
}

function viewOf(type: LogicalType, role: Role): View {
  if (role === 'identifier' || role === 'group') return 'presence'
  switch (type) {
    case 'number':
    case 'integer':
      return 'values'
    case 'category':
    case 'boolean':
      return 'categories'
    case 'datetime':
      return 'time'
    case 'text':
      return 'lengths'
    case 'identifier':
    case 'unsupported':
      return 'presence'
  }
}

function obstacleOf(
  reference: Field | null,
  current: Field | null,
  type: LogicalType,
  role: Role,
): Obstacle | null {
  if (role === 'ignore') return 'ignored'
  if (reference === null) return 'missing-in-reference'
  if (current === null) return 'missing-in-current'
  if (reference.type === 'unsupported' || current.type === 'unsupported') return 'unsupported'
  if (role === 'identifier' || role === 'group') return null
  if (canBecome(reference.type, type) && canBecome(current.type, type)) return null
  return kindOf(reference.type) === kindOf(current.type)
    ? 'type-setting-not-applicable'
    : 'kinds-differ'
}

/** Numbers can be counted by value; nothing else turns into another kind after it was read. */
function canBecome(from: LogicalType, to: LogicalType): boolean {
  if (kindOf(from) === kindOf(to)) return true
  return kindOf(from) === 'number' && (to === 'category' || to === 'boolean')
}

/** Types of one kind hold values that can be compared with each other. */
export function kindOf(type: LogicalType): 'number' | 'time' | 'label' | 'none' {
  switch (type) {
    case 'number':
    case 'integer':
      return 'number'
    case 'datetime':
      return 'time'
    case 'category':
    case 'boolean':
    case 'text':
    case 'identifier':
      return 'label'
    case 'unsupported':
      return 'none'
  }
}

function mergeThresholds(general: Thresholds, own: Partial<Thresholds> | undefined): Thresholds {
  return { ...general, ...own }
}

function requireKnown(settings: DriftSettings, names: readonly string[]): void {
  const known = new Set(names)
  const asked: readonly (readonly [string, string])[] = [
    ...(settings.only ?? []).map((name) => [name, '--columns'] as const),
    ...[...settings.columns.keys()].map((name) => [name, 'drift.columns'] as const),
    ...(settings.groupKey === undefined ? [] : [[settings.groupKey, 'the group key'] as const]),
    ...(settings.timeColumn === undefined
      ? []
      : [[settings.timeColumn, 'the time column'] as const]),
  ]
  for (const [name, place] of asked) {
    if (known.has(name)) continue
    const close = nearest(name, names)
    throw new UsageError(`no column "${name}" in either table (named by ${place})`, {
      hint:
        close.length > 0 ? `did you mean ${listed(close)}?` : `the columns are ${listed(names)}`,
    })
  }
}

/** The names within a few edits, whatever their case, closest first. */
function nearest(name: string, names: readonly string[]): readonly string[] {
  const limit = Math.min(name.length - 1, 1 + Math.ceil(name.length / 4), 3)
  return names
    .map((candidate) => ({
      candidate,
      edits: editDistance(name.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits || byCodeUnits(a.candidate, b.candidate))
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min((previous[j] as number) + 1, (row[j - 1] as number) + 1, substitution))
    }
    previous = row
  }
  return previous[b.length] as number
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((name) => `"${name}"`)
  if (names.length > shown.length) shown.push(`${String(names.length - shown.length)} more`)
  return shown.length === 0 ? 'none' : shown.join(', ')
}
