import { hypergeometricTail } from './distributions/hypergeometric.ts'
import { studentTSurvival } from './distributions/student-t.ts'
import { wilsonInterval, type Interval } from './intervals/proportion.ts'

/** A feature as levels: its categories, or the bins of its numbers. */
export interface SegmentFeature {
  readonly levels: number
  /** The level of each row; -1 where a row is in none. */
  readonly codes: Int32Array
}

/** What counts as a segment, and how surely it must be weak. */
export interface SegmentOptions {
  /** Segments of fewer rows, or that leave fewer outside, are not tested. */
  readonly minSupport: number
  /** The probability of any segment at all where errors do not depend on the features. */
  readonly alpha: number
  /** A weak segment has at least so many times the error rate of all rows. */
  readonly minRatio: number
  /** The group of each row, from 0; rows of one group are not independent. */
  readonly groups?: Uint32Array
}

/** Rows of one level of one feature, or of one level of each of two. */
export interface WeakSegment {
  readonly parts: readonly { readonly feature: number; readonly level: number }[]
  readonly rows: number
  readonly errors: number
  readonly rate: number
  /** Of `rate`; of groups, as wide as if each were one row. */
  readonly interval: Interval
  /** After adjustment for the number of segments that were tested. */
  readonly pValue: number
}

/** The segments of a search that are weak beyond chance, and what was searched. */
export interface WeakSegments {
  /** Worst first: by the lower end of their interval. */
  readonly segments: readonly WeakSegment[]
  readonly tested: number
}

/**
 * The segments of one or two features whose error rate is higher than elsewhere by more than chance.
 *
 * One-sided exact tests given the margins (hypergeometric), half of alpha for segments of one feature and
 * half for those of two, each divided by the number of segments with enough rows (Bonferroni): where
 * errors do not depend on the features, any segment at all comes with probability alpha at most. A
 * segment of two features must also be worse than the rest of each of its one-feature segments, so that
 * it is not named for what one feature explains, and every segment must be weak without the rows of the
 * worse ones. With groups the p-value is the larger of that and of a
 * t-test of the score with cluster-robust variance, whose degrees of freedom are the groups on the
 * smaller side less one.
 *
 * @param errors - 1 for a row with an error, 0 for one without.
 * @param features - Levels of the same rows.
 * @param options - Support, level, ratio, groups.
 * @returns The segments and how many were tested; none where nothing varies.
 * @throws RangeError when lengths differ or an option is out of range.
 * Missing values: a level of their own, which the caller makes. Complexity: O(rows * features^2).
 * Source: Fisher 1935; Dunn 1961, JASA 56; Liang, Zeger 1986, Biometrika 73.
 */
export function weakSegments(
  errors: Uint8Array,
  features: readonly SegmentFeature[],
  options: SegmentOptions,
): WeakSegments {
  requireOptions(errors, features, options)
  const total = errors.reduce((sum, error) => sum + error, 0)
  const counts = features.map((feature) => countsOf(errors, feature))
  const search: Search = { errors, features, counts, ...options, total }
  const singles = features.flatMap((_, feature) => singlesOf(search, feature))
  const pairs = features.flatMap((_, first) =>
    features.slice(first + 1).flatMap((__, after) => pairsOf(search, first, first + 1 + after)),
  )
  const found = [...tested(search, singles), ...tested(search, pairs)]
  found.sort((a, b) => b.interval.low - a.interval.low || b.rate - a.rate || b.rows - a.rows)
  const factor = 2 * Math.max(singles.length, pairs.length)
  return { segments: unexplained(search, found, factor), tested: singles.length + pairs.length }
}

interface Search extends SegmentOptions {
  readonly errors: Uint8Array
  readonly features: readonly SegmentFeature[]
  /** Rows and errors of each level of each feature. */
  readonly counts: readonly (readonly [rows: Int32Array, errors: Int32Array])[]
  /** Errors of all rows. */
  readonly total: number
}

interface Candidate {
  readonly parts: WeakSegment['parts']
  readonly rows: number
  readonly errors: number
  /** The one-feature segments that hold it, with their rows and errors. */
  readonly parents: readonly {
    readonly feature: number
    readonly level: number
    readonly rows: number
    readonly errors: number
  }[]
}

