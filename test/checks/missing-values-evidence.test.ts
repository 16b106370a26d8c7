import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeProject } from './projects.ts'

const ID = 'data.missing-values'

async function evidenceOf(leaf: string) {
  const [judgement] = await judgeProject(ID, leaf)
  return 'evidence' in judgement ? (judgement.evidence ?? []) : []
}

async function argsOf(leaf: string) {
  const [judgement] = await judgeProject(ID, leaf)
  return judgement.findings?.[0]?.args
}

test('a treatment that was not run is documented, beside the gaps that were counted', async () => {
  for (const leaf of ['pass-imputed', 'pass-not-allowed']) {
    const evidence = await evidenceOf(leaf)
    assert.deepEqual(
      evidence.map(({ level }) => level),
      ['recomputed', 'documented'],
      leaf,
    )
    assert.match(evidence[1]?.claim ?? '', /was not run/)
    assert.deepEqual(evidence[1]?.observed, { income: 'impute' })
  }
})

test('where nothing is promised, nothing is said to be documented only', async () => {
  assert.deepEqual(
    (await evidenceOf('pass')).map(({ level }) => level),
    ['recomputed'],
  )
})

test('a treatment that was run says which features it was asked about', async () => {
  const [, run] = await evidenceOf('pass-executed')
  assert.equal(run?.level, 'executed')
  assert.deepEqual(run.observed, {
    data: 'reference.csv',
    treated: ['income'],
    answered: true,
    rejected: ['age'],
    notRejected: [],
    crashed: [],
  })
})

test('the feature without which there is no answer is named, or all that fail only together', async () => {
  assert.deepEqual(await argsOf('fail-undefined-answer'), {
    features: ['income'],
    problem: 'PREDICT_OUTPUT_UNDEFINED',
    data: 'reference.csv',
  })
  const together = await argsOf('fail-only-together')
  assert.deepEqual(together?.['features'], ['age', 'income'])
})

test('a gap in any data file counts, not only in the reference', async () => {
  const args = await argsOf('fail-in-test')
  assert.equal(args?.['file'], 'test.csv')
  assert.equal(args['rows'], 4)
})

test('an imputer that could not be held against training data is documented, not recomputed', async () => {
  for (const [leaf, level] of [
    ['pass-imputer', 'recomputed'],
    ['pass-imputer-not-computed', 'documented'],
  ] as const) {
    const [, imputer] = await evidenceOf(leaf)
    assert.equal(imputer?.level, level, leaf)
    assert.match(imputer.claim, /imputer/)
  }
})
