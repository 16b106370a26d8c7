import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { createFacts } from '../../src/facts/fact-store.ts'
import type { Runner } from '../../src/runner/runner.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { contextOf, judgeProject } from './projects.ts'

test('the evidence says whether the worker or the predict command was asked', async () => {
  for (const [leaf, asked] of [
    ['pass', 'the worker'],
    ['pass-worker-before-predict', 'the worker'],
    ['pass-predict', 'the predict command'],
  ] as const) {
    const [judgement] = await judgeProject('model.edge-cases', leaf)
    const [evidence] = judgement.outcome === 'pass' ? judgement.evidence : []
    assert.equal((evidence?.observed as { asked?: unknown }).asked, asked, leaf)
  }
})

/** Answers every row alike, whatever stands in it. */
const INDULGENT = `import { readFileSync, writeFileSync } from 'node:fs'
const [, , input, output] = process.argv
const [, ...lines] = readFileSync(input, 'utf8').trimEnd().split('\\n')
const answers = lines.map((line) => line.split(',')[0] + ',1')
writeFileSync(output, ['__row,prediction', ...answers, ''].join('\\n'))
`

async function tablesAsked(
  folder: string,
): Promise<{ readonly tables: readonly string[]; readonly kinds: readonly string[] }> {
  const context = await contextOf(folder, true)
  const tables: string[] = []
  const run: Runner['run'] = (request) => {
    tables.push(readFileSync(request.placeholders?.['{input}'] ?? '', 'utf8'))
    return context.runner.run(request)
  }
  const facts = createFacts({ ...context, runner: { ...context.runner, run } })
  const fact = await facts.get('model.edge-cases')
  assert.ok(fact.state === 'present')
  return { tables, kinds: fact.value.cases.map(({ kind }) => kind) }
}

test('rows of one kind are asked together once the first of them is predicted, and spelled as the data are', async (t) => {
  const rows = Array.from({ length: 12 }, (_, i) => `${String(i)},007,True`)
  const folder = scratchFolder(t, {
    'model.yaml': `version: 1
model: {name: m, task: binary-classification, path: model.bin}
data: {test: test.csv}
features:
  age: {type: number}
  code: {type: category}
  old: {type: boolean}
commands:
  predict: {run: [node, predict.mjs, "{input}", "{output}"]}
`,
    'model.bin': 'm',
    'test.csv': ['age,code,old', ...rows, ''].join('\n'),
    'predict.mjs': INDULGENT,
  })
  const { tables, kinds } = await tablesAsked(folder)
  assert.equal(kinds.filter((kind) => kind === 'missing').length, 3)
  assert.equal(kinds.filter((kind) => kind === 'infinite').length, 2)
  for (const table of [
    '__row,age,code,old\n0,,007,true\n',
    '__row,age,code,old\n0,,007,true\n1,0,,true\n2,0,007,\n',
    '__row,age,code,old\n0,1e+308,007,true\n',
    '__row,age,code,old\n0,-inf,007,true\n',
    '__row,age,code,old\n0,mlcheck-unseen,007,true\n',
    '__row,old,code,age\n0,true,007,0\n',
    '__row,age,code,old,mlcheck_extra\n0,0,007,true,1\n',
    '__row,code,old\n0,007,true\n',
    '__row,age,code,old\n',
  ]) {
    assert.ok(tables.includes(table), table)
  }
  assert.equal(new Set(tables).size, tables.length)
})

test('what is predicted in company alone is asked alone', async () => {
  const [judgement] = await judgeProject('model.edge-cases', 'fail-predict-only-in-company')
  const broken = judgement.findings?.filter(({ code }) => code === 'EDGE_CASE_NOT_AS_DECLARED')
  assert.deepEqual(
    broken?.map(({ args }) => [args['case'], args['features'], args['behaviour']]),
    [['missing', ['y'], 'reject']],
  )
})
