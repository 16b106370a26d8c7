/** Runs every gate besides the tests, goes on after a failure and names all that failed. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const root = path.dirname(import.meta.dirname)

const gates: readonly { readonly name: string; readonly command: string }[] = [
  { name: 'types', command: 'npx --no-install tsc -p .' },
  { name: 'lint', command: 'npx --no-install eslint . --max-warnings 0' },
  { name: 'format', command: 'npx --no-install prettier --check .' },
  {
    name: 'dependency rules',
    command: 'npx --no-install depcruise --config .dependency-cruiser.mjs src scripts bench test',
  },
]

const only = process.argv.slice(2)
const failed: string[] = []
for (const gate of gates) {
  if (only.length > 0 && !only.some((word) => gate.name.includes(word))) continue
  process.stdout.write(`\n== ${gate.name}\n`)
  const run = spawnSync(gate.command, { cwd: root, shell: true, stdio: 'inherit' })
  if (run.status !== 0) failed.push(gate.name)
}
if (failed.length > 0) {
  process.stdout.write(`\nfailed: ${failed.join(', ')}\n`)
  process.exitCode = 1
} else {
  process.stdout.write('\nall gates passed\n')
}
