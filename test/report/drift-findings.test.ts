import { describe, it } from 'node:test'
import type { Finding } from '../../src/core/finding.ts'
import { compareSnapshots } from '../../src/drift/compare.ts'
import { profileSnapshot } from '../../src/drift/profile.ts'
import type { DriftSettings } from '../../src/drift/settings.ts'
import { compare, labels, normals, settingsWith, type Columns } from '../drift/draws.ts'
import { categories, memorySnapshot, numbers } from '../memory-snapshot.ts'
import { assertWords } from './assert-words.ts'

const N = 1500
const DAY = 86_400_000

async function driftFindings(
  reference: Columns,
  current: Columns,
  changes: Partial<DriftSettings> = {},
): Promise<readonly Finding[]> {
  const { columns, findings } = await compare(reference, current, changes)
  return [...columns.flatMap((column) => column.findings), ...findings]
}

const times = (from: number, step: number) => ({
  type: 'datetime' as const,
  cells: Array.from({ length: N }, (_, row) => from + row * step),
})

describe('findings of a comparison', () => {
  it('have their sentence when columns drift', async () => {
    const x = normals(1, N)
    const pick = (seed: number, values: readonly string[]) => categories(labels(seed, N, values))
    const settings = settingsWith({
      columns: new Map([
        ['declared', { range: { min: -1, max: 1 } }],
        ['listed', { values: ['a', 'b'] }],
        ['ignored', { role: 'ignore' }],
      ]),
    })
    const findings = await driftFindings(
      {
        shape: numbers(x),
        small: numbers(x),
        tail: numbers(x),
        novel: pick(2, ['a', 'b']),
        rare: pick(2, ['a', 'b']),
        gaps: numbers(x),
        declared: numbers(x),
        listed: pick(3, ['a', 'b', 'c']),
        ignored: numbers(x),
        gone: numbers(x),
        kind: numbers(x),
        type: { type: 'integer', cells: Array.from(x, Math.round) },
        empty: numbers(x),
        emptied: numbers(new Array<null>(N).fill(null)),
        nothing: numbers(new Array<null>(N).fill(null)),
        constant: pick(4, ['a', 'b']),
        unit: numbers(x),
        digits: numbers(x, { kind: 'decimals', digits: 6 }),
        scores: numbers(x, { kind: 'decimals', digits: 6 }),
        at: times(0, DAY / 24),
        gap: times(0, DAY / 24),
        nested: { type: 'unsupported', cells: x },
      },
      {
        shape: numbers(normals(5, N, 3)),
        small: numbers(normals(1, N, 0.06)),
        tail: numbers(normals(6, N).map((value, row) => (row % 50 === 0 ? 9 : value))),
        novel: pick(7, ['a', 'b', 'new', '']),
        // Below the level of this column, not below that of the run.
        rare: categories(labels(7, N, ['a', 'b']).map((x, row) => (row < 9 ? 'new' : x))),
        gaps: numbers(Array.from(x, (value, row) => (row % 5 === 0 ? null : value))),
        declared: numbers(x),
        listed: pick(3, ['a', 'b', 'c']),
        ignored: numbers(x),
        added: numbers(x),
        kind: pick(8, ['a', 'b']),
        type: numbers(normals(9, N)),
        empty: numbers(new Array<null>(N).fill(null)),
        emptied: numbers(x),
        nothing: numbers(new Array<null>(N).fill(null)),
        constant: pick(4, ['a']),
        unit: numbers(x.map((value) => value * 1000)),
        digits: numbers(
          x.map((value) => Number(value.toFixed(2))),
          { kind: 'decimals', digits: 2 },
        ),
        scores: numbers(x.map(Math.round), { kind: 'decimals', digits: 0 }),
        at: times(-1e13, 2e10),
        gap: times(1e9, DAY * 10),
        nested: { type: 'unsupported', cells: x },
      },
      { columns: settings.columns },
    )
    assertWords(findings, [
      'SHAPE_DRIFT',
      'TAIL_DRIFT',
      'NOVEL_VALUES',
      'MISSING_RATE_CHANGED',
      'OUT_OF_DECLARED_RANGE',
      'OUTSIDE_VOCABULARY',
      'REFERENCE_OUTSIDE_DECLARATION',
      'COLUMN_IGNORED',
      'MISSING_COLUMN',
      'NEW_COLUMN',
      'NOT_COMPARABLE',
      'TYPE_CHANGED',
      'ALL_MISSING',
      'REFERENCE_ALL_MISSING',
      'EMPTY_ON_BOTH_SIDES',
      'BECAME_CONSTANT',
      'SUSPECTED_UNIT_CHANGE',
      'UNSEEN_VALUES',
      'PRECISION_DIFFERS',
      'PRECISION_LOST',
      'TIMES_RANGE',
      'FAR_FUTURE',
      'FAR_PAST',
      'TIME_GAP',
      'COLUMN_UNSUPPORTED',
    ])
  })

  it('have their sentence when rows are few, dependent or grouped', async () => {
    const few = (seed: number, n: number): Columns => ({ x: numbers(normals(seed, n)) })
    const grouped = (n: number): Columns => ({
      x: numbers(normals(n, N)),
      g: {
        type: 'identifier',
        cells: Array.from({ length: N }, (_, row) => (row === 0 ? null : String(row % n))),
      },
      t: times(0, DAY),
    })
    const walk = normals(3, N)
    for (let row = 1; row < N; row++) walk[row] = 0.9 * (walk[row - 1] ?? 0) + (walk[row] ?? 0)
    const repeated = (seed: number) =>
      numbers(Array.from(normals(seed, N), (_, row, all = normals(seed, N)) => all[row % 300] ?? 0))
    assertWords(
      [
        ...(await driftFindings(few(1, 40), few(2, 40))),
        ...(await driftFindings(few(1, 40), few(2, 40), { acceptSensitivity: 0.9 })),
        ...(await driftFindings(few(1, 30), { x: numbers(normals(2, 30, 0.2)) })),
        ...(await driftFindings(grouped(3), grouped(4), { groupKey: 'g' })),
        ...(await driftFindings(grouped(3), few(4, N), { groupKey: 'g' })),
        ...(await driftFindings(grouped(3), grouped(4), { timeColumn: 't' })),
        ...(await driftFindings({ x: numbers(walk) }, { x: numbers(walk) })),
        ...(await driftFindings(
          { x: repeated(5), y: repeated(6) },
          { x: repeated(5), y: repeated(6) },
        )),
      ],
      [
        'TOO_FEW_ROWS',
        'SENSITIVITY_ACCEPTED',
        'DEPENDENCE_UNKNOWN',
        'TOO_FEW_GROUPS',
        'ROWS_WITHOUT_GROUP',
        'TIME_WINDOWS_TOO_FEW',
        'AUTOCORRELATED_ROWS',
        'DUPLICATE_ROWS',
      ],
    )
  })

  it('have their sentence by every rule, and with a baseline', async () => {
    const table = (seed: number, mean: number): Columns =>
      Object.fromEntries(
        ['a', 'b', 'c', 'd', 'e'].map((name, index) => [
          name,
          numbers(
            Array.from(normals(seed + index, N, mean), (value) =>
              name === 'e' && value > 1 ? null : value,
            ),
          ),
        ]),
      )
    const baseline = await profileSnapshot(memorySnapshot(table(1, 0)), settingsWith())
    const fromBaseline = await compareSnapshots(
      baseline,
      memorySnapshot(table(9, 0.3)),
      settingsWith({ calibrate: 'auto' }),
    )
    assertWords(
      [
        ...(await driftFindings(table(1, 0), table(9, 1), { rule: 'textbook' })),
        ...(await driftFindings(table(1, 0), table(9, 1), { rule: 'evidently' })),
        ...fromBaseline.findings,
        ...fromBaseline.columns.flatMap(({ findings }) => findings),
      ],
      [
        'RULE_DRIFT',
        'TOO_MANY_DRIFTED_FEATURES',
        'DATASET_DRIFT',
        'KEY_NOT_COMPUTED',
        'CALIBRATION_NEEDS_ROWS',
      ],
    )
  })
})
