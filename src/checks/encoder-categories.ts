import type { FittedStep, ObjectValue } from '../facts/preprocessing.ts'
import type { TrainingColumn } from '../facts/training-statistics.ts'
import { changersOf, savedFill } from './column-sample.ts'
import { kindOf } from './fitted-kinds.ts'
import { elementsOf } from './step-values.ts'

/** What an encoder does with a value that it does not know: raises, writes nothing, writes a value of its own. */
export type UnknownPolicy = 'error' | 'ignore' | 'other'

/** How categories name the lack of a value. */
export const NO_VALUE = '(missing)'

/**
 * The categories that an encoder keeps for each of its columns, as they were saved.
 *
 * @returns `undefined` when it keeps none or they are not listed.
 */
export function savedCategories({
  object: { parameters },
}: FittedStep): readonly (readonly ObjectValue[])[] | undefined {
  const lists = parameters['categories_']
  if (Array.isArray(lists)) {
    const all = (lists as readonly ObjectValue[]).map(elementsOf)
    const known = all.filter((each) => each !== undefined)
    return known.length === all.length ? known : undefined
  }
  for (const name of SINGLE) {
    const found = elementsOf(parameters[name])
    if (found !== undefined && found.length > 0) return [found]
  }
  return undefined
}

/** Where encoders of one column keep its categories: scikit-learn, then ONNX. */
const SINGLE = [
  'classes_',
  'cats_strings',
  'cats_int64s',
  'keys_strings',
  'keys_int64s',
  'keys_floats',
] as const

export function unknownPolicy({ className, object: { parameters } }: FittedStep): UnknownPolicy {
  const handling = parameters['handle_unknown']
  if (typeof handling === 'string') return POLICIES[handling] ?? 'error'
  if (className === 'TargetEncoder' || className === 'CategoryMapper') return 'other'
  if (className === 'LabelEncoder') return 'keys_strings' in parameters ? 'other' : 'error'
  return parameters['zeros'] === 1 ? 'ignore' : 'error'
}

const POLICIES: Readonly<Record<string, UnknownPolicy>> = {
  ignore: 'ignore',
  infrequent_if_exist: 'other',
  use_encoded_value: 'other',
  warn: 'other',
}

/** A category as the text that stands for it in tables: numbers in their shortest form. */
export function categoryText(value: ObjectValue): string {
  if (value === null || Number.isNaN(value)) return NO_VALUE
  if (typeof value === 'string') return value
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') {
    return String(value)
  }
  // pandas and numpy have their own words for the lack of a value.
  return 'kind' in value && value.kind === 'opaque' && /NA|NaT/.test(value.class)
    ? NO_VALUE
    : JSON.stringify(value)
}

/** Whether two ways to write a boolean are one: `True` and `true`. */
export function sameCase(text: string, isBoolean: boolean): string {
  return isBoolean ? text.toLowerCase() : text
}

/** The categories that a column of the training data brings to an encoder, with their rows. */
export function trainingCategories(
  column: TrainingColumn,
  { upstream }: FittedStep,
  steps: readonly FittedStep[],
): ReadonlyMap<string, number> | undefined {
  const before = changersOf(column.name, upstream, steps)
  if (!before.every((step) => kindOf(step) === 'imputer')) return undefined
  const isBoolean = column.field.type === 'boolean'
  const found = new Map<string, number>()
  const add = (text: string, rows: number) => found.set(text, (found.get(text) ?? 0) + rows)
  if (column.kind === 'coded') {
    for (const [label, rows] of column.categories) add(sameCase(label, isBoolean), rows)
  } else {
    if (column.sorted === undefined || column.field.type === 'datetime') return undefined
    for (const value of column.sorted) add(String(value), 1)
  }
  if (column.missing === 0) return found
  const fill = before.map((step) => savedFill(step, column.name)).find((each) => each !== undefined)
  if (before.length > 0 && fill === undefined) return undefined
  add(fill === undefined ? NO_VALUE : String(fill), column.missing)
  return found
}

/** Whether saved values do not fall; the lack of a value, which stands last, is passed over. */
export function isAscending(saved: readonly ObjectValue[]): boolean {
  return saved.every((value, at) => {
    const before = saved[at - 1]
    return at === 0 || !isComparable(before) || !isComparable(value) || before <= value
  })
}

function isComparable(value: unknown): value is number | string {
  return typeof value === 'number' ? !Number.isNaN(value) : typeof value === 'string'
}
