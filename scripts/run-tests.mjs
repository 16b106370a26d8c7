// Lists the test files itself and fails on none: a runner that finds no file reports success.
// The program is built first, because the end-to-end tests run what is shipped.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const wanted = process.argv.slice(2)
const files = readdirSync(path.join(root, 'test'), { recursive: true })
  .map((name) => `test/${name.split(path.sep).join('/')}`)
  .filter((name) => name.endsWith('.test.ts'))
  // These need environments that \`npm run test:python\` makes.
  .filter((name) => !name.startsWith('test/python/'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort()

if (files.length === 0) {
  process.stderr.write(`no test file matches ${wanted.join(' ') || 'test/**/*.test.ts'}\n`)
  process.exit(1)
}
const built = spawnSync(process.execPath, ['scripts/ensure-built.mjs'], {
  cwd: root,
  stdio: 'inherit',
})
if (built.status !== 0) process.exit(built.status ?? 1)

const run = spawnSync(process.execPath, ['--import', 'tsx', '--test', ...files], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(run.status ?? 1)