function requireOptions(
  errors: Uint8Array,
  features: readonly SegmentFeature[],
  { alpha, minRatio, minSupport, groups }: SegmentOptions,
): void {
  const lengths = [...features.map(({ codes }) => codes.length), ...(groups ? [groups.length] : [])]
  if (lengths.some((length) => length !== errors.length)) throw new RangeError('lengths differ')
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`not a probability: ${String(alpha)}`)
  if (!(minRatio >= 1)) throw new RangeError(`not a ratio of at least 1: ${String(minRatio)}`)
  if (!(minSupport >= 1)) throw new RangeError(`not a support: ${String(minSupport)}`)
}

function countsOf(
  errors: Uint8Array,
  { codes, levels }: SegmentFeature,
): readonly [Int32Array, Int32Array] {
  const rows = new Int32Array(levels)
  const wrong = new Int32Array(levels)
  for (let row = 0; row < errors.length; row++) {
    const code = codes[row] as number
    if (code < 0) continue
    rows[code] = (rows[code] as number) + 1
    wrong[code] = (wrong[code] as number) + (errors[row] as number)
  }
  return [rows, wrong]
}

function isLarge({ errors, minSupport }: Search, rows: number): boolean {
  return rows >= minSupport && errors.length - rows >= minSupport
}

function singlesOf(search: Search, feature: number): readonly Candidate[] {
  const [rows, wrong] = search.counts[feature] as Search['counts'][number]
  return Array.from(rows).flatMap((count, level): Candidate[] =>
    isLarge(search, count)
      ? [{ parts: [{ feature, level }], rows: count, errors: wrong[level] ?? 0, parents: [] }]
      : [],
  )
}

function pairsOf(search: Search, first: number, second: number): readonly Candidate[] {
  const { errors, features, counts } = search
  const a = features[first] as SegmentFeature
  const b = features[second] as SegmentFeature
  const rows = new Int32Array(a.levels * b.levels)
  const wrong = new Int32Array(rows.length)
  for (let row = 0; row < errors.length; row++) {
    const x = a.codes[row] as number
    const y = b.codes[row] as number
    if (x < 0 || y < 0) continue
    const cell = x * b.levels + y
    rows[cell] = (rows[cell] as number) + 1
    wrong[cell] = (wrong[cell] as number) + (errors[row] as number)
  }
  const [rowsA, wrongA] = counts[first] as Search['counts'][number]
  const [rowsB, wrongB] = counts[second] as Search['counts'][number]
  const candidates: Candidate[] = []
  for (const [cell, count] of rows.entries()) {
    if (!isLarge(search, count)) continue
    const [x, y] = [Math.floor(cell / b.levels), cell % b.levels]
    const parents = [
      { feature: first, level: x, rows: rowsA[x] ?? 0, errors: wrongA[x] ?? 0 },
      { feature: second, level: y, rows: rowsB[y] ?? 0, errors: wrongB[y] ?? 0 },
    ]
    // The same rows as one feature alone names are that feature's segment.
    if (parents.some((parent) => parent.rows === count)) continue
    const parts = parents.map(({ feature, level }) => ({ feature, level }))
    candidates.push({ parts, rows: count, errors: wrong[cell] ?? 0, parents })
  }
  return candidates
}

/**
 * The segments that are still weak, at half of alpha, without the rows of those before them: `old` is not named for
 * what `old and alone` explains.
 */
function unexplained(
  search: Search,
  sorted: readonly WeakSegment[],
  factor: number,
): readonly WeakSegment[] {
  const { errors, minRatio, total, alpha } = search
  const left = new Uint8Array(errors.length).fill(1)
  const limit = minRatio * (total / errors.length)
  return sorted.filter(({ parts }) => {
    const members = memberOf(search, parts)
    const all = { rows: 0, errors: 0 }
    const inside = { rows: 0, errors: 0 }
    for (const [row, error] of errors.entries()) {
      if (left[row] === 0) continue
      all.rows += 1
      all.errors += error
      if (members[row] === 0) continue
      inside.rows += 1
      inside.errors += error
    }
    if (inside.rows === 0 || inside.errors / inside.rows < limit) return false
    if (
      hypergeometricTail(inside.errors, all.errors, all.rows - all.errors, inside.rows) * factor >=
      alpha
    )
      return false
    for (const [row, isMember] of members.entries()) if (isMember === 1) left[row] = 0
    return true
  })
}

