import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { NothingCheckedError, UsageError } from '../../src/core/errors.ts'
import type { ColumnSettings } from '../../src/drift/settings.ts'
import { codes, columnOf, compare, labels, normals } from './draws.ts'
import { categories, numbers } from '../memory-snapshot.ts'

const N = 1500
const reference = { age: numbers(normals(1, N)), region: categories(labels(1, N, ['n', 's'])) }
const current = { age: numbers(normals(2, N)), region: categories(labels(2, N, ['n', 's'])) }
const settingsFor = (name: string, own: ColumnSettings) => ({ columns: new Map([[name, own]]) })

describe('which columns are compared', () => {
  it('refuses a misspelt column and names the close ones', async () => {
    for (const changes of [
      { only: ['aeg'] },
      settingsFor('Age', { role: 'ignore' }),
      { groupKey: 'agee' },
      { timeColumn: 'ag' },
    ]) {
      await assert.rejects(compare(reference, current, changes), (error) => {
        assert.ok(error instanceof UsageError)
        assert.match(String(error.hint), /did you mean "age"/)
        return true
      })
    }
  })

  it('lists the columns when none is close', async () => {
    await assert.rejects(compare(reference, current, { only: ['zzzzzz'] }), (error) => {
      assert.ok(error instanceof UsageError)
      assert.match(String(error.hint), /the columns are "age", "region"/)
      return true
    })
  })

  it('refuses an unknown rule', async () => {
    await assert.rejects(compare(reference, current, { alsoRules: ['psi'] }), UsageError)
  })

  it('checked nothing where tables have no column in common, or no rows', async () => {
    await assert.rejects(
      compare({ a: numbers([1, 2]) }, { b: numbers([1, 2]) }),
      NothingCheckedError,
    )
    await assert.rejects(compare({ a: numbers([]) }, { a: numbers([1]) }), NothingCheckedError)
    await assert.rejects(compare({ a: numbers([1]) }, { a: numbers([]) }), NothingCheckedError)
    await assert.rejects(
      compare({ a: numbers([1]) }, { a: numbers([1]) }, settingsFor('a', { role: 'ignore' })),
      NothingCheckedError,
    )
  })

  it('fails a missing feature and prediction, and only notes a missing identifier or label', async () => {
    const wide = { ...reference, x: numbers(normals(3, N)) }
    for (const [role, outcome] of [
      ['feature', 'fail'],
      ['prediction', 'fail'],
      ['identifier', 'not-applicable'],
      ['target', 'not-applicable'],
      ['ignore', 'not-applicable'],
    ] as const) {
      const comparison = await compare(wide, current, settingsFor('x', { role }))
      assert.equal(columnOf(comparison, 'x').outcome, outcome, role)
    }
  })

  it('warns about a new column', async () => {
    const comparison = await compare(reference, { ...current, x: numbers(normals(3, N)) })
    assert.equal(columnOf(comparison, 'x').outcome, 'warn')
    assert.deepEqual(codes(comparison, 'x'), ['NEW_COLUMN'])
  })

  it('compares an identifier by its missing rate alone', async () => {
    const ids = (prefix: string) => ({
      type: 'identifier' as const,
      cells: Array.from({ length: N }, (_, row) => `${prefix}${String(row)}`),
    })
    const comparison = await compare({ ...reference, id: ids('a') }, { ...current, id: ids('b') })
    const column = columnOf(comparison, 'id')
    assert.equal(column.outcome, 'pass')
    assert.deepEqual(
      column.keys.map(({ key }) => key),
      ['missing'],
    )
  })

  it('cannot decide a column whose type changed to another kind, and warns about the type', async () => {
    const comparison = await compare(reference, {
      ...current,
      age: categories(labels(1, N, ['a'])),
    })
    assert.equal(columnOf(comparison, 'age').outcome, 'inconclusive')
    assert.deepEqual(codes(comparison, 'age'), ['TYPE_CHANGED', 'NOT_COMPARABLE'])
  })

  it('counts numbers by value where a setting calls them categories', async () => {
    const digits = (seed: number) => ({
      type: 'integer' as const,
      cells: labels(seed, N, ['0', '1', '2']).map(Number),
    })
    const comparison = await compare(
      { k: digits(1) },
      { k: digits(2) },
      settingsFor('k', { type: 'category' }),
    )
    const column = columnOf(comparison, 'k')
    assert.equal(column.type, 'category')
    assert.equal(column.outcome, 'pass')
    assert.ok(column.keys.some(({ key }) => key === 'novel'))
  })

  it('says that whole numbers stored as floating point are the same', async () => {
    const whole = labels(1, N, ['1', '2', '3', '4']).map(Number)
    const same = await compare({ k: { type: 'integer', cells: whole } }, { k: numbers(whole) })
    assert.equal(columnOf(same, 'k').outcome, 'pass')
    const broken = await compare(
      { k: { type: 'integer', cells: whole } },
      { k: numbers(whole.map((value, row) => (row === 0 ? 1.5 : value))) },
    )
    assert.equal(columnOf(broken, 'k').outcome, 'warn')
  })

  it('compares only what is asked for', async () => {
    const comparison = await compare(reference, current, { only: ['region'] })
    assert.deepEqual(
      comparison.columns.map(({ name }) => name),
      ['region'],
    )
  })
})
