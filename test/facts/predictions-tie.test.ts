import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { FactContext } from '../../src/facts/context.ts'
import { tieToData } from '../../src/facts/predictions-tie.ts'
import { readRowValues } from '../../src/facts/row-values.ts'
import { categories, memorySnapshot, numbers } from '../memory-snapshot.ts'

type Cell = string | number | null
interface Row {
  readonly key: string
  readonly label: Cell
}

/** What ties predictions with these rows to data with those. */
async function tie(predicted: readonly Row[], data: readonly Row[], options: TieOptions = {}) {
  const { hasKey = false, task = 'binary-classification' } = options
  const table = (rows: readonly Row[]) =>
    memorySnapshot({
      label: (task === 'regression' ? numbers : categories)(rows.map(({ label }) => label)),
      key: categories(rows.map(({ key }) => key)),
    })
  const columns = await readRowValues(table(predicted), ['label', 'key'])
  const [label, key] = [columns.get('label'), columns.get('key')]
  assert.ok(label && key)
  const context = {
    manifest: {
      model: { task },
      data: { test: 'test.csv', target: 'label', ...(hasKey ? { key: 'key' } : {}) },
    },
    openSnapshot: () => Promise.resolve(table(data)),
  } as unknown as FactContext
  const source = { path: 'predictions.csv', sha256: '1'.repeat(64) }
  const rows = predicted.length
  const found = await tieToData(
    { split: 'test', source, rows, label, key: hasKey ? key : undefined },
    context,
  )
  return found.tie
}

interface TieOptions {
  readonly hasKey?: boolean
  readonly task?: 'binary-classification' | 'regression'
}

const rowsOf = (label: fc.Arbitrary<Cell>) =>
  fc
    .array(label, { minLength: 1, maxLength: 12 })
    .map((labels) => labels.map((each, at): Row => ({ key: `k${String(at >> 1)}`, label: each })))
const classes = rowsOf(fc.constantFrom('late', 'on-time', '01', '1'))

test('the same labels in the same order tie, whatever they are', async () => {
  await fc.assert(
    fc.asyncProperty(classes, async (rows) => {
      const found = await tie(rows, rows)
      assert.deepEqual([found.kind, 'by' in found && found.by], ['tied', 'row-order'])
    }),
  )
})

test('a row that is left out, added or labelled otherwise never ties, with a key or without', async () => {
  await fc.assert(
    fc.asyncProperty(classes, fc.nat(), fc.boolean(), async (rows, at, hasKey) => {
      const row = at % rows.length
      const more = [...rows, { key: 'new', label: 'late' }]
      assert.equal((await tie(rows.toSpliced(row, 1), rows, { hasKey })).kind, 'rows-differ')
      assert.equal((await tie(more, rows, { hasKey })).kind, 'rows-differ')
      const changed = rows.with(row, { key: rows[row]?.key ?? '', label: 'early' })
      const found = await tie(changed, rows, { hasKey })
      assert.ok(found.kind === 'labels-differ')
      assert.deepEqual([found.difference.rows, found.difference.label], [1, 'early'])
    }),
  )
})

test('another order ties by key alone', async () => {
  const rows = ['late', 'on-time', 'on-time'].map((label, at) => ({ key: `k${String(at)}`, label }))
  assert.equal((await tie(rows.toReversed(), rows)).kind, 'labels-differ')
  const found = await tie(rows.toReversed(), rows, { hasKey: true })
  assert.deepEqual([found.kind, 'by' in found && found.by], ['tied', 'key'])
})

test('numbers tie as 32-bit floats do, and no further; infinity is itself alone', async () => {
  const as = (...labels: number[]) => labels.map((label, at) => ({ key: String(at), label }))
  const kind = async (predicted: number[], data: number[]) =>
    (await tie(as(...predicted), as(...data), { task: 'regression' })).kind
  assert.equal(await kind([0.1, 1e6 / 3], [Math.fround(0.1), Math.fround(1e6 / 3)]), 'tied')
  assert.equal(await kind([0.1, 2], [0.1001, 2]), 'labels-differ')
  assert.equal(await kind([Infinity, 2], [Infinity, 2]), 'tied')
  assert.equal(await kind([Infinity, 2], [5, 2]), 'labels-differ')
})

test('rows of the data without a label may be left out, and only those', async () => {
  const rows = [
    { key: 'a', label: 'late' },
    { key: 'b', label: null },
    { key: 'c', label: 'on-time' },
  ]
  const labelled = rows.filter(({ label }) => label !== null)
  assert.equal((await tie(labelled, rows)).kind, 'tied')
  assert.equal((await tie(labelled.slice(1), rows)).kind, 'rows-differ')
})
