/** `npm run reference-values -- FILE…`: checks the product's statistics against expected values. */
import { readFileSync } from 'node:fs'
import type { ReferenceCase } from './reference-values/run-cases.ts'
import { runCases } from './reference-values/run-cases.ts'

const files = process.argv.slice(2)
if (files.length === 0) {
  process.stderr.write('name at least one file of reference values\n')
  process.exitCode = 1
}

let passed = 0
let failed = 0
for (const file of files) {
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly cases: readonly ReferenceCase[]
  }
  const run = runCases(cases)
  passed += run.passed
  failed += run.failed
  for (const failure of run.failures) process.stdout.write(`${failure}\n`)
  for (const [kind, count] of run.unknownKinds) {
    process.stdout.write(`unknown kind: ${kind} (${String(count)} cases not run)\n`)
  }
}
process.stdout.write(`${String(passed)} passed, ${String(failed)} failed\n`)
if (failed > 0 || passed === 0) process.exitCode = 1
