/** The programs mlcheck is timed against. One that is not installed is named and left out. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import type { Pair } from './data.ts'
import type { Command } from './measure.ts'

const python = process.env['MLCHECK_BENCH_PYTHON'] ?? 'python3'

export interface Peer {
  readonly id: string
  readonly title: string
  isInstalled(): boolean
  command(pair: Pair): Command
}

function canImport(...modules: readonly string[]): boolean {
  const probe = spawnSync(python, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' })
  return probe.status === 0
}

const script = (name: string): string => path.join(import.meta.dirname, 'peers', name)

export const bareNode: Command = { name: 'node -e 0', file: process.execPath, args: ['-e', '0'] }

export const peers: readonly Peer[] = [
  {
    id: 'pandas-scipy',
    title: 'pandas with scipy',
    isInstalled: () => canImport('pandas', 'scipy', 'pyarrow'),
    command: (pair) => ({
      name: 'pandas with scipy',
      file: python,
      args: [script('pandas_scipy.py'), pair.reference, pair.current],
    }),
  },
  {
    id: 'duckdb-scan',
    title: 'DuckDB reading every column',
    isInstalled: () => canImport('duckdb'),
    command: (pair) => ({
      name: 'DuckDB reading every column',
      file: python,
      args: [script('duckdb_scan.py'), pair.reference, pair.current],
    }),
  },
]
