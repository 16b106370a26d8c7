import type { KeyName } from '../../core/result.ts'
import type { CodedUnits, NumericUnits, UnitColumn } from './unit-column.ts'

/** The statistic of each key under one deal of the units; large speaks for drift. */
export type DealtStatistics = Partial<Record<KeyName, number>>

/** How a statistic's value translates into an effect in share of rows. */
export type EffectScale = Partial<Record<KeyName, number>>

/** A column with what does not change from deal to deal. */
export interface Dealer {
  /** Per unit 0 (reference) or 1 (current). Complexity: O(n), no sorting. */
  statistics(side: Uint8Array): DealtStatistics
  /** Effect per unit of the statistic, for the sizes of one deal. */
  scale(side: Uint8Array): EffectScale
}

const SMALL_EXPECTED = 5

/**
 * The statistics behind the keys of one column, for any deal of its units: D times
 * sqrt(nm/(n+m)) for numbers, the root of X^2 for categories, and the plain effects of tail, novel
 * and missing.
 *
 * @param column - A prepared column.
 * @param keys - Which keys the rule judges.
 */
export function dealerOf(column: UnitColumn, keys: ReadonlySet<KeyName>): Dealer {
  const units = unitCount(column)
  const validPerUnit = perUnit(
    column.kind === 'numeric' ? column.unitOfSorted : column.unitOfCode,
    units,
  )
  const missingPerUnit = perUnit(column.unitOfMissing, units)
  const values = column.kind === 'numeric' ? numericKeys(column) : codedKeys(column)
  const sizes = (side: Uint8Array): Sizes => countSizes(side, validPerUnit, missingPerUnit)
  return {
    statistics: (side) => {
      const size = sizes(side)
      const missing = Math.abs(
        rate(size.missing[1], size.valid[1]) - rate(size.missing[0], size.valid[0]),
      )
      const all: DealtStatistics = { ...values.statistics(side, size), missing }
      return Object.fromEntries(Object.entries(all).filter(([key]) => keys.has(key as KeyName)))
    },
    scale: (side) => ({ ...values.scale(sizes(side)), missing: 1, tail: 1, novel: 1 }),
  }
}

interface Sizes {
  readonly valid: readonly [number, number]
  readonly missing: readonly [number, number]
}

interface ValueKeys {
  statistics(side: Uint8Array, size: Sizes): DealtStatistics
  scale(size: Sizes): EffectScale
}

function unitCount(column: UnitColumn): number {
  const units = column.kind === 'numeric' ? column.unitOfSorted : column.unitOfCode
  let most = -1
  for (const unit of units) if (unit > most) most = unit
  for (const unit of column.unitOfMissing) if (unit > most) most = unit
  return most + 1
}

function perUnit(units: Uint32Array, count: number): Float64Array {
  const rows = new Float64Array(count)
  for (const unit of units) rows[unit] = (rows[unit] as number) + 1
  return rows
}

function countSizes(side: Uint8Array, valid: Float64Array, missing: Float64Array): Sizes {
  const sizes = { valid: [0, 0] as [number, number], missing: [0, 0] as [number, number] }
  for (let unit = 0; unit < valid.length; unit++) {
    const where = side[unit] === 0 ? 0 : side[unit] === 1 ? 1 : undefined
    if (where === undefined) continue
    sizes.valid[where] += valid[unit] as number
    sizes.missing[where] += missing[unit] as number
  }
  return sizes
}

function rate(missing: number, valid: number): number {
  return missing + valid === 0 ? 0 : missing / (missing + valid)
}

function numericKeys({ sorted, unitOfSorted }: NumericUnits): ValueKeys {
  return {
    statistics: (side, { valid: [n, m] }) => {
      if (n === 0 || m === 0) return { shape: 0, tail: 0 }
      const root = Math.sqrt(n / (1 + n / m))
      return {
        shape: largestDistance(sorted, unitOfSorted, side, n, m) * root,
        tail: exceedance(sorted, unitOfSorted, side, n, m),
      }
    },
    scale: ({ valid: [n, m] }) => ({ shape: Math.sqrt(1 / n + 1 / m) }),
  }
}

