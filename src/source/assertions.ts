import { dottedName, lastPart } from './names.ts'
import { childIn, type Syntax } from './syntax.ts'

const CONSTANTS = new Set(['true', 'integer', 'float', 'string', 'tuple', 'none', 'false'])

/** Whether a statement asserts something: a constant cannot fail, and neither can a tuple with a message. */
export function isAssertion(node: Syntax): boolean {
  if (node.type !== 'assert_statement') return false
  let [tested] = node.children
  if (tested?.type === 'parenthesized_expression') [tested] = tested.children
  return tested !== undefined && !CONSTANTS.has(tested.type)
}

const PYTEST = /^pytest\.(raises|warns|fail|deprecated_call)$/

/**
 * Whether a call fails a test by itself: what pytest, unittest, numpy, pandas and mocks offer. A bare
 * name may be a helper of the project, which is judged by its own body.
 */
export function isAssertingCall(node: Syntax): boolean {
  if (node.type !== 'call') return false
  const callee = dottedName(childIn(node, 'function'))
  if (PYTEST.test(callee)) return true
  if (!callee.includes('.')) return false
  return /^(assert|fail(Un|If|$))/.test(lastPart(callee))
}

/** Whether a bare name that the project does not define is that of an assertion. */
export function isAssertingName(name: string): boolean {
  return /^(assert\w*|raises|warns)$/.test(name)
}
