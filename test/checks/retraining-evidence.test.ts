import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeReproducibility } from '../../src/checks/code-reproducibility.ts'
import { defaultParams } from '../../src/core/params.ts'
import { createFacts } from '../../src/facts/fact-store.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { contextOf, judgeProject } from './projects.ts'

const CLAIM = 'The training command gives the released model again.'

async function observed(leaf: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const [judgement] = await judgeProject('code.reproducibility', leaf)
  const { evidence = [] } = 'evidence' in judgement ? judgement : {}
  return evidence.find(({ claim }) => claim === CLAIM)?.observed as
    Readonly<Record<string, unknown>> | undefined
}

test('the strictest equality of the model that was trained again is named', async () => {
  for (const [leaf, equality] of [
    ['pass-train', 'identical bytes'],
    ['pass-train-parameters', 'equal parameters'],
    ['pass-train-predictions', 'equal predictions'],
    ['warn-train-scores', 'equal labels'],
    ['fail-train-parameters', 'different parameters'],
    ['fail-train-labels', 'different predictions'],
    ['fail-train-format', 'different formats'],
  ] as const) {
    assert.equal((await observed(leaf))?.['equality'], equality, leaf)
  }
})

test('without a model, or a training command, nothing is said of a training', async () => {
  for (const leaf of ['pass', 'inconclusive-train-crashes', 'inconclusive-train-not-compared']) {
    assert.equal(await observed(leaf), undefined, leaf)
  }
})

test('a training is judged where there is no predict command', async (t) => {
  const folder = scratchFolder(t, {
    'model.yaml': `version: 1
model: {name: m, task: regression, path: model.bin}
commands:
  train: {run: [node, -e, "require('fs').writeFileSync(process.argv[1], 'm')", "{output}"]}
`,
    'model.bin': 'm',
  })
  const facts = await createFacts(await contextOf(folder, true)).select(codeReproducibility.needs)
  const judgement = codeReproducibility.judge(facts, defaultParams(codeReproducibility.params))
  assert.ok(judgement.outcome === 'inconclusive')
  assert.deepEqual(
    judgement.findings.map(({ code, args }) => [code, args['block']]),
    [['EVIDENCE_ABSENT', 'commands.predict']],
  )
  assert.deepEqual(
    judgement.evidence?.map(({ observed: seen }) => seen),
    [{ model: 'model.bin', equality: 'identical bytes' }],
  )
})

test('a folder is compared as a whole, and a pointer is no model', async (t) => {
  const train = (file: string) =>
    `const fs = require('fs'); fs.mkdirSync(process.argv[1] + '/part', { recursive: true }); fs.writeFileSync(process.argv[1] + '/part/${file}', 'm')`
  for (const [file, kind] of [
    ['weights', 'identical'],
    ['others', 'compared'],
  ] as const) {
    const folder = scratchFolder(t, {
      'model.yaml': `version: 1
model: {name: m, task: regression, path: saved}
commands:
  train: {run: [node, -e, ${JSON.stringify(train(file))}, "{output}"]}
`,
      'saved/part/weights': 'm',
    })
    const fact = await createFacts(await contextOf(folder, true)).get('reproducibility.retraining')
    assert.ok(fact.state === 'present')
    assert.equal(fact.value.outcome.kind, kind)
  }
  const pointer = scratchFolder(t, {
    'model.yaml': `version: 1
model: {name: m, task: regression, path: model.bin}
commands:
  train: {run: [node, -e, "1", "{output}"]}
`,
    'model.bin': `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 9\n`,
  })
  const fact = await createFacts(await contextOf(pointer, true)).get('reproducibility.retraining')
  assert.ok(fact.state === 'unreadable')
  assert.match(fact.reason, /pointer/)
})
