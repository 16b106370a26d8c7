import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { jsonSchemas } from '../../scripts/schemas/json-schemas.ts'
import { formatBaseline, parseBaseline } from '../../src/drift/baseline.ts'
import { profileSnapshot } from '../../src/drift/profile.ts'
import { normals, settingsWith } from '../drift/draws.ts'
import { categories, memorySnapshot, numbers } from '../memory-snapshot.ts'

const N = 2000
const label = (row: number): string => `label ${String(row % 300)}`

/** Every shape that a column takes: grid and table of values, infinities, categories beyond the cap, nothing. */
const snapshot = memorySnapshot({
  grid: numbers(normals(1, N), { kind: 'decimals', digits: 17 }),
  single: numbers(normals(2, N), { kind: 'float32' }),
  double: numbers(
    Array.from(normals(3, N), (x, row) => (row === 0 ? Infinity : row === 1 ? null : x)),
    { kind: 'float64' },
  ),
  infinite: numbers(Array.from({ length: N }, () => -Infinity)),
  few: { type: 'integer', cells: Array.from({ length: N }, (_, row) => row % 7) },
  tied: numbers(Array.from(normals(4, N), (x, row) => (row % 2 === 0 ? 0 : x))),
  empty: numbers(Array.from({ length: N }, () => null)),
  time: { type: 'datetime', cells: Array.from({ length: N }, (_, row) => row * 3_600_000) },
  category: categories(Array.from({ length: N }, (_, row) => label(row))),
  flag: { type: 'boolean', cells: Array.from({ length: N }, (_, row) => row % 2 === 0) },
  note: { type: 'text', cells: Array.from({ length: N }, (_, row) => label(row)) },
  id: { type: 'identifier', cells: Array.from({ length: N }, (_, row) => String(row)) },
})

type Json = Record<string, unknown>

async function written(): Promise<Json> {
  return JSON.parse(formatBaseline(await profileSnapshot(snapshot, settingsWith()))) as Json
}

const validate = new Ajv({ strict: true }).compile(jsonSchemas()['baseline'] ?? {})

/** The way to every object of a value. */
function* objectsOf(value: unknown, way: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield way
  for (const [key, each] of Object.entries(value)) yield* objectsOf(each, [...way, key])
}

function changed(value: Json, way: readonly string[], change: (object: Json) => void): Json {
  const copy = structuredClone(value)
  change(way.reduce((object, key) => object[key] as Json, copy))
  return copy
}

test('the baseline schema accepts what profile writes, whatever the columns', async () => {
  const baseline = await written()
  assert.ok(validate(baseline), JSON.stringify(validate.errors))
  const text = JSON.stringify(baseline)
  const parts = 'grid values ties categories Infinity -Infinity float32 float64 decimals meanReason'
  for (const part of parts.split(' ')) assert.ok(text.includes(`"${part}"`), part)
})

test('the baseline schema refuses an unknown key in every object', async () => {
  const baseline = await written()
  let objects = 0
  for (const way of objectsOf(baseline)) {
    // The names of quantiles are probabilities, and any is allowed.
    if (way.at(-1) === 'quantiles') continue
    const wrong = changed(baseline, way, (object) => {
      object['extra'] = 0.5
    })
    assert.ok(!validate(wrong), way.join('.'))
    objects += 1
  }
  assert.ok(objects > 50)
})

/** That one of two must be there follows from counts, which JSON Schema cannot add up. */
const FOLLOWS_FROM_COUNTS = new Set(['grid', 'values', 'numeric', 'categories'])

test('what the loader refuses for a missing key, the schema refuses too', async () => {
  const baseline = await written()
  let refused = 0
  for (const way of objectsOf(baseline)) {
    const object = way.reduce((inner, key) => inner[key] as Json, baseline)
    for (const key of Object.keys(object)) {
      const lacking = changed(baseline, way, (inner) => {
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
        delete inner[key]
      })
      if (isRead(lacking)) continue
      if (FOLLOWS_FROM_COUNTS.has(key) || way.at(-1) === 'quantiles') continue
      refused += 1
      assert.ok(!validate(lacking), [...way, key].join('.'))
    }
  }
  assert.ok(refused > 100)
})

function isRead(value: unknown): boolean {
  try {
    parseBaseline(value)
    return true
  } catch {
    return false
  }
}

test('a null of a summary has its reason in a baseline too', async () => {
  const baseline = await written()
  const way = ['columns', '0', 'summary']
  assert.ok(!validate(changed(baseline, way, (summary) => (summary['mean'] = null))))
  assert.ok(
    validate(
      changed(baseline, way, (summary) => {
        Object.assign(summary, { mean: null, meanReason: 'no value' })
      }),
    ),
  )
})
