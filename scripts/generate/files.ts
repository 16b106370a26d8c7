import { CHECKS } from '../../src/checks/registry.ts'
import { RULE_TEXTS } from '../../src/report/rules.ts'
import { STATISTICS } from '../../src/stats/registry.ts'
import { jsonSchemas } from '../schemas/json-schemas.ts'
import { checkIndex, checkPage } from './check-pages.ts'
import { exitCodePage } from './exit-code-page.ts'
import { findingsPage } from './findings-page.ts'
import { rulesPage } from './rules-page.ts'
import { schemaPage } from './schema-pages.ts'
import { statisticIndex, statisticPage } from './statistic-pages.ts'

/** Files that people write; the others are written by mlcheck and read by programs. */
const WRITTEN_BY_PEOPLE = [
  'model',
  'checklist',
  'settings',
  'attestations',
  'waivers',
  'oncall',
  'actions',
]

/** Folders that hold generated files and nothing else. */
export const GENERATED_FOLDERS = ['docs/checks', 'docs/files', 'docs/statistics', 'schemas']

/** The text of every generated file by its path from the root, in a stable order. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const schemas = Object.entries(jsonSchemas())
  return new Map([
    ...schemas.map(
      ([name, schema]) =>
        [`schemas/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`] as const,
    ),
    ...schemas
      .filter(([name]) => WRITTEN_BY_PEOPLE.includes(name))
      .map(([name, schema]) => [`docs/files/${name}.md`, schemaPage(schema)] as const),
    ['docs/checks/README.md', checkIndex(CHECKS)],
    ...CHECKS.map((check) => [`docs/checks/${check.id}.md`, checkPage(check)] as const),
    ['docs/statistics/README.md', statisticIndex(STATISTICS)],
    ...STATISTICS.map(
      (statistic) => [`docs/statistics/${statistic.id}.md`, statisticPage(statistic)] as const,
    ),
    ['docs/findings.md', findingsPage()],
    ['docs/rules.md', rulesPage(RULE_TEXTS)],
    ['docs/exit-codes.md', exitCodePage()],
  ])
}