/** The candidates of one family that are weak at half of alpha. */
function tested(search: Search, candidates: readonly Candidate[]): readonly WeakSegment[] {
  const { errors, total, minRatio, alpha } = search
  const factor = 2 * candidates.length
  const limit = minRatio * (total / errors.length)
  return candidates.flatMap((candidate) => {
    const rate = candidate.errors / candidate.rows
    // A rate above that of all rows is asked of every segment, whatever the ratio rounds to.
    if (rate < limit || total === 0) return []
    const adjust = (p: number) => Math.min(1, p * factor)
    const plain = adjust(exactP(candidate, errors.length, total))
    if (plain >= alpha) return []
    const inParents = candidate.parents.map((parent) =>
      adjust(exactP(candidate, parent.rows, parent.errors)),
    )
    const pValue = Math.max(plain, ...inParents)
    if (pValue >= alpha) return []
    if (search.groups === undefined) {
      const interval = wilsonInterval(candidate.errors, candidate.rows)
      return [{ ...named(candidate, rate), interval, pValue }]
    }
    const members = memberOf(search, candidate.parts)
    const grouped = [undefined, ...candidate.parents].map((parent) => {
      const within = parent === undefined ? undefined : memberOf(search, [parent])
      return adjust(clusterP(errors, members, within, search.groups as Uint32Array))
    })
    const worst = Math.max(pValue, ...grouped)
    if (worst >= alpha) return []
    const interval = groupedInterval(rate, groupsIn(members, search.groups))
    return [{ ...named(candidate, rate), interval, pValue: worst }]
  })
}

function named({ parts, rows, errors }: Candidate, rate: number) {
  return { parts, rows, errors, rate }
}

/** The chance of as many errors in a part of some rows, were they spread over all of them at random. */
function exactP({ rows, errors }: Candidate, allRows: number, allErrors: number): number {
  return hypergeometricTail(errors, allErrors, allRows - allErrors, rows)
}

function memberOf({ features, errors }: Search, parts: WeakSegment['parts']): Uint8Array {
  const members = new Uint8Array(errors.length).fill(1)
  for (const { feature, level } of parts) {
    const { codes } = features[feature] as SegmentFeature
    for (let row = 0; row < members.length; row++) if (codes[row] !== level) members[row] = 0
  }
  return members
}

function groupsIn(members: Uint8Array, groups: Uint32Array): number {
  const seen = new Set<number>()
  for (const [row, isMember] of members.entries())
    if (isMember === 1) seen.add(groups[row] as number)
  return seen.size
}

function groupedInterval(rate: number, groups: number): Interval {
  return wilsonInterval(Math.round(rate * groups), groups)
}

/** The score test of a higher rate among the members, the terms of one group added before squaring. */
function clusterP(
  errors: Uint8Array,
  members: Uint8Array,
  within: Uint8Array | undefined,
  groups: Uint32Array,
): number {
  let rows = 0
  let inside = 0
  let wrong = 0
  for (const [row, error] of errors.entries()) {
    if (within?.[row] === 0) continue
    rows += 1
    inside += members[row] as number
    wrong += error
  }
  const scores = new Map<number, number>()
  const sides = [new Set<number>(), new Set<number>()] as const
  for (const [row, error] of errors.entries()) {
    if (within?.[row] === 0) continue
    const group = groups[row] as number
    const isMember = members[row] as number
    sides[isMember === 1 ? 1 : 0].add(group)
    const term = (isMember - inside / rows) * (error - wrong / rows)
    scores.set(group, (scores.get(group) ?? 0) + term)
  }
  let score = 0
  let variance = 0
  for (const term of scores.values()) {
    score += term
    variance += term * term
  }
  const df = Math.min(sides[0].size, sides[1].size) - 1
  if (df < 1 || variance === 0) return 1
  return studentTSurvival(score / Math.sqrt(variance), df)
}
