import type { InspectionLimits } from '../artifact.ts'
import type { ObjectFacts, ObjectValue } from '../object-facts.ts'
import type { PyGlobal, PyNode, PyObject } from '../pickle/node.ts'
import { attributesOf, classOf, classPath, membersOf, namedEntries } from './attributes.ts'
import type { Conversion } from './conversion.ts'
import { derivedParameters } from './derived.ts'
import { isEstimator } from './estimator.ts'
import { columnsOfSteps, ownColumns } from './features.ts'
import { isFitted } from './fitted.ts'
import { partsAmong, stepsOf, type Steps } from './steps.ts'
import { arrayFacts } from './array-facts.ts'

/** Fitted objects do not nest deeper; what does is there to exhaust a reader. */
const DEPTH = 150

/** Arrays of helpers (the nodes of trees, of search structures) are nobody's parameters. */
const HELPER_ELEMENTS = 1000

/** A collection of more is data, and not parts with names. */
const MOST_PARTS = 10_000

/** What an object stands for; `undefined` for those that are described as objects. */
export type KnownObjects = (node: PyObject) => ObjectValue | undefined

/**
 * What a pickled object is, in the terms of scikit-learn: class, fitted or not, columns, every attribute,
 * and the objects inside it. What is nested too deeply, contains itself or is beyond `limits.nodes`
 * becomes an opaque value, so that it is never mistaken for a value that was read.
 *
 * @param node - The object of the file; collections of objects become an object with parts.
 * @param limits - `nodes` bounds the values and elements together, `listedElements` those of one array.
 * @param known - Objects of other libraries that stand for a value, such as the tensors of torch.
 * @returns `null` when the file holds a plain value.
 */
export function objectFacts(
  node: PyNode,
  limits: InspectionLimits,
  known: KnownObjects = () => undefined,
): ObjectFacts | null {
  const conversion = createConversion(limits, known)
  return conversion.object(node) ?? collection(node, conversion)
}

/** Any value of a pickle, within the same bounds. */
export function pyValue(node: PyNode, limits: InspectionLimits): ObjectValue {
  return createConversion(limits, () => undefined).value(node)
}

/** A dictionary, list or array at the top of a file: `{'scaler': ..., 'model': ...}`. */
function collection(node: PyNode, conversion: Conversion): ObjectFacts | null {
  if (node.kind === 'dict') {
    const entries = namedEntries(node.entries)
    const { steps, attributes } = partsAmong(entries, conversion)
    const rest = entries.filter(([name]) => !attributes.has(name))
    return { ...plain('builtins.dict', values(rest, conversion)), steps }
  }
  if (node.kind === 'list' || node.kind === 'tuple') {
    if (node.items.length > MOST_PARTS) {
      return plain(`builtins.${node.kind}`, { items: conversion.value(node) })
    }
    const members = node.items.map((item, index) => [`[${String(index)}]`, item] as const)
    const { steps, attributes } = partsAmong(members, conversion)
    const rest = members.filter(([name]) => !attributes.has(name))
    return { ...plain(`builtins.${node.kind}`, values(rest, conversion)), steps }
  }
  if (node.kind !== 'array') return null
  return plain('numpy.ndarray', { array: conversion.value(node) })
}

