/** `npm run reference-values -- FILE…`: checks the product's statistics against expected values. */
import { readFileSync } from 'node:fs'
import type { ReferenceCase } from './reference-values/run-cases.ts'
import { runCases } from './reference-values/run-cases.ts'

function casesOf(file: string): readonly ReferenceCase[] {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const cases = (content as { readonly cases?: unknown } | null)?.cases
  if (!Array.isArray(cases)) throw new TypeError('no list of "cases"')
  return cases as readonly ReferenceCase[]
}

const files = process.argv.slice(2)
if (files.length === 0) process.stderr.write('name at least one file of reference values\n')

let passed = 0
let failed = 0
let unreadable = 0
for (const file of files) {
  let cases: readonly ReferenceCase[]
  try {
    cases = casesOf(file)
  } catch (error) {
    process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`)
    unreadable++
    continue
  }
  const run = runCases(cases)
  passed += run.passed
  failed += run.failed
  for (const failure of run.failures) process.stdout.write(`${failure}\n`)
  for (const [kind, count] of run.unknownKinds) {
    process.stdout.write(`unknown kind: ${kind} (cases not run: ${String(count)})\n`)
  }
}
process.stdout.write(`${String(passed)} passed, ${String(failed)} failed\n`)
if (failed > 0 || unreadable > 0 || passed === 0) process.exitCode = 1
