import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, describe, test } from 'node:test'
import { findCheck } from '../../src/checks/registry.ts'
import type { Judgement } from '../../src/core/judgement.ts'
import { defaultParams } from '../../src/core/params.ts'
import { createFacts } from '../../src/facts/fact-store.ts'
import { onnxWorker } from '../../src/runner/onnx-session.ts'
import { createRunner } from '../../src/runner/runner.ts'
import { startWorker, type Worker } from '../../src/runner/worker.ts'
import { contextOf } from '../checks/projects.ts'

const root = path.resolve(import.meta.dirname, '../..')
const models = path.join(root, 'fixtures/checks/model-files')
// Below the folder into which onnxruntime-node was installed, so that it is found from the project.
const folder = realpathSync(mkdtempSync(path.join(root, '.cache/node/onnx-')))
after(() => rmSync(folder, { recursive: true, force: true }))

const RULES = {
  numericPredictions: true,
  scoresAreShares: false,
  needsScore: false,
  missing: [],
} as const

async function withWorker(
  model: string,
  features: readonly string[],
  task: string,
  use: (worker: Worker) => Promise<void>,
): Promise<void> {
  const runner = createRunner({
    folder,
    temporaryRoot: folder,
    environment: { PATH: process.env['PATH'] },
    isolation: 'none',
  })
  const line = onnxWorker({ model, features, task, folder })
  assert.ok(line, 'onnxruntime-node is not installed')
  const worker = await startWorker(runner, { line, timeoutMs: 30_000, rules: RULES })
  try {
    await use(worker)
  } finally {
    await worker.close()
    await runner.dispose()
  }
}

describe('an ONNX model in a process of its own', () => {
  test('takes all features as one matrix, in the order of the manifest', async () => {
    const model = path.join(models, 'matrix.onnx')
    await withWorker(model, ['a', 'b'], 'regression', async (worker) => {
      const answer = await worker.ask([
        { b: 2, a: 1 },
        { a: 2.5, b: -1 },
      ])
      assert.equal(answer.kind, 'predicted')
      assert.deepEqual([...answer.predictions.rows.values()], [['3'], ['1.5']])
    })
  })

  test('takes each feature as an input of its own, by name', async () => {
    // The weights are 0 to 5 in rows of three: the scores are age * (0, 1, 2) + income * (3, 4, 5).
    for (const file of ['named.onnx', 'integers.onnx']) {
      const model = path.join(models, file)
      const features = ['age', 'income']
      await withWorker(model, features, 'multiclass-classification', async (worker) => {
        const answer = await worker.ask([{ income: 2, age: 1 }])
        assert.equal(answer.kind, 'predicted')
        assert.deepEqual(answer.predictions.rows.get('0'), ['2', '6', '9', '12'], file)
      })
    }
  })

  test('refuses text, a lost column and a fraction in place of a whole number', async () => {
    const model = path.join(models, 'integers.onnx')
    await withWorker(model, ['age', 'income'], 'multiclass-classification', async (worker) => {
      for (const row of [{ age: 'old', income: 1 }, { age: 1 }, { age: 1.5, income: 1 }]) {
        const answer = await worker.ask([row])
        assert.equal(answer.kind, 'declared', JSON.stringify(answer))
      }
      assert.equal((await worker.ask([])).kind, 'predicted')
    })
  })

  test('answers no number as one', async () => {
    const model = path.join(models, 'matrix.onnx')
    await withWorker(model, ['a', 'b'], 'regression', async (worker) => {
      for (const a of [null, Infinity]) {
        const answer = await worker.ask([{ a, b: 1 }])
        assert.ok(answer.kind === 'failed' && answer.problem.code === 'WORKER_ANSWER_UNDEFINED')
      }
    })
  })

  test('that is damaged ends its process, not the audit', async () => {
    const model = path.join(folder, 'damaged.onnx')
    writeFileSync(model, 'no model')
    await withWorker(model, ['a'], 'regression', async (worker) => {
      const answer = await worker.ask([{ a: 1 }])
      assert.ok(answer.kind === 'failed' && answer.problem.code === 'WORKER_EXITED')
    })
  })
})

test('an audit runs an ONNX model without a worker command, and only with permission', async () => {
  copyFileSync(path.join(models, 'matrix.onnx'), path.join(folder, 'model.onnx'))
  writeFileSync(path.join(folder, 'test.csv'), 'a,b\n1,2\n2,3\n3,1\n')
  writeFileSync(
    path.join(folder, 'model.yaml'),
    `version: 1
model: {name: m, task: regression, path: model.onnx, limits: {latency_p95: 5s}}
data: {test: test.csv}
features:
  a: {type: number, min: 0, max: 5, missing: reject}
  b: {type: number, min: 0, max: 5, missing: reject}
`,
  )
  const judge = async (allowRun: boolean): Promise<Judgement> => {
    const check = findCheck('model.latency')
    assert.ok(check)
    const context = await contextOf(folder, allowRun)
    try {
      const facts = await createFacts(context).select(check.needs)
      return check.judge(facts, defaultParams(check.params))
    } finally {
      await context.runner.dispose()
    }
  }
  const allowed = await judge(true)
  assert.equal(allowed.outcome, 'pass', JSON.stringify(allowed.findings))
  assert.equal((await judge(false)).outcome, 'inconclusive')
})
