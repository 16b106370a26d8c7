// Installs the locked packages when they are missing or do not match the lock file. Plain JavaScript,
// because it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const stamp = path.join(root, 'node_modules', '.installed-lock')
const lock = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex')

if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) process.exit(0)

process.stderr.write('Installing the locked packages (npm ci) …\n')
// npm is a script on some systems, so it is started through the shell that finds it.
const install = spawnSync('npm ci --ignore-scripts --no-audit --no-fund', {
  cwd: root,
  shell: true,
  stdio: ['ignore', 2, 2],
})
if (install.status !== 0) {
  process.stderr.write('npm ci failed; see its messages above.\n')
  process.exit(install.status ?? 1)
}
writeFileSync(stamp, lock)
