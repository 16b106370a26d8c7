import {
  at,
  entriesAt,
  isTrue,
  itemsAt,
  placeOf,
  scalarAt,
  textAt,
  type DocumentNode,
} from '../../documents/node.ts'
import type { WrittenPanel, WrittenQuery } from './queries.ts'

/** Data sources that are read with PromQL; what `DataQuery` names none of may be Prometheus too. */
const PROMQL = /prometheus|victoriametrics|mimir|thanos|cortex|^$/i

/** The panels of a dashboard resource of version 2, in the order of its elements. */
export function resourcePanels(spec: DocumentNode): readonly WrittenPanel[] {
  return entriesAt(spec, 'elements').map(([name, { value }]): WrittenPanel => {
    const panel = at(value, 'spec')
    const library = textAt(panel, 'libraryPanel', 'uid') ?? textAt(panel, 'libraryPanel', 'name')
    const viz = at(panel, 'vizConfig')
    return {
      title: textAt(panel, 'title') ?? name,
      type: textAt(viz, 'group') ?? textAt(viz, 'kind') ?? '',
      place: placeOf(value),
      ...queriesOf(itemsAt(panel, 'data', 'spec', 'queries')),
      library: textAt(value, 'kind') === 'LibraryPanel' ? (library ?? name) : undefined,
    }
  })
}

/** The annotations of a dashboard resource of version 2 that have an expression. */
export function resourceAnnotations(spec: DocumentNode): readonly WrittenPanel[] {
  return itemsAt(spec, 'annotations').map((node) => ({
    title: textAt(node, 'spec', 'name') ?? '',
    type: 'annotation',
    place: placeOf(node),
    ...queriesOf([node]),
    library: undefined,
  }))
}

function queriesOf(nodes: readonly DocumentNode[]): Pick<WrittenPanel, 'queries' | 'otherQueries'> {
  const queries = nodes.flatMap((node): WrittenQuery[] => {
    const body = at(node, 'spec')
    const query = at(body, 'query')
    const kind = textAt(query, 'kind') ?? ''
    // The first form of the schema had the data source as the kind of the query.
    const source = kind === 'DataQuery' ? (textAt(query, 'group') ?? '') : kind
    const text = scalarAt(query, 'spec', 'expr')
    if (text === undefined || text.text.trim() === '' || !PROMQL.test(source)) return []
    return [{ refId: textAt(body, 'refId') ?? '', isHidden: isTrue(body, 'hidden'), text }]
  })
  return { queries, otherQueries: nodes.length - queries.length }
}
