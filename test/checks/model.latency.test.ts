import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeProject, testProjects } from './projects.ts'

testProjects('model.latency')

test('what is measured stands apart from evidence and findings, which are the same in the next run', async () => {
  for (const leaf of ['pass', 'fail']) {
    const runs = [
      await judgeProject('model.latency', leaf, 'auto'),
      await judgeProject('model.latency', leaf),
    ]
    const [first, second] = runs.map(([{ measurements, ...rest }]) => ({ measurements, rest }))
    assert.deepEqual(first?.rest, second?.rest)
    assert.notDeepEqual(first?.measurements, second?.measurements)
    assert.equal(first?.measurements?.['calls'], 300)
  }
})
