import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { InterruptedError } from '../../src/core/errors.ts'
import { comparePredictions } from '../../src/facts/compare-predictions.ts'
import {
  acceptAnswer,
  predict,
  type PredictRequest,
  type PredictResult,
} from '../../src/runner/predict.ts'
import { createRunner } from '../../src/runner/runner.ts'

const SCRIPT = fileURLToPath(new URL('../../fixtures/runner/predict.mjs', import.meta.url))
const root = realpathSync(mkdtempSync(join(tmpdir(), 'predict-test-')))
const folder = join(root, 'project')
mkdirSync(folder)
const temporaryRoot = mkdtempSync(join(root, 'temporary-'))
const options = {
  folder,
  temporaryRoot,
  environment: { PATH: process.env['PATH'] },
  isolation: 'none',
} as const
const runner = createRunner(options)

after(async () => {
  await runner.dispose()
  rmSync(root, { recursive: true, force: true })
})

const RULES = {
  numericPredictions: false,
  scoresAreShares: true,
  needsScore: false,
  missing: ['-999'],
} as const

const request = (way: string, change: Partial<PredictRequest> = {}): PredictRequest => ({
  line: [process.execPath, SCRIPT, way, '{input}', '{output}'],
  timeoutMs: 5000,
  table: {
    columns: ['x', 'note'],
    rows: [
      ['-1', 'a'],
      ['0.5', 'b'],
      ['2', 'c'],
    ],
  },
  ids: ['0', '1', '2'],
  rules: RULES,
  ...change,
})

async function codeOf(way: string, change?: Partial<PredictRequest>): Promise<string> {
  const result: PredictResult = await predict(runner, request(way, change))
  return result.kind === 'failed' ? result.problem.code : result.kind
}

test('a good answer is read as text by row id', async () => {
  const result = await predict(runner, request('good'))
  assert.equal(result.kind, 'predicted')
  assert.deepEqual(result.predictions.columns, ['prediction', 'score'])
  assert.deepEqual(result.predictions.rows.get('0'), ['0', String(1 / (1 + Math.E))])
  assert.equal(result.predictions.rows.size, 3)
})

test('columns beyond the protocol are kept, for any may be a prediction', async () => {
  const result = await predict(runner, request('extra-column'))
  assert.equal(result.kind, 'predicted')
  assert.deepEqual(result.predictions.columns, ['prediction', 'score', 'stamp'])
})

test('no spelling of a missing value is a prediction, and no infinity', () => {
  const spellings = ['', ' ', 'NaN', 'nan', 'NAN', '-nan', 'na', 'N/A', '<NA>', 'NaT', 'None']
  for (const cell of [...spellings, 'NULL', 'inf', '-Inf', '+INFINITY', '-999']) {
    const table = { columns: ['__row', 'prediction'], rows: [['0', cell]] }
    const answer = acceptAnswer(table, { ids: ['0'], rules: RULES })
    assert.ok('code' in answer && answer.code === 'PREDICT_OUTPUT_UNDEFINED', cell)
  }
  const label = { columns: ['__row', 'prediction'], rows: [['0', 'nan-tucket']] }
  assert.ok('rows' in acceptAnswer(label, { ids: ['0'], rules: RULES }))
})

test('a score of a classification lies in 0 to 1, any other may be any finite number', () => {
  const codeFor = (cell: string, scoresAreShares: boolean) => {
    const table = { columns: ['__row', 'prediction', 'score_a'], rows: [['0', 'a', cell]] }
    const answer = acceptAnswer(table, { ids: ['0'], rules: { ...RULES, scoresAreShares } })
    return 'code' in answer ? answer.code : 'accepted'
  }
  for (const cell of ['0', '1', '1e-9', '0.5']) assert.equal(codeFor(cell, true), 'accepted', cell)
  for (const cell of ['-1e-9', '1.000001', '7']) {
    assert.equal(codeFor(cell, true), 'PREDICT_OUTPUT_UNDEFINED', cell)
    assert.equal(codeFor(cell, false), 'accepted', cell)
  }
})

test('a score that is declared must be answered', () => {
  const rules = { ...RULES, needsScore: true }
  const columns = (names: string[]) => ({ columns: ['__row', ...names], rows: [] })
  const answer = acceptAnswer(columns(['prediction', 'Score']), { ids: [], rules })
  assert.ok('code' in answer)
  assert.deepEqual(answer.args['missing'], ['score'])
  assert.ok('rows' in acceptAnswer(columns(['prediction', 'score_yes']), { ids: [], rules }))
})

