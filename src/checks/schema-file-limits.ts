import type { GradedFinding } from '../core/finding.ts'
import type { SchemaSource } from '../facts/schema-sources.ts'

/**
 * How what a schema file allows in a column differs from the features block: its bounds, its values and
 * whether it may be missing. Only what both say is compared.
 */
export function limitDifferences(
  source: SchemaSource,
  declared: SchemaSource,
): readonly GradedFinding[] {
  const location = source.source
  const file = location.path
  return declared.columns.flatMap(({ name: feature, allowed: manifest = {} }) => {
    const column = source.columns.find(({ name }) => name === feature)
    const { min, max, nullable, values } = column?.allowed ?? {}
    const findings: GradedFinding[] = []
    const warn = (code: GradedFinding['code'], args: GradedFinding['args']) =>
      findings.push({ severity: 'warn', code, args: { feature, file, ...args }, location })
    if (differs(min, manifest.min) || differs(max, manifest.max)) {
      warn('SCHEMA_FILE_RANGE_DIFFERS', {
        low: min ?? null,
        high: max ?? null,
        min: manifest.min ?? null,
        max: manifest.max ?? null,
      })
    }
    if (differs(nullable, manifest.nullable)) {
      warn(nullable === true ? 'SCHEMA_FILE_TAKES_MISSING' : 'SCHEMA_FILE_REFUSES_MISSING', {})
    }
    const others = apart(values, manifest.values)
    if (others.length > 0) warn('SCHEMA_FILE_VALUES_DIFFER', { values: others })
    return findings
  })
}

function differs<T>(one: T | undefined, other: T | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other
}

/** What stands in one list alone. */
function apart(
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
): readonly string[] {
  if (one === undefined || other === undefined) return []
  return [
    ...one.filter((value) => !other.includes(value)),
    ...other.filter((value) => !one.includes(value)),
  ]
}
