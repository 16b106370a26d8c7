import type { Location } from '../../core/evidence.ts'
import type { GradedFinding } from '../../core/finding.ts'
import { parseJsonDocument } from '../../documents/json.ts'
import { at, DocumentError, placeOf, textAt, type DocumentNode } from '../../documents/node.ts'
import type { PlacedExpression } from '../prometheus/placed.ts'
import { classicPanels, classicAnnotations } from './classic.ts'
import { resourceAnnotations, resourcePanels } from './resource.ts'
import { readQuery, readVariableQuery, type WrittenPanel } from './queries.ts'
import { classicVariables, resourceVariables, type Variable } from './variables.ts'

export interface PanelQuery {
  readonly refId: string
  readonly isHidden: boolean
  readonly expr: PlacedExpression
}

export interface Panel {
  readonly title: string
  readonly type: string
  readonly place: Location
  readonly queries: readonly PanelQuery[]
  /** The library panel whose queries are not in this file. */
  readonly library: string | undefined
  /** Queries of data sources that are not read with PromQL. */
  readonly otherQueries: number
}

export interface Dashboard {
  readonly path: string
  readonly title: string
  /** Plain JSON, or the resource of `dashboard.grafana.app` version 0 and 1, or 2. */
  readonly schema: 'classic' | 'v1' | 'v2' | undefined
  readonly panels: readonly Panel[]
  /** Queries of variables and annotations: they read metrics and show none. */
  readonly helpers: readonly { readonly name: string; readonly expr: PlacedExpression }[]
  readonly findings: readonly GradedFinding[]
}

interface Written {
  readonly schema: 'classic' | 'v1' | 'v2'
  readonly title: string
  readonly panels: readonly WrittenPanel[]
  readonly annotations: readonly WrittenPanel[]
  readonly variables: readonly Variable[]
}

/**
 * Reads a Grafana dashboard: classic JSON (bare, or in the answer of the HTTP API), and the
 * resources of `dashboard.grafana.app`. Variables are given values, so that every expression parses.
 *
 * @param path how places name the file
 * @returns panels with their PromQL; a file that is no dashboard has a finding, never an error
 */
export function readDashboard(path: string, text: string): Dashboard {
  try {
    const root = parseJsonDocument(path, text)
    const written = writtenDashboard(root)
    if (written === undefined) return unreadable(path, placeOf(root), 'it has no panels')
    return finish(path, written)
  } catch (error) {
    if (error instanceof DocumentError) return unreadable(path, error.place, error.message)
    throw error
  }
}

function unreadable(path: string, location: Location, reason: string): Dashboard {
  const finding: GradedFinding = {
    code: 'DASHBOARD_UNREADABLE',
    severity: 'inconclusive',
    args: { file: path, reason },
    location,
  }
  return { path, title: '', schema: undefined, panels: [], helpers: [], findings: [finding] }
}

function writtenDashboard(root: DocumentNode): Written | undefined {
  const version = /^dashboard\.grafana\.app\/v(\d+)/.exec(textAt(root, 'apiVersion') ?? '')?.[1]
  const spec = at(root, 'spec')
  const wrapped = at(root, 'dashboard')
  const body = spec ?? wrapped ?? root
  const title = textAt(body, 'title') ?? ''
  if (at(body, 'elements')?.kind === 'map') {
    return {
      schema: 'v2',
      title,
      panels: resourcePanels(body),
      annotations: resourceAnnotations(body),
      variables: resourceVariables(body),
    }
  }
  if (at(body, 'panels') === undefined && at(body, 'rows') === undefined) return undefined
  return {
    schema: version === undefined ? 'classic' : 'v1',
    title,
    panels: classicPanels(body),
    annotations: classicAnnotations(body),
    variables: classicVariables(body),
  }
}

function finish(path: string, written: Written): Dashboard {
  const { schema, title, variables } = written
  const findings: GradedFinding[] = []
  const panels = written.panels.map((panel): Panel => {
    const queries = panel.queries.map(({ refId, isHidden, text }) => ({
      refId,
      isHidden,
      ...readQuery(text, variables),
    }))
    findings.push(...queries.flatMap((query) => queryFindings(panel.title, query)))
    if (panel.library !== undefined) findings.push(libraryFinding(panel, panel.library))
    return {
      title: panel.title,
      type: panel.type,
      place: panel.place,
      queries,
      library: panel.library,
      otherQueries: panel.otherQueries,
    }
  })
  const ofVariables = variables.flatMap(({ name, query }) => {
    const expr = query === undefined ? undefined : readVariableQuery(query, variables)
    return expr === undefined ? [] : [{ name, expr }]
  })
  const ofAnnotations = written.annotations.flatMap(({ title: name, queries }) =>
    queries.map(({ text }) => ({ name, expr: readQuery(text, variables).expr })),
  )
  return { path, title, schema, panels, helpers: [...ofVariables, ...ofAnnotations], findings }
}

function queryFindings(
  panel: string,
  { expr, unknown }: ReturnType<typeof readQuery>,
): readonly GradedFinding[] {
  const undeclared = unknown.map((variable): GradedFinding => ({
    code: 'DASHBOARD_VARIABLE_UNKNOWN',
    severity: 'warn',
    args: { panel, variable },
    location: expr.place,
  }))
  if (expr.problem === undefined) return undeclared
  const { offset, reason } = expr.problem
  const hasVariables = /\$|\[\[/.test(expr.text)
  const broken: GradedFinding = {
    code: hasVariables ? 'DASHBOARD_QUERY_UNDECIDED' : 'DASHBOARD_QUERY_INVALID',
    severity: hasVariables ? 'inconclusive' : 'warn',
    args: { panel, reason },
    location: expr.placeAt(offset),
  }
  return [...undeclared, broken]
}

function libraryFinding({ title, place }: WrittenPanel, library: string): GradedFinding {
  return {
    code: 'DASHBOARD_LIBRARY_PANEL',
    severity: 'notice',
    args: { panel: title, library },
    location: place,
  }
}
