import type { DocumentNode, ScalarNode } from '../../documents/node.ts'
import { at, itemsAt, scalarAt, textAt } from '../../documents/node.ts'

/** A variable of a dashboard. */
export interface Variable {
  readonly name: string
  /** A value that is written in the dashboard; `undefined` when the data source gives the values. */
  readonly value: string | undefined
  /** The query whose results are the values. */
  readonly query: ScalarNode | undefined
}

/** Kinds of variables whose values stand in the dashboard. */
const STATIC = ['constant', 'custom', 'textbox', 'interval', 'text', 'switch']

/** The variables of a classic dashboard. */
export function classicVariables(dashboard: DocumentNode): readonly Variable[] {
  return itemsAt(dashboard, 'templating', 'list').map((node) => {
    const type = textAt(node, 'type') ?? 'query'
    return {
      name: textAt(node, 'name') ?? '',
      value: STATIC.includes(type) ? staticValue(node) : undefined,
      query: type === 'query' ? queryText(at(node, 'query'), at(node, 'definition')) : undefined,
    }
  })
}

/** The variables of a dashboard resource of version 2. */
export function resourceVariables(spec: DocumentNode): readonly Variable[] {
  return itemsAt(spec, 'variables').map((variable) => {
    const type = (textAt(variable, 'kind') ?? '').replace(/Variable$/, '').toLowerCase()
    const node = at(variable, 'spec')
    return {
      name: textAt(node, 'name') ?? '',
      value: STATIC.includes(type) && node !== undefined ? staticValue(node) : undefined,
      query:
        type === 'query' ? queryText(at(node, 'query', 'spec'), at(node, 'definition')) : undefined,
    }
  })
}

function staticValue(node: DocumentNode): string | undefined {
  const current = at(node, 'current', 'value')
  const chosen = current?.kind === 'list' ? textAt(current.items[0]) : textAt(current)
  const options = itemsAt(node, 'options').map((option) => textAt(option, 'value'))
  const listed = (textAt(node, 'query') ?? '').split(',').map((text) => text.trim())
  return [chosen, ...options, ...listed].find(
    (value) => value !== undefined && value !== '' && !value.startsWith('$'),
  )
}

function queryText(
  query: DocumentNode | undefined,
  definition: DocumentNode | undefined,
): ScalarNode | undefined {
  const [found] = [
    scalarAt(query),
    scalarAt(query, 'query'),
    scalarAt(query, 'expr'),
    scalarAt(query, '__legacyStringValue'),
    scalarAt(definition),
  ].filter((scalar) => scalar !== undefined && scalar.text !== '')
  return found
}
