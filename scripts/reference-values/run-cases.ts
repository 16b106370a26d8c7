import type { Tolerance } from './compare.ts'
import { agrees } from './compare.ts'
import { readInput } from './generators.ts'
import { distanceKinds } from './kinds-distances.ts'
import { testKinds } from './kinds-tests.ts'

/** One case of a reference-value file. */
export interface ReferenceCase {
  readonly id: string
  readonly stat: string
  readonly input: Readonly<Record<string, unknown>>
  readonly params?: Readonly<Record<string, unknown>>
  readonly expected: Readonly<Record<string, unknown>>
  /** A quantity without a tolerance has to be met exactly. */
  readonly tol?: Readonly<Record<string, Tolerance>>
}

export interface CaseRun {
  readonly passed: number
  /** One line per quantity that differs, and per case that threw. */
  readonly failures: readonly string[]
  readonly failed: number
  /** Kinds without an adapter, with their numbers of cases. */
  readonly unknownKinds: ReadonlyMap<string, number>
}

const kinds = { ...testKinds, ...distanceKinds }

/** Runs cases against the product's own functions. */
export function runCases(cases: readonly ReferenceCase[]): CaseRun {
  const failures: string[] = []
  const unknownKinds = new Map<string, number>()
  let passed = 0
  let failed = 0
  for (const reference of cases) {
    const adapter = Object.hasOwn(kinds, reference.stat) ? kinds[reference.stat] : undefined
    if (adapter === undefined) {
      unknownKinds.set(reference.stat, (unknownKinds.get(reference.stat) ?? 0) + 1)
      continue
    }
    const differences = differencesOf(reference, adapter)
    if (differences.length === 0) passed++
    else failed++
    failures.push(...differences)
  }
  return { passed, failed, failures, unknownKinds }
}

function differencesOf(
  { id, input, params = {}, expected, tol = {} }: ReferenceCase,
  adapter: (typeof kinds)[string],
): string[] {
  // A case that compares nothing must not count as passed.
  if (Object.keys(expected).length === 0) return [`${id}: expects nothing`]
  let got: Record<string, unknown>
  try {
    got = adapter(
      readInput(input) as Record<string, unknown>,
      readInput(params) as Record<string, unknown>,
    )
  } catch (error) {
    return [`${id}: threw ${String(error)}`]
  }
  return Object.entries(expected)
    .map(([name, raw]) => ({ name, want: readInput(raw) }))
    .filter(({ name, want }) => !agrees(got[name], want, tol[name]))
    .map(
      ({ name, want }) =>
        `${id} ${name}: got ${show(got[name]) ?? 'nothing'}, expected ${show(want) ?? 'nothing'}`,
    )
}

function show(value: unknown): string | undefined {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'number' && !Number.isFinite(inner) ? String(inner) : inner,
  )
}
