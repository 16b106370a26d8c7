import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { InputError } from '../../core/errors.ts'
import type { GradedFinding } from '../../core/finding.ts'
import type { Inspection } from '../artifact.ts'
import { inspected, malformed, record, type Found } from '../inspection.ts'
import type { ArrayFacts, ObjectFacts, ObjectStep } from '../object-facts.ts'
import { childrenOf, descendantsOf, parseElements, type Element } from './elements.ts'

/** The document is held as a tree of elements. */
const FILE_BYTES = 64 * 1024 * 1024

/**
 * What a PMML document says: its fields with types, ranges and the values that replace missing ones,
 * and its linear scalings.
 *
 * @param path - absolute.
 * @returns unsafe when it declares a document type, through which a reader fetches files; inconclusive
 *   when it calls functions that are none of PMML, or is not whole.
 * Source: https://dmg.org/pmml/v4-4-1, DataDictionary, MiningSchema, Transformations.
 */
export function inspectPmml(path: string): Promise<Inspection> {
  return inspected('pmml', async () => {
    const name = basename(path)
    if ((await stat(path)).size > FILE_BYTES) throw new InputError(`${name} is larger than 64 MB`)
    const text = await readFile(path, 'utf8')
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) {
      return { reasons: [{ code: 'PMML_DOCUMENT_TYPE', severity: 'fail', args: {} }] }
    }
    const root = parseElements(text, name).find(({ tag }) => tag === 'PMML')
    return root === undefined ? { reasons: [malformed(`${name} has no PMML`)] } : describe(root)
  })
}

function describe(root: Element): Found {
  const [header] = childrenOf(root, 'Header')
  const [application] = childrenOf(header, 'Application')
  const { name, version = null } = application?.attributes ?? {}
  const functions = descendantsOf(root, 'Apply').flatMap(({ attributes }) =>
    attributes['function']?.includes('.') === true ? [attributes['function']] : [],
  )
  const foreign = [...new Set(functions)].sort()
  const reasons: GradedFinding[] =
    foreign.length === 0
      ? []
      : [{ code: 'PMML_FOREIGN_FUNCTIONS', severity: 'inconclusive', args: { functions: foreign } }]
  const [dictionary] = childrenOf(root, 'DataDictionary')
  if (dictionary === undefined) reasons.push(malformed('it has no DataDictionary'))
  return {
    reasons,
    producers: name === undefined ? [] : [{ library: name, version }],
    object: document(root, dictionary),
  }
}

function document(root: Element, dictionary: Element | undefined): ObjectFacts {
  const model = root.children.find((child) => childrenOf(child, 'MiningSchema').length > 0)
  const uses = childrenOf(childrenOf(model, 'MiningSchema')[0], 'MiningField')
  const inputs = uses.filter(({ attributes }) => (attributes['usageType'] ?? 'active') === 'active')
  const names = inputs.map(({ attributes }) => attributes['name'] ?? '')
  return {
    kind: 'object',
    class: `pmml.${model?.tag ?? 'PMML'}`,
    fitted: model !== undefined,
    features: model === undefined ? null : names,
    featureCount: model === undefined ? null : names.length,
    parameters: {
      version: root.attributes['version'] ?? null,
      function_name: model?.attributes['functionName'] ?? null,
      data_dictionary: childrenOf(dictionary, 'DataField').map(dataField),
      mining_schema: uses.map(({ attributes }) => record('pmml.MiningField', attributes)),
    },
    steps: descendantsOf(root, 'NormContinuous').map(scaling),
  }
}

function dataField(field: Element): ObjectFacts {
  const values = childrenOf(field, 'Value').map(({ attributes }) => attributes['value'] ?? null)
  const intervals = childrenOf(field, 'Interval').map(
    ({ attributes: { leftMargin, rightMargin } }) =>
      record('pmml.Interval', {
        low: leftMargin === undefined ? null : Number(leftMargin),
        high: rightMargin === undefined ? null : Number(rightMargin),
      }),
  )
  return record('pmml.DataField', { ...field.attributes, values, intervals })
}

/** A line through points: `orig` of the data becomes `norm`. */
function scaling(element: Element): ObjectStep {
  const field = element.attributes['field'] ?? ''
  const points = childrenOf(element, 'LinearNorm')
  const numbers = (attribute: string): ArrayFacts => ({
    kind: 'array',
    dtype: '<f8',
    shape: [points.length],
    values: points.map(({ attributes }) => Number(attributes[attribute] ?? Number.NaN)),
    sha256: null,
  })
  const object: ObjectFacts = {
    ...record('pmml.NormContinuous', { orig: numbers('orig'), norm: numbers('norm') }),
    fitted: true,
    features: [field],
    featureCount: 1,
  }
  return { name: field, role: 'branch', columns: [field], object }
}
