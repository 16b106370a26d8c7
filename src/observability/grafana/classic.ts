import {
  at,
  isTrue,
  itemsAt,
  placeOf,
  scalarAt,
  textAt,
  type DocumentNode,
} from '../../documents/node.ts'
import type { WrittenPanel, WrittenQuery } from './queries.ts'

/** Data sources whose expressions are no PromQL. */
const OTHER_LANGUAGES =
  /loki|elasticsearch|influx|graphite|cloudwatch|tempo|postgres|mysql|__expr__/i

/** The panels of a classic dashboard: at the top, in rows, in collapsed rows; rows themselves are none. */
export function classicPanels(dashboard: DocumentNode): readonly WrittenPanel[] {
  const visit = (node: DocumentNode): readonly WrittenPanel[] => [
    ...(textAt(node, 'type') === 'row' ? [] : [readPanel(node, dashboard)]),
    ...itemsAt(node, 'panels').flatMap(visit),
  ]
  return [
    ...itemsAt(dashboard, 'panels').flatMap(visit),
    ...itemsAt(dashboard, 'rows').flatMap((row) => itemsAt(row, 'panels').flatMap(visit)),
  ]
}

/** The annotations of a classic dashboard that have an expression. */
export function classicAnnotations(dashboard: DocumentNode): readonly WrittenPanel[] {
  return itemsAt(dashboard, 'annotations', 'list').map((node) => ({
    title: textAt(node, 'name') ?? '',
    type: 'annotation',
    place: placeOf(node),
    ...queriesOf([node], node),
    library: undefined,
  }))
}

function readPanel(node: DocumentNode, dashboard: DocumentNode): WrittenPanel {
  const library = textAt(node, 'libraryPanel', 'uid') ?? textAt(node, 'libraryPanel', 'name')
  // An export for others carries the library panels that it uses.
  const model = library === undefined ? undefined : at(dashboard, '__elements', library, 'model')
  const body = model ?? node
  const queries = queriesOf(itemsAt(body, 'targets'), body)
  const isElsewhere = library !== undefined && queries.queries.length + queries.otherQueries === 0
  return {
    title: textAt(node, 'title') ?? textAt(node, 'libraryPanel', 'name') ?? '',
    type: textAt(body, 'type') ?? '',
    place: placeOf(node),
    ...queries,
    library: isElsewhere ? library : undefined,
  }
}

function queriesOf(
  targets: readonly DocumentNode[],
  panel: DocumentNode,
): Pick<WrittenPanel, 'queries' | 'otherQueries'> {
  const queries = targets.flatMap((target): WrittenQuery[] => {
    const text = scalarAt(target, 'expr')
    const source = sourceOf(target) ?? sourceOf(panel) ?? ''
    if (text === undefined || text.text.trim() === '' || OTHER_LANGUAGES.test(source)) return []
    return [{ refId: textAt(target, 'refId') ?? '', isHidden: isTrue(target, 'hide'), text }]
  })
  return { queries, otherQueries: targets.length - queries.length }
}

function sourceOf(node: DocumentNode): string | undefined {
  return textAt(node, 'datasource', 'type') ?? textAt(node, 'datasource')
}
