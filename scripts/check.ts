/**
 * Runs every gate besides the tests, goes on after a failure and names all that failed. The gates are
 * the `check:` scripts of package.json: `npm run check -- lint types` runs two of them.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'

const PREFIX = 'check:'
const root = path.dirname(import.meta.dirname)
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>
}
const gates = Object.keys(scripts)
  .filter((name) => name.startsWith(PREFIX))
  .map((name) => name.slice(PREFIX.length))

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !gates.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`no gate ${unknown.join(', ')}; there are ${gates.join(', ')}\n`)
  process.exitCode = 2
} else {
  runGates(wanted.length > 0 ? wanted : gates)
}

function runGates(names: readonly string[]): void {
  const failed: string[] = []
  for (const name of names) {
    process.stdout.write(`\n== ${name}\n`)
    const command = `npm run --silent ${PREFIX}${name}`
    const { status } = spawnSync(command, { cwd: root, shell: true, stdio: 'inherit' })
    if (status !== 0) failed.push(name)
  }
  if (failed.length > 0) process.exitCode = 1
  process.stdout.write(
    failed.length > 0 ? `\nfailed: ${failed.join(', ')}\n` : '\nall gates passed\n',
  )
}
