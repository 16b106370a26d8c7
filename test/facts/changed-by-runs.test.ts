import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { codeErrorHandling } from '../../src/checks/code-error-handling.ts'
import { codeUnitTests } from '../../src/checks/code-unit-tests.ts'
import { defaultParams } from '../../src/core/params.ts'
import { createFacts } from '../../src/facts/fact-store.ts'
import { contextOf } from '../checks/projects.ts'
import { scratchFolder } from '../scratch-folder.ts'

const SERVICE = `import { createServer } from 'node:http'
const answer = (response, status) => response.writeHead(status).end('{}')
createServer((request, response) => answer(response, 200)).listen(Number(process.argv[2]), '127.0.0.1')
`

/** Tests and a service that each do `also` before anything else. */
function projectWith(t: TestContext, also: string): string {
  const writing = `import { writeFileSync } from 'node:fs'\n${also}\n`
  return scratchFolder(t, {
    'model.yaml': `version: 1
model: {name: m, task: regression, path: model.bin}
data: {test: test.csv}
commands:
  tests: {unit: {run: [node, run-tests.mjs]}}
  serve: {run: [node, service.mjs, "{port}"], timeout: 20s}
code: {serving: [service.mjs], tests: [tests/]}
test_reports: {junit: [junit.xml]}
`,
    'model.bin': 'm',
    'test.csv': 'age\n41\n',
    'junit.xml': '<testsuites/>',
    'tests/test_one.py': 'def test_one():\n    assert max(1, 2) == 2\n',
    'run-tests.mjs': `${writing}process.stdout.write('1 passed in 0.01s\\n')\n`,
    'service.mjs': writing + SERVICE,
  })
}

async function findingsOf(folder: string) {
  const context = await contextOf(folder, true)
  const facts = createFacts(context)
  const unit = codeUnitTests.judge(
    await facts.select(codeUnitTests.needs),
    defaultParams(codeUnitTests.params),
  )
  const errors = codeErrorHandling.judge(
    await facts.select(codeErrorHandling.needs),
    defaultParams(codeErrorHandling.params),
  )
  await context.runner.dispose()
  const changed = ({ findings = [] }: typeof unit) =>
    findings.find(({ code }) => code === 'INPUT_CHANGED_DURING_RUN')?.args['files']
  return [changed(unit), changed(errors)]
}

test('tests and a service that rewrite what the audit reads prove nothing', async (t) => {
  const folder = projectWith(t, "writeFileSync('model.bin', 'n')")
  assert.deepEqual(await findingsOf(folder), [['model.bin'], ['model.bin']])
})

test('tests may write their reports and keep their caches beside the tests', async (t) => {
  const folder = projectWith(
    t,
    "if (process.argv.length === 2) { writeFileSync('junit.xml', '<testsuites />'); writeFileSync('tests/cache', '') }",
  )
  const [unit] = await findingsOf(folder)
  assert.equal(unit, undefined)
})
