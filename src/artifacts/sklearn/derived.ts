import type { ObjectStep, ObjectValue } from '../object-facts.ts'
import type { PyGlobal } from '../pickle/node.ts'
import { attributesOf, type Attributes } from './attributes.ts'
import type { Conversion } from './conversion.ts'

/**
 * Values that scikit-learn offers as fitted attributes and stores in another form: the `idf_` of text
 * vectorisers, before version 1.5 the diagonal of a sparse matrix, and always inside another object.
 */
export function derivedParameters(
  type: PyGlobal,
  attributes: Attributes,
  steps: readonly ObjectStep[],
  conversion: Conversion,
): Readonly<Record<string, ObjectValue>> {
  if (type.name === 'TfidfTransformer' && !attributes.has('idf_')) {
    const matrix = attributes.get('_idf_diag')
    const diagonal = matrix === undefined ? undefined : attributesOf(matrix)?.get('data')
    return diagonal === undefined ? {} : { idf_: conversion.value(diagonal) }
  }
  if (type.name !== 'TfidfVectorizer') return {}
  const inner = steps.find(({ name }) => name === '_tfidf')?.object
  const idf = typeof inner === 'object' ? inner.parameters['idf_'] : undefined
  return idf === undefined ? {} : { idf_: idf }
}
