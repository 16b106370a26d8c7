import { dottedName, lastPart } from './names.ts'
import { childIn, type Syntax } from './syntax.ts'

/** What an expression of constants is made of; whatever else stands in it may differ from run to run. */
const CONSTANT =
  /^(true|false|none|integer|float|string|string_start|string_content|string_end|escape_sequence|concatenated_string|ellipsis|tuple|list|set|dictionary|pair|parenthesized_expression|unary_operator|binary_operator|not_operator|boolean_operator|comparison_operator)$/

function isConstant({ type, children }: Syntax): boolean {
  return CONSTANT.test(type) && children.every(isConstant)
}

/** Whether a statement asserts something: a constant cannot fail, and neither can a tuple with a message. */
export function isAssertion(node: Syntax): boolean {
  if (node.type !== 'assert_statement') return false
  let [tested] = node.children
  if (tested?.type === 'parenthesized_expression') [tested] = tested.children
  if (tested === undefined || tested.type === 'tuple') return false
  // `assert False` behind what should have raised does fail.
  return tested.type === 'false' || !isConstant(tested)
}

const PYTEST = /^pytest\.(raises|warns|fail|deprecated_call)$/

/** Methods that judge nothing but what they are given. */
const COMPARING =
  /^assert(True|False|(Not)?(Almost)?Equals?|Is(Not)?(None)?|(Not)?In|(Greater|Less)(Equal)?)$/

/**
 * Whether a call fails a test by itself: what pytest, unittest, numpy, pandas and mocks offer. A bare
 * name may be a helper of the project, which is judged by its own body.
 */
export function isAssertingCall(node: Syntax): boolean {
  if (node.type !== 'call') return false
  const callee = dottedName(childIn(node, 'function'))
  if (PYTEST.test(callee)) return true
  if (!callee.includes('.')) return false
  if (lastPart(callee) === 'fail') return true
  const given = childIn(node, 'arguments')?.children ?? []
  const compared = given.map((each) => childIn(each, 'value') ?? each)
  if (COMPARING.test(lastPart(callee)) && compared.every(isConstant)) return false
  return /^(assert|fail(Un|If))/.test(lastPart(callee))
}

/** Whether a bare name that the project does not define is that of an assertion. */
export function isAssertingName(name: string): boolean {
  return /^(assert\w*|raises|warns)$/.test(name)
}
