import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeProject } from './projects.ts'

interface Observed {
  readonly strictest: string
  readonly equality: Readonly<Record<string, string>>
  readonly scoreGaps?: Readonly<Record<string, { readonly changed: number; readonly p95: number }>>
}

async function observed(leaf: string): Promise<Observed> {
  const [judgement] = await judgeProject('code.reproducibility', leaf)
  const [evidence] = 'evidence' in judgement ? (judgement.evidence ?? []) : []
  return evidence?.observed as unknown as Observed
}

test('the strictest equality that holds for all runs is named, beside that of each', async () => {
  const same = await observed('pass')
  assert.equal(same.strictest, 'identical text')
  assert.deepEqual(Object.keys(same.equality), [
    'repeated',
    'fresh-ids',
    'shuffled-rows',
    'single-rows',
    'hash-seed',
    'one-thread',
    'many-threads',
  ])
  assert.equal(same.scoreGaps, undefined)
  assert.equal((await observed('pass-within-tolerance')).strictest, 'within tolerance')
  assert.equal((await observed('fail-order')).strictest, 'different labels')
})

test('how far scores moved is told where they moved, and nowhere else', async () => {
  const { equality, scoreGaps, strictest } = await observed('warn-threads')
  assert.equal(strictest, 'equal labels')
  assert.equal(equality['repeated'], 'identical text')
  assert.deepEqual(Object.keys(scoreGaps ?? {}), ['one-thread', 'many-threads'])
  const gaps = scoreGaps?.['one-thread']
  assert.equal(gaps?.changed, 12)
  assert.ok(Math.abs(gaps.p95 - 1e-4) < 1e-9, String(gaps.p95))
})
