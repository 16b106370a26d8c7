import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { EXIT_CODES } from '../../src/policy/exit-code.ts'
import { runMlcheck } from './run-program.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'mlcheck-readme-'))
after(() => rm(folder, { recursive: true, force: true }))
const readme = await readFile(path.join(import.meta.dirname, '../../README.md'), 'utf8')

/** The lines of the first fenced block after a sentence. */
function blockAfter(sentence: string): readonly string[] {
  const [, rest = ''] = readme.split(sentence)
  const [, block = ''] = rest.split('```\n')
  return block.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
}

test('the demo prints what README shows, in order, and ends with 0', async () => {
  const { exitCode, stdout } = await runMlcheck(['demo', path.join(folder, 'demo')], folder)
  assert.equal(exitCode, 0, stdout)
  for (const sentence of ['The demo ends like this:', 'A column that drifted looks like this:']) {
    const shown = blockAfter(sentence)
    assert.ok(shown.length > 2, sentence)
    const printed = stdout.split('\n').map((line) => line.trim())
    const start = printed.indexOf(shown[0] ?? '')
    assert.deepEqual(printed.slice(start, start + shown.length), shown)
  }
})

test('README lists every exit code', () => {
  for (const { code } of EXIT_CODES)
    assert.match(readme, new RegExp(`^\\| ${String(code)} \\|`, 'm'))
})
