/** Runs the tests whose coverage counts: of the stages that compute and decide. c8 holds the thresholds. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'

const root = path.dirname(import.meta.dirname)
const THEMES = ['core', 'policy', 'stats', 'drift', 'contract']

const files = THEMES.flatMap((theme) =>
  readdirSync(path.join(root, 'test', theme))
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => `test/${theme}/${name}`),
)
const args = ['--import', 'tsx', '--test', '--test-reporter=dot', ...files]
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1
