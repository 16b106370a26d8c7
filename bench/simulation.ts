import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Cell } from './simulation/page.ts'
import { pageOf, SIZES } from './simulation/page.ts'
import { runCell } from './simulation/run-cell.ts'
import { SCENARIOS } from './simulation/scenarios.ts'

/**
 * Simulates how often the default rule alarms and what it catches, on tables of 20 columns, and
 * exits with 1 when a rate disagrees with the published one.
 *
 *   npx tsx bench/simulation.ts                         all cells, writes docs/simulation.md
 *   npx tsx bench/simulation.ts --cells none:500        some cells, printed as JSON lines
 *   npx tsx bench/simulation.ts --from part1 part2      writes the page from printed lines
 */
const PAGE = 'docs/simulation.md'
const SEED = 1

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cells: { type: 'string' }, from: { type: 'boolean', default: false } },
})

if (values.from) {
  const lines = positionals.flatMap((path) => readFileSync(path, 'utf8').trim().split('\n'))
  writePage(lines.map((line) => JSON.parse(line) as Cell))
} else {
  const wanted = values.cells?.split(',')
  const cells: Cell[] = []
  for (const { reference, current, replicates, rows } of SIZES) {
    for (const scenario of SCENARIOS) {
      if (!rows.some((row) => row.scenario === scenario.id)) continue
      if (wanted !== undefined && !wanted.includes(`${scenario.id}:${String(reference)}`)) continue
      const result = runCell(scenario, reference, current, replicates, SEED)
      const cell = { scenario: scenario.id, reference, current, ...result }
      console.log(JSON.stringify(cell))
      cells.push(cell)
    }
  }
  if (wanted === undefined) writePage(cells)
}

function writePage(cells: readonly Cell[]): void {
  const page = pageOf(cells, SEED)
  writeFileSync(PAGE, page.text)
  if (page.disagreements > 0) {
    console.error(`${String(page.disagreements)} rates disagree, see ${PAGE}`)
    process.exitCode = 1
  }
}
