import assert from 'node:assert/strict'
import type { ObjectFacts, ObjectValue } from '../../src/artifacts/object-facts.ts'
import type { Expected, ExpectedArray, ExpectedObject } from './account.ts'

/**
 * Asserts that an object was read as Python says it is, number by number.
 *
 * @returns How many single values were compared.
 */
export function compareObject(
  actual: ObjectFacts | null,
  expected: ExpectedObject,
  at: string,
): number {
  assert.ok(actual, `${at}: no object was read`)
  assert.equal(actual.class, expected.class, `${at}: class`)
  if (expected.fitted !== null) assert.equal(actual.fitted, expected.fitted, `${at}: fitted`)
  assert.deepEqual(actual.features, expected.features, `${at}: features`)
  assert.equal(actual.featureCount, expected.featureCount, `${at}: number of features`)
  let count = 3
  for (const [name, value] of Object.entries(expected.parameters)) {
    const found = actual.parameters[name]
    assert.notEqual(found, undefined, `${at}: ${name} was not read`)
    count += compareValue(found as ObjectValue, value, `${at}.${name}`)
  }
  return count + compareSteps(actual, expected, at)
}

function compareSteps(actual: ObjectFacts, expected: ExpectedObject, at: string): number {
  if (expected.steps === null) return 0
  // Python's account has the parts that are attributes; members of ensembles come on top.
  const steps =
    expected.steps[0]?.role === 'part'
      ? actual.steps.filter(({ name }) => !name.includes('['))
      : actual.steps
  assert.deepEqual(
    steps.map(({ name, role, columns }) => ({ name, role, columns })),
    expected.steps.map(({ name, role, columns }) => ({ name, role, columns })),
    `${at}: steps`,
  )
  return expected.steps.reduce((count, { name, object }, index) => {
    const found = steps[index]?.object
    if (typeof object === 'string' || typeof found === 'string') {
      assert.equal(found, object, `${at}: ${name}`)
      return count + 1
    }
    return count + compareObject(found ?? null, object, `${at}.${name}`)
  }, 0)
}

/** Asserts that a value is the expected one, exactly. */
export function compareValue(actual: ObjectValue, expected: Expected, at: string): number {
  if (expected === null || typeof expected !== 'object') {
    assert.equal(actual, expected, at)
    return 1
  }
  if (isList(expected)) {
    assert.ok(Array.isArray(actual), `${at}: no list`)
    return compareAll(actual as readonly ObjectValue[], expected, at)
  }
  if ('skip' in expected) return 0
  if ('int' in expected) {
    assert.ok(typeof actual === 'number' || typeof actual === 'bigint', `${at}: no number`)
    assert.equal(BigInt(actual), BigInt(expected.int), at)
    return 1
  }
  if ('float' in expected) {
    assert.ok(typeof actual === 'number', `${at}: no number`)
    assert.ok(
      Object.is(actual, Number(expected.float)),
      `${at}: ${String(actual)} instead of ${expected.float}`,
    )
    return 1
  }
  if ('array' in expected) return compareArray(actual, expected.array, at)
  assert.ok(isObject(actual), `${at}: no dictionary`)
  assert.deepEqual(Object.keys(actual.parameters).sort(), Object.keys(expected.dict).sort(), at)
  return Object.entries(expected.dict).reduce(
    (count, [name, value]) =>
      count + compareValue(actual.parameters[name] as ObjectValue, value, `${at}.${name}`),
    0,
  )
}

function compareArray(actual: ObjectValue, expected: ExpectedArray, at: string): number {
  assert.ok(
    typeof actual === 'object' && actual !== null && 'kind' in actual && actual.kind === 'array',
    `${at}: no array`,
  )
  // A structure is spelled by its fields or by its size.
  if (expected.dtype.startsWith('|V')) assert.match(actual.dtype, /^(\||\[)/, at)
  else assert.equal(actual.dtype, expected.dtype, `${at}: type`)
  assert.deepEqual(actual.shape, expected.shape, `${at}: shape`)
  assert.equal(actual.sha256, expected.sha256, `${at}: digest`)
  if (expected.values === null) return 1
  assert.ok(actual.values, `${at}: no values`)
  return 2 + compareAll(actual.values, expected.values, at)
}

function compareAll(
  actual: readonly ObjectValue[],
  expected: readonly Expected[],
  at: string,
): number {
  assert.equal(actual.length, expected.length, `${at}: length`)
  return expected.reduce(
    (count, value, index) =>
      count + compareValue(actual[index] as ObjectValue, value, `${at}[${String(index)}]`),
    0,
  )
}

function isList(value: Expected): value is readonly Expected[] {
  return Array.isArray(value)
}

function isObject(value: ObjectValue): value is ObjectFacts {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'object'
}
