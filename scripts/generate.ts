/**
 * Writes what is derived from the code, JSON Schemas and documentation pages, into the repository or a
 * folder that is named. With `--check` it writes nothing and fails when a file is not what it would write.
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { staleFiles, writeFiles } from './generate/tree.ts'

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const root = positionals[0] ?? path.dirname(import.meta.dirname)
const stale = staleFiles(root)

for (const problem of stale) process.stderr.write(`${problem}\n`)
if (!values.check) writeFiles(root)
else if (stale.length > 0) {
  process.stderr.write('run: npm run generate\n')
  process.exitCode = 1
}