function largestDistance(
  sorted: Float64Array,
  units: Uint32Array,
  side: Uint8Array,
  n: number,
  m: number,
): number {
  let i = 0
  let j = 0
  let largest = 0
  const last = sorted.length - 1
  for (let k = 0; k <= last; k++) {
    const where = side[units[k] as number]
    if (where === 0) i++
    else if (where === 1) j++
    if (k < last && sorted[k] === sorted[k + 1]) continue
    const difference = i / n - j / m
    if (difference > largest) largest = difference
    else if (-difference > largest) largest = -difference
  }
  return largest
}

function exceedance(
  sorted: Float64Array,
  units: Uint32Array,
  side: Uint8Array,
  n: number,
  m: number,
): number {
  const r = Math.max(1, Math.floor(0.001 * n))
  const below = countedBeyond(sorted, units, side, { r, from: 0, step: 1 })
  const above = countedBeyond(sorted, units, side, { r, from: sorted.length - 1, step: -1 })
  return (below + above) / m - (2 * r) / (n + 1)
}

/** Current values strictly beyond the r-th reference value, seen from one end. */
function countedBeyond(
  sorted: Float64Array,
  units: Uint32Array,
  side: Uint8Array,
  { r, from, step }: { readonly r: number; readonly from: number; readonly step: 1 | -1 },
): number {
  let seen = 0
  let counted = 0
  let inTie = 0
  for (let k = from; k >= 0 && k < sorted.length; k += step) {
    const where = side[units[k] as number]
    if (k !== from && sorted[k] !== sorted[k - step]) {
      if (seen >= r) return counted
      counted += inTie
      inTie = 0
    }
    if (where === 0) seen++
    else if (where === 1) inTie++
  }
  return seen >= r ? counted : counted + inTie
}

function codedKeys({ codes, labels, unitOfCode }: CodedUnits): ValueKeys {
  const pooled = new Float64Array(labels.length)
  for (const code of codes) pooled[code] = (pooled[code] as number) + 1
  return {
    statistics: (side, { valid: [n, m] }) => {
      if (n === 0 || m === 0) return { shape: 0, novel: 0 }
      const inReference = new Float64Array(labels.length)
      for (let i = 0; i < codes.length; i++) {
        if (side[unitOfCode[i] as number] !== 0) continue
        const code = codes[i] as number
        inReference[code] = (inReference[code] as number) + 1
      }
      return codedStatistics(pooled, inReference, n, m)
    },
    scale: ({ valid: [n, m] }) => ({
      shape: Math.sqrt((1 / n + 1 / m) / leverage(Math.max(...pooled) / codes.length)),
    }),
  }
}

function leverage(p: number): number {
  return p >= 1 ? 4 : 1 / p + 1 / (1 - p)
}

function codedStatistics(
  pooled: Float64Array,
  inReference: Float64Array,
  n: number,
  m: number,
): DealtStatistics {
  const least = (SMALL_EXPECTED * (n + m)) / Math.min(n, m)
  let chiSquare = 0
  let novel = 0
  let rare = 0
  let rareExcess = 0
  for (let code = 0; code < pooled.length; code++) {
    const all = pooled[code] as number
    const excess = (inReference[code] as number) - (all * n) / (n + m)
    if (inReference[code] === 0) novel += all
    if (all >= least) chiSquare += (excess * excess) / all
    else {
      rare += all
      rareExcess += excess
    }
  }
  if (rare > 0) chiSquare += (rareExcess * rareExcess) / rare
  const total = n + m
  return { shape: Math.sqrt((chiSquare * total * total) / n / m), novel: novel / m }
}
