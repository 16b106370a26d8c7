import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createFacts } from '../../src/facts/fact-store.ts'
import { contextOf } from '../checks/projects.ts'
import { scratchFolder } from '../scratch-folder.ts'

test('an included file is read only if it is a regular file of the repository, by its place and not its name', async (t) => {
  const outside = scratchFolder(t, { 'out.txt': 'secret==1.0\n' })
  const names = ['..req.txt', 'models', 'pipe', 'link.txt', 'large.txt', 'gone.txt']
  const folder = scratchFolder(t, {
    'model.yaml':
      'version: 1\nmodel: {name: m, task: regression, path: model.bin}\ndependencies: {files: [requirements.txt]}\n',
    'model.bin': 'm',
    'requirements.txt': names.map((name) => `-r ${name}\n`).join(''),
    '..req.txt': 'numpy==1.0\n',
    'models/': '',
    'large.txt': '#'.repeat(5 * 1024 * 1024 + 1),
  })
  execFileSync('sh', ['-c', 'mkfifo pipe'], { cwd: folder })
  symlinkSync(join(outside, 'out.txt'), join(folder, 'link.txt'))
  const fact = await createFacts(await contextOf(folder)).get('dependencies.requirements')
  assert.ok(fact.state === 'present')
  assert.deepEqual(
    fact.value.entries.map(({ name }) => name),
    ['numpy'],
  )
  assert.deepEqual(
    fact.value.findings.map(({ code, location }) => `${String(location?.line)} ${code}`),
    [
      '2 REQUIREMENTS_NOT_A_FILE',
      '3 REQUIREMENTS_NOT_A_FILE',
      '4 REQUIREMENTS_INCLUDE_OUTSIDE',
      '5 REQUIREMENTS_TOO_LARGE',
      '6 REQUIREMENTS_FILE_MISSING',
    ],
  )
})
