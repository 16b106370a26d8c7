// Builds the bundle when it is missing or older than a source file.
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

function newestSource() {
  const sources = readdirSync(path.join(root, 'src'), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => statSync(path.join(root, 'src', name)).mtimeMs)
  return Math.max(...sources)
}

function builtAt() {
  return statSync(path.join(root, 'dist', 'main.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0
}

if (builtAt() < newestSource()) {
  process.stderr.write('Building …\n')
  const build = spawnSync('npm run --silent build', {
    cwd: root,
    shell: true,
    stdio: ['ignore', 2, 2],
  })
  process.exitCode = build.status ?? 1
}
