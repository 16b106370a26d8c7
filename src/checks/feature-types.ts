import type { FeatureColumn } from '../facts/feature-values.ts'

const CODED: readonly FeatureColumn['type'][] = [
  'category',
  'boolean',
  'text',
  'identifier',
  'integer',
  'number',
]

/**
 * Whether a column of a file can be what the manifest declares. Files say less than a manifest: a
 * category may be written as whole numbers, a boolean as 0 and 1, an integer with gaps as a float.
 */
export function acceptsType({ declared, type, min, max, fractional }: FeatureColumn): boolean {
  switch (declared.type) {
    case 'number':
    case 'integer':
      return type === 'number' || type === 'integer'
    case 'category':
      return CODED.includes(type)
    case 'boolean':
      if (type === 'boolean') return true
      if (type !== 'integer' && type !== 'number') return false
      return fractional === 0 && min !== undefined && max !== undefined && min >= 0 && max <= 1
    case 'datetime':
      return type === 'datetime'
    case 'text':
    case 'identifier':
      return type === 'text' || type === 'category' || type === 'identifier' || type === 'integer'
  }
}