function createConversion(limits: InspectionLimits, known: KnownObjects): Conversion {
  const open = new Set<PyNode>()
  let left = limits.nodes
  let inHelper = false

  const guarded = <T>(node: PyNode, refused: T, convert: () => T): T => {
    left -= 1
    if (left < 0 || open.size >= Math.min(DEPTH, limits.depth) || open.has(node)) return refused
    open.add(node)
    try {
      return convert()
    } finally {
      open.delete(node)
    }
  }

  const value = (node: PyNode): ObjectValue => {
    switch (node.kind) {
      case 'none':
        return null
      case 'bool':
      case 'int':
      case 'float':
      case 'text':
        left -= 1
        return node.value
      case 'bytes':
        return opaque('builtins.bytes')
      case 'global':
        return opaque(classPath(node))
      case 'persistent':
        return opaque('persistent')
      case 'list':
      case 'tuple':
      case 'set':
        return guarded<ObjectValue>(node, opaque(`builtins.${node.kind}`), () =>
          node.items.map(value),
        )
      case 'dict':
        return guarded(node, opaque('builtins.dict'), () => dictionary(node.entries, conversion))
      case 'array':
        return guarded(node, opaque('numpy.ndarray'), () => {
          const most = inHelper ? HELPER_ELEMENTS : limits.listedElements
          const facts = arrayFacts(node, Math.min(most, left), value)
          left -= facts.values?.length ?? 0
          return facts.shape.length === 0 ? (facts.values?.[0] ?? facts) : facts
        })
      case 'object':
        return known(node) ?? object(node) ?? opaque(namedCallable(node))
    }
  }

  const object = (node: PyNode): ObjectFacts | null => {
    if (node.kind !== 'object') return null
    const type = classOf(node)
    if (type === undefined || !holdsValues(node)) return null
    const refused = plain(classPath(type), {})
    return guarded(node, refused, () => {
      const outside = inHelper
      inHelper = !isEstimator(node)
      try {
        return described(node, type, conversion)
      } finally {
        inHelper = outside
      }
    })
  }

  const conversion: Conversion = { value, object }
  return conversion
}

function holdsValues(node: PyObject): boolean {
  return attributesOf(node) !== undefined || node.entries.length > 0
}

function described(node: PyObject, type: PyGlobal, conversion: Conversion): ObjectFacts {
  const attributes = new Map([...namedEntries(node.entries), ...(attributesOf(node) ?? [])])
  if (!isEstimator(node)) return helper(node, type, attributes, conversion)
  const own = ownColumns(attributes, conversion)
  const found = stepsOf(type, attributes, own, conversion)
  const inner = columnsOfSteps(found.steps)
  return {
    kind: 'object',
    class: classPath(type),
    fitted: isFitted(type, attributes, found.steps),
    features: own.features ?? inner.features,
    featureCount: own.featureCount ?? inner.featureCount,
    parameters: {
      ...values(
        [...attributes].filter(([name]) => !found.attributes.has(name)),
        conversion,
      ),
      ...derivedParameters(type, attributes, found.steps, conversion),
    },
    steps: found.steps,
  }
}

/** An object that is no estimator keeps its estimators as parts all the same. */
function helper(
  node: PyObject,
  type: PyGlobal,
  attributes: ReadonlyMap<string, PyNode>,
  conversion: Conversion,
): ObjectFacts {
  const found: Steps = partsAmong([...attributes], conversion)
  const rest = [...attributes].filter(([name]) => !found.attributes.has(name))
  const items = membersOf({ kind: 'list', items: node.items }) ?? []
  const parameters = {
    ...values(rest, conversion),
    ...(items.length > 0 ? { items: items.map((item) => conversion.value(item)) } : {}),
  }
  return { ...plain(classPath(type), parameters), steps: found.steps }
}

/** A dictionary with text alone as keys by its keys; any other as pairs, for `1` is not `"1"`. */
function dictionary(
  entries: readonly (readonly [PyNode, PyNode])[],
  conversion: Conversion,
): ObjectValue {
  const texts = namedEntries(entries)
  if (texts.length === entries.length) return plain('builtins.dict', values(texts, conversion))
  return entries.map(([key, each]) => [conversion.value(key), conversion.value(each)])
}

function values(
  entries: readonly (readonly [string, PyNode])[],
  conversion: Conversion,
): Readonly<Record<string, ObjectValue>> {
  return Object.fromEntries(entries.map(([name, node]) => [name, conversion.value(node)]))
}

function plain(name: string, parameters: Readonly<Record<string, ObjectValue>>): ObjectFacts {
  return {
    kind: 'object',
    class: name,
    fitted: null,
    features: null,
    featureCount: null,
    parameters,
    steps: [],
  }
}

function opaque(name: string): ObjectValue {
  return { kind: 'opaque', class: name }
}

function namedCallable({ callable }: PyObject): string {
  return callable.kind === 'global' ? classPath(callable) : callable.kind
}
