import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RULES, findRule } from '../../src/drift/rules/registry.ts'
import { RULE_IDS } from '../../src/drift/settings.ts'
import { RULE_TEXTS } from '../../src/report/rules.ts'
import { columnOf, compare, labels, normals, settingsWith } from '../drift/draws.ts'
import type { Columns } from '../drift/draws.ts'
import { categories, numbers } from '../memory-snapshot.ts'

const N = 1500
const NOTHING = new Array<null>(N).fill(null)

const table = (seed: number): Columns => ({
  x: numbers(normals(seed, N)),
  c: categories(labels(seed, N, ['a', 'b', 'c'])),
  text: { type: 'text', cells: labels(seed, N, ['one', 'two words', 'three words here']) },
  id: { type: 'identifier', cells: Array.from({ length: N }, (_, row) => String(row)) },
  at: { type: 'datetime', cells: Array.from({ length: N }, (_, row) => row * 3_600_000) },
})

describe('the registry of rules', () => {
  it('holds every rule that settings can name, once, with its words', () => {
    assert.deepEqual(
      RULES.map(({ id }) => id),
      [...RULE_IDS],
    )
    for (const rule of RULES) {
      assert.equal(findRule(rule.id), rule)
      const words = RULE_TEXTS.filter(({ id }) => id === rule.id)
      assert.equal(words.length, 1)
      assert.ok((words[0]?.decides.length ?? 0) > 100)
    }
  })

  for (const { id } of RULES) {
    describe(id, () => {
      const settings = settingsWith({ rule: id })

      it('never passes a column that lost all its values', async () => {
        for (const name of ['x', 'c']) {
          const broken = { ...table(2), [name]: { ...table(2)[name], cells: NOTHING } } as Columns
          const comparison = await compare(table(1), broken, settings)
          assert.equal(columnOf(comparison, name).outcome, 'fail')
        }
      })

      it('never passes what it could not compute', async () => {
        const infinite = { ...table(2), x: numbers(new Float64Array(N).fill(Infinity)) }
        const comparison = await compare(table(1), infinite, settings)
        assert.notEqual(columnOf(comparison, 'x').outcome, 'pass')
      })

      it('sees a column of another law', async () => {
        const moved = { ...table(2), x: numbers(normals(3, N, 2)) }
        const outcome = columnOf(await compare(table(1), moved, settings), 'x').outcome
        assert.ok(outcome === 'warn' || outcome === 'fail', outcome)
      })

      it('gives a reason beside every number that is missing', async () => {
        const { columns } = await compare(table(1), table(2), settings)
        for (const key of columns.flatMap(({ keys }) => keys)) {
          const fields = key as unknown as Readonly<Record<string, unknown>>
          for (const [name, value] of Object.entries(fields)) {
            if (value === null) assert.equal(typeof fields[`${name}Reason`], 'string', name)
            if (typeof value === 'number') assert.ok(Number.isFinite(value), name)
          }
        }
      })

      it('gives the same verdict twice', async () => {
        assert.deepEqual(
          await compare(table(1), table(2), settings),
          await compare(table(1), table(2), settings),
        )
      })
    })
  }
})
