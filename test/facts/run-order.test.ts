import assert from 'node:assert/strict'
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { codeReproducibility } from '../../src/checks/code-reproducibility.ts'
import { dataMissingValues } from '../../src/checks/data-missing-values.ts'
import { defaultParams } from '../../src/core/params.ts'
import { createFacts } from '../../src/facts/fact-store.ts'
import { contextOf } from '../checks/projects.ts'
import { scratchFolder } from '../scratch-folder.ts'

const rows = Array.from({ length: 12 }, (_, i) => `${String(20 + i)}\n`).join('')

/** A predict command that runs `also` before it answers every row alike. */
const program = (also: string) => `import { readFileSync, writeFileSync } from 'node:fs'
const [, , input, output] = process.argv
const [, ...lines] = readFileSync(input, 'utf8').trimEnd().split('\\n')
${also}
writeFileSync(output, ['__row,prediction', ...lines.map((line) => line.split(',')[0] + ',1'), ''].join('\\n'))
`

function projectWith(t: TestContext, also: string): string {
  return scratchFolder(t, {
    'model.yaml': `version: 1
model: {name: m, task: binary-classification, path: model.bin}
data: {test: test.csv}
features:
  age: {type: number, missing: native}
dependencies: {files: [requirements.txt]}
commands:
  predict: {run: [node, predict.mjs, "{input}", "{output}"]}
`,
    'model.bin': 'm',
    'test.csv': `age\n${rows}`,
    'requirements.txt': '-r base.txt\nnumpy>=1\n',
    'base.txt': 'scipy>=1\n',
    'predict.mjs': program(also),
  })
}

test('what a command writes is not evidence: all other facts are gathered before it starts', async (t) => {
  const folder = projectWith(t, "writeFileSync('requirements.txt', 'numpy==1.0\\n')")
  const context = await contextOf(folder, true)
  const facts = createFacts(context)
  await facts.get('reproducibility.runs')
  const requirements = await facts.get('dependencies.requirements')
  assert.equal(requirements.state, 'present')
  assert.deepEqual(
    requirements.value.entries.map(({ name, specifier }) => `${name}${specifier}`),
    ['scipy>=1', 'numpy>=1'],
  )
})

for (const [what, path] of [
  ['a requirement file', 'requirements.txt'],
  ['what a requirement file includes', 'base.txt'],
  ['the data', 'test.csv'],
  ['the model', 'model.bin'],
  ['the manifest', 'model.yaml'],
  ['the waivers', '.mlcheck/waivers.yaml'],
  ['the program itself', 'predict.mjs'],
] as const) {
  test(`a run that changes ${what} decides nothing`, async (t) => {
    const also = `import { appendFileSync, mkdirSync } from 'node:fs'
mkdirSync('.mlcheck', { recursive: true })
appendFileSync('${path}', '\\n')`
    const facts = createFacts(await contextOf(projectWith(t, also), true))
    for (const check of [codeReproducibility, dataMissingValues]) {
      const judgement = check.judge(
        await facts.select(check.needs),
        defaultParams(check.params) as never,
      )
      assert.equal(judgement.outcome, 'inconclusive', check.id)
      const changed = judgement.findings.find(({ code }) => code === 'INPUT_CHANGED_DURING_RUN')
      assert.deepEqual(changed?.args, { files: [path] }, check.id)
    }
  })
}

test('a run that changes nothing that is read is judged', async (t) => {
  const facts = createFacts(await contextOf(projectWith(t, "writeFileSync('log.txt', 'x')"), true))
  const fact = await facts.get('reproducibility.runs')
  assert.ok(fact.state === 'present')
  assert.deepEqual(fact.value.changedInputs, [])
})

test('a value that rests on a run is none when the run changed what the audit reads', async (t) => {
  const folder = projectWith(t, "writeFileSync('requirements.txt', 'numpy==1.0\\n')")
  const ids = Array.from({ length: 12 }, () => '1,1\n').join('')
  writeFileSync(join(folder, 'predictions.csv'), `label,said\n${ids}`)
  appendFileSync(
    join(folder, 'model.yaml'),
    `predictions:
  test: {path: predictions.csv, label: label, prediction: said}
metrics:
  - {name: accuracy, split: test, value: 1}
`,
  )
  for (const runFirst of [true, false]) {
    writeFileSync(join(folder, 'requirements.txt'), 'numpy>=1\n')
    const facts = createFacts(await contextOf(folder, true))
    if (runFirst) await facts.get('reproducibility.runs')
    const fact = await facts.get('metrics.recomputed')
    if (fact.state === 'present') {
      // Rows that cannot be tied to the data are not asked about, so nothing has run.
      assert.ok(!runFirst)
      assert.ok(fact.value.every(({ binding }) => binding?.run.kind === 'not-run'))
    } else {
      assert.ok(fact.state === 'unreadable')
      assert.match(fact.reason, /were changed while the predict command ran: requirements\.txt/)
    }
  }
})

test('without permission to run, a fact is gathered when it is asked for', async (t) => {
  const context = await contextOf(projectWith(t, ''), false)
  let opened = 0
  const openSnapshot = (path: string) => {
    opened += 1
    return context.openSnapshot(path)
  }
  const fact = await createFacts({ ...context, openSnapshot }).get('reproducibility.runs')
  assert.equal(fact.state, 'unreadable')
  assert.equal(opened, 0)
})

test('a training that overwrites the released model decides nothing', async (t) => {
  const folder = projectWith(t, '')
  appendFileSync(
    join(folder, 'model.yaml'),
    `  train: {run: [node, -e, "const fs = require('fs'); fs.writeFileSync('model.bin', 'other'); fs.writeFileSync(process.argv[1], 'm')", "{output}"]}
`,
  )
  const facts = createFacts(await contextOf(folder, true))
  const judgement = codeReproducibility.judge(
    await facts.select(codeReproducibility.needs),
    defaultParams(codeReproducibility.params),
  )
  assert.equal(judgement.outcome, 'inconclusive')
  assert.deepEqual(
    judgement.findings.map(({ code, args }) => [code, args]),
    [['INPUT_CHANGED_DURING_RUN', { files: ['model.bin'] }]],
  )
  const { evidence = [] } = judgement
  assert.equal(evidence.length, 1)
})
