import type { GradedFinding } from '../core/finding.ts'
import { reaches } from '../core/threshold.ts'
import type { SchemaColumn, SchemaSource } from '../facts/schema-sources.ts'
import { limitDifferences } from './schema-file-limits.ts'

/**
 * How every two sources of a schema differ in the features they share, their types and their order.
 *
 * @param hasValues - false for a column of a file without any value, whose type says nothing.
 */
export function schemaAgreement(
  sources: readonly SchemaSource[],
  hasValues: (source: SchemaSource, feature: string) => boolean,
): readonly GradedFinding[] {
  const declared = sources.find(({ origin }) => origin === 'features')
  const names = new Set(declared?.columns.map(({ name }) => name))
  const comparable = sources.filter(({ isTransformed }) => isTransformed !== true)
  const typed = (source: SchemaSource) =>
    source.columns.flatMap(({ name, type }) =>
      type !== undefined && names.has(name) && hasValues(source, name) ? [{ name, type }] : [],
    )
  const isModelKnown = comparable.some(({ origin }) => origin === 'model')
  return comparable.flatMap((first, index) => [
    ...undeclared(first, declared, isModelKnown),
    ...modelDifferences(first, declared),
    ...(declared === undefined || first === declared ? [] : limitDifferences(first, declared)),
    ...comparable
      .slice(index + 1)
      .flatMap((second) => [
        ...typeDifferences(first, second, typed),
        ...orderDifference(first, second, names),
      ]),
  ])
}

function undeclared(
  source: SchemaSource,
  declared: SchemaSource | undefined,
  isModelKnown: boolean,
): readonly GradedFinding[] {
  if (declared === undefined || source === declared) return []
  const extra = source.columns.filter(
    ({ name }) => !declared.columns.some((column) => column.name === name),
  )
  if (extra.length === 0) return []
  const columns = extra.map(({ name }) => name)
  return [
    {
      // A file may hold more than the model reads; what the model reads and nobody declares is a hole.
      // Where the model does not tell, a column of the data may be either.
      severity: source.origin === 'model' ? 'fail' : isModelKnown ? 'notice' : 'warn',
      code: 'SCHEMA_COLUMNS_UNDECLARED',
      args: { columns, origin: source.origin, file: source.source.path },
      location: source.source,
    },
  ]
}

/** How the inputs of the model itself differ from the declared features. */
function modelDifferences(
  source: SchemaSource,
  declared: SchemaSource | undefined,
): readonly GradedFinding[] {
  const isSchema = source.origin.startsWith('schema ')
  if (declared === undefined || (source.origin !== 'model' && !isSchema)) return []
  const location = source.source
  const file = location.path
  if (source.unnamedCount !== undefined) {
    const args = { declared: declared.columns.length, found: source.unnamedCount, file }
    return args.declared === args.found
      ? []
      : [{ severity: 'fail', code: 'SCHEMA_INPUT_COUNT_DIFFERS', args, location }]
  }
  return declared.columns.flatMap(({ name: feature, range }): readonly GradedFinding[] => {
    const input = source.columns.find(({ name }) => name === feature)
    if (input === undefined) {
      return [
        { severity: 'fail', code: 'SCHEMA_FEATURE_MISSING', args: { feature, file }, location },
      ]
    }
    if (input.range === undefined || range === undefined) return []
    const [low, high] = input.range
    const [min, max] = range
    if (reaches(low, min) && reaches(max, high)) return []
    const args = { feature, file, low, high, min, max }
    return [{ severity: 'warn', code: 'SCHEMA_RANGE_DISAGREES', args, location }]
  })
}

function typeDifferences(
  first: SchemaSource,
  second: SchemaSource,
  typed: (source: SchemaSource) => readonly { readonly name: string; readonly type: ColumnType }[],
): readonly GradedFinding[] {
  // The manifest's types are held against every file by themselves, with knowledge of the values; and
  // against the model only through the files, because a category may be declared where codes are stored.
  if (first.origin === 'features' || second.origin === 'features') return []
  return typed(first).flatMap(({ name, type }) => {
    const other = typed(second).find((column) => column.name === name)
    if (other === undefined || isSameKind(type, other.type)) return []
    return [
      {
        severity: 'fail' as const,
        code: 'SCHEMA_SOURCES_DISAGREE' as const,
        args: {
          feature: name,
          first: first.origin,
          firstType: type,
          second: second.origin,
          secondType: other.type,
        },
        location: second.source,
      },
    ]
  })
}

type ColumnType = NonNullable<SchemaColumn['type']>

/** Integers with gaps are read as numbers, and long categories as text. */
function isSameKind(a: ColumnType, b: ColumnType): boolean {
  const kinds: readonly (readonly ColumnType[])[] = [
    ['number', 'integer'],
    ['category', 'text', 'identifier'],
  ]
  return a === b || kinds.some((kind) => kind.includes(a) && kind.includes(b))
}

function orderDifference(
  first: SchemaSource,
  second: SchemaSource,
  names: ReadonlySet<string>,
): readonly GradedFinding[] {
  const order = (source: SchemaSource, other: SchemaSource) =>
    source.columns
      .map(({ name }) => name)
      .filter((name) => names.has(name) && other.columns.some((column) => column.name === name))
  const firstOrder = order(first, second)
  const secondOrder = order(second, first)
  const at = firstOrder.findIndex((name, index) => name !== secondOrder[index])
  if (at === -1) return []
  return [
    {
      // Commands get the features in their declared order; a file is read by name.
      severity: first.origin === 'features' && second.isPositional ? 'fail' : 'notice',
      code: 'SCHEMA_ORDER_DIFFERS',
      args: {
        first: first.origin,
        second: second.origin,
        position: at + 1,
        firstName: firstOrder[at] ?? '',
        secondName: secondOrder[at] ?? '',
      },
      location: second.source,
    },
  ]
}