test('many columns are compared in no more time than they take to read', async () => {
  const startedAt = performance.now()
  const result = await predict(runner, request('many-columns', { timeoutMs: 20_000 }))
  assert.equal(result.kind, 'predicted')
  const { differences } = comparePredictions(result.predictions, result.predictions)
  assert.deepEqual(differences, [])
  assert.ok(performance.now() - startedAt < 15_000)
})

test('a folder that the command locks is removed all the same', async () => {
  const before = readdirSync(temporaryRoot).length
  const own = createRunner(options)
  const result = await predict(own, request('locked-folder'))
  assert.equal(result.kind, 'predicted')
  await own.dispose()
  assert.equal(readdirSync(temporaryRoot).length, before)
})

test('a placeholder may be a part of an argument', async () => {
  const script = TEXT_ANSWER.replace('process.argv[2]', "process.argv[2].replace('out=', '')")
  const line = [process.execPath, '-e', script, 'in={input}', 'out={output}'] as const
  assert.equal(await codeOf('', { line }), 'predicted')
})

const BROKEN: Readonly<Record<string, string>> = {
  'no-output': 'PREDICT_OUTPUT_MISSING',
  empty: 'PREDICT_OUTPUT_UNREADABLE',
  'header-only': 'PREDICT_OUTPUT_ROWS_MISSING',
  'lose-a-row': 'PREDICT_OUTPUT_ROWS_MISSING',
  'repeat-a-row': 'PREDICT_OUTPUT_REPEATED_ROW',
  'invent-a-row': 'PREDICT_OUTPUT_UNKNOWN_ROW',
  'nan-score': 'PREDICT_OUTPUT_UNDEFINED',
  'none-prediction': 'PREDICT_OUTPUT_UNDEFINED',
  'infinite-score': 'PREDICT_OUTPUT_UNDEFINED',
  'no-row-column': 'PREDICT_OUTPUT_COLUMNS',
  'ragged-line': 'PREDICT_OUTPUT_UNREADABLE',
  'open-quote': 'PREDICT_OUTPUT_UNREADABLE',
  'long-quote': 'PREDICT_OUTPUT_ROWS_MISSING',
  'many-lines': 'PREDICT_OUTPUT_UNREADABLE',
  'many-cells': 'PREDICT_OUTPUT_UNREADABLE',
  'no-utf-8': 'PREDICT_OUTPUT_UNREADABLE',
  'exit-1': 'PREDICT_EXITED',
}
for (const [way, code] of Object.entries(BROKEN)) {
  test(`an answer that goes wrong by ${way} is ${code}`, async () => {
    assert.equal(await codeOf(way), code)
  })
}

test('a prediction of a regression must be a number', async () => {
  const text = { line: [process.execPath, '-e', TEXT_ANSWER, '{input}', '{output}'] } as const
  assert.equal(await codeOf('', text), 'predicted')
  assert.equal(
    await codeOf('', { ...text, rules: { ...RULES, numericPredictions: true } }),
    'PREDICT_OUTPUT_UNDEFINED',
  )
})
const TEXT_ANSWER =
  "require('node:fs').writeFileSync(process.argv[2], '__row,prediction\\n0,a\\n1,b\\n2,c\\n')"

test('a command without its placeholders is not run', async () => {
  const line = [process.execPath, SCRIPT, 'good', '{input}'] as const
  assert.equal(await codeOf('good', { line }), 'PREDICT_COMMAND_INCOMPLETE')
})

test('a time-out, a missing program and a failure are told apart', async () => {
  const args = ['{input}', '{output}'] as const
  const hang = [process.execPath, '-e', 'setTimeout(() => {}, 60000)', ...args] as const
  assert.equal(await codeOf('', { line: hang, timeoutMs: 200 }), 'PREDICT_TIMED_OUT')
  assert.equal(await codeOf('', { line: ['no-such-program', ...args] }), 'PREDICT_NOT_STARTED')
})

test('an abort is an interruption, not an answer', async () => {
  const controller = new AbortController()
  const aborted = createRunner({ ...options, signal: controller.signal })
  controller.abort()
  await assert.rejects(predict(aborted, request('good')), InterruptedError)
  await aborted.dispose()
})
