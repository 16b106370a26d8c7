import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { loadManifest } from '../../src/config/load-manifest.ts'
import { judgeProject, testProjects } from './projects.ts'

const ID = 'model.performance-documented'
const folder = mkdtempSync(join(tmpdir(), 'same-column-'))
after(() => rmSync(folder, { recursive: true, force: true }))

testProjects(ID)

test('the label column is no prediction, under whichever key it is named', async () => {
  const load = (columns: string) => {
    const predictions = `predictions: {test: {path: p.csv, label: y, ${columns}}}`
    writeFileSync(
      join(folder, 'model.yaml'),
      `version: 1\nmodel: {name: m, task: binary-classification, path: m.bin}\n${predictions}\n`,
    )
    return loadManifest('model.yaml', { cwd: folder })
  }
  for (const key of ['prediction', 'score', 'previous', 'baseline']) {
    await assert.rejects(load(`${key}: y`), /column of `label`/, key)
  }
  await assert.rejects(load('score: {late: s, early: y}'), /column of `label`/)
  const { predictions } = await load('prediction: p, score: s, positive: true')
  assert.equal(predictions?.['test']?.positive, 'true')
})

test('the evidence says whether predictions were held against the data and the model', async () => {
  const said = async (leaf: string) => {
    const [judgement] = await judgeProject(ID, leaf)
    assert.ok('evidence' in judgement, leaf)
    return judgement.evidence.map(({ level, claim }) => `${level}: ${claim}`)
  }
  const untied = await said('pass')
  assert.ok(untied.includes('recomputed: The predictions of test were not run against the model.'))
  assert.ok(untied.includes('consistent: The predictions of test are not tied to its data.'))
  const executed = await said('pass-executed')
  assert.ok(
    executed.includes('executed: The predict command was asked for stored predictions of test.'),
  )
  assert.ok(executed.includes('consistent: The predictions of test have the labels of its data.'))
})

test('an infinite prediction is named by its row and column', async () => {
  const [{ findings = [] }] = await judgeProject(ID, 'inconclusive-infinite')
  const { name, split, ...where } = findings[0]?.args ?? {}
  assert.deepEqual([name, split, where], ['mae', 'test', { rows: 1, row: 5, column: 'y_pred' }])
})
