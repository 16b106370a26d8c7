import { flattenSteps } from '../fitted-steps.ts'
import type { ObjectFacts } from '../object-facts.ts'

/**
 * The versions of scikit-learn that an object and the objects inside it were saved with, in the order of
 * their first mention; more than one when objects of two versions were put together.
 */
export function sklearnVersions(object: ObjectFacts): readonly string[] {
  const versions = flattenSteps(object).flatMap(({ object: { parameters } }) => {
    const version = parameters['_sklearn_version']
    return typeof version === 'string' ? [version] : []
  })
  return [...new Set(versions)]
}
