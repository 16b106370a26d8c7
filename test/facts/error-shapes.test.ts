import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFacts } from '../../src/facts/fact-store.ts'
import { contextOf } from '../checks/projects.ts'
import { scratchFolder } from '../scratch-folder.ts'

const FILES = {
  'model.yaml':
    'version: 1\nmodel: {name: m, task: regression, path: model.bin}\ncode: {serving: [app.py]}\n',
  'model.bin': 'm',
}
const predicting = (handler: string) =>
  `def predict(rows):\n    try:\n        return model.predict(rows)\n    ${handler}\n`

test('a handler of what ends the program guards no prediction', async (t) => {
  for (const [handler, open] of [
    ['except KeyboardInterrupt:\n        raise', 1],
    ['except (SystemExit, asyncio.CancelledError):\n        raise', 1],
    ['except (SystemExit, ValueError):\n        raise', 0],
    ['except:\n        raise', 0],
  ] as const) {
    const folder = scratchFolder(t, { ...FILES, 'app.py': predicting(handler) })
    const context = await contextOf(folder)
    const fact = await createFacts(context).get('code.error-shapes')
    await context.runner.dispose()
    assert.ok(fact.state === 'present')
    assert.equal(fact.value.predictCalls[0]?.open.length, open, handler)
  }
})
