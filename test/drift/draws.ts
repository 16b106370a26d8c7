import { normal } from '../../bench/simulation/features.ts'
import type { DriftComparison } from '../../src/drift/compare.ts'
import { compareSnapshots } from '../../src/drift/compare.ts'
import type { DriftSettings } from '../../src/drift/settings.ts'
import { DEFAULT_DRIFT_SETTINGS } from '../../src/drift/settings.ts'
import { createRandom } from '../../src/stats/random.ts'
import type { MemoryColumn } from '../memory-snapshot.ts'
import { memorySnapshot } from '../memory-snapshot.ts'

export type Columns = Readonly<Record<string, MemoryColumn>>

/** Settings of a test: no self-check unless it asks for one. */
export function settingsWith(changes: Partial<DriftSettings> = {}): DriftSettings {
  return { ...DEFAULT_DRIFT_SETTINGS, calibrate: 0, ...changes }
}

export function compare(
  reference: Columns,
  current: Columns,
  changes: Partial<DriftSettings> = {},
): Promise<DriftComparison> {
  return compareSnapshots(memorySnapshot(reference), memorySnapshot(current), settingsWith(changes))
}

/** Seeded normal numbers. */
export function normals(seed: number, n: number, mean = 0, deviation = 1): Float64Array {
  const random = createRandom(seed).fork('normals')
  return Float64Array.from({ length: n }, () => mean + deviation * normal(random))
}

/** Seeded labels, the earlier ones more frequent. */
export function labels(seed: number, n: number, values: readonly string[]): string[] {
  const random = createRandom(seed).fork('labels')
  return Array.from({ length: n }, () => {
    const index = Math.min(random.integer(values.length), random.integer(values.length))
    return values[index] ?? ''
  })
}

/**
 * The codes of a column's findings, or of the tables' without a name: there without the sizes, which
 * every comparison has.
 */
export function codes(comparison: DriftComparison, column?: string): string[] {
  const findings =
    column === undefined
      ? comparison.findings.filter(({ code }) => code !== 'ROW_COUNTS')
      : columnOf(comparison, column).findings
  return findings.map(({ code }) => code)
}

export function columnOf(
  comparison: DriftComparison,
  name: string,
): DriftComparison['columns'][number] {
  const column = comparison.columns.find((each) => each.name === name)
  if (column === undefined) throw new Error(`no column ${name}`)
  return column
}

export function keyOf(
  comparison: DriftComparison,
  name: string,
  key: string,
): DriftComparison['columns'][number]['keys'][number] {
  const found = columnOf(comparison, name).keys.find((each) => each.key === key)
  if (found === undefined) throw new Error(`column ${name} has no key ${key}`)
  return found
}

export function shuffled<T>(seed: number, values: readonly T[]): T[] {
  const order = Array.from(values, (_, i) => i)
  createRandom(seed).fork('order').shuffle(order)
  return order.map((i) => values[i] as T)
}
