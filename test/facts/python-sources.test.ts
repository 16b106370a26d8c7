import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import type { PythonSources } from '../../src/facts/python-sources.ts'
import { createFacts } from '../../src/facts/fact-store.ts'
import { contextOf } from '../checks/projects.ts'

const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'python-sources-')))
after(() => rmSync(root, { recursive: true, force: true }))

/** A project of its own repository, with a model and what is given. */
function project(name: string, code: string, files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = path.join(root, name)
  const all = {
    'model.yaml': `version: 1\nmodel: {name: m, task: regression, path: m.bin}\ncode: ${code}\n`,
    'm.bin': 'm',
    '.git/HEAD': '',
    ...files,
  }
  for (const [file, content] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), content)
  }
  return folder
}

async function sourcesOf(folder: string): Promise<PythonSources> {
  const context = await contextOf(folder)
  const fact = await createFacts(context).get('code.python-sources')
  await context.runner.dispose()
  assert.equal(fact.state, 'present', JSON.stringify(fact))
  return fact.value
}

const summary = ({ files }: PythonSources) =>
  files.map(({ path: file, roles, isListed, language, parse }) =>
    [file, roles.join('+'), isListed ? 'listed' : 'imported', language, parse.state].join(' '),
  )

test('files have the roles of the blocks that name them, imported ones those of their importers', async () => {
  const folder = project(
    'roles',
    '{serving: [serve/], preprocessing: [serve/clean.py], tests: [tests]}',
    {
      'serve/app.py': 'import common.shared\nfrom . import clean\nimport numpy\n',
      'serve/clean.py': 'import common.shared\n',
      'serve/__pycache__/app.py': 'x',
      'serve/.hidden/app.py': 'x',
      'serve/README.md': 'text',
      'common/shared.py': 'import common.deeper\n',
      'common/deeper.py': 'x = 1\n',
      'tests/unit/test_a.py': 'from serve import app\nimport helper\n',
      'tests/unit/helper.py': '',
      'conftest.py': 'import only_tests\n',
      'only_tests.py': '',
    },
  )
  assert.deepEqual(summary(await sourcesOf(folder)), [
    'common/deeper.py preprocessing+serving+tests imported python whole',
    'common/shared.py preprocessing+serving+tests imported python whole',
    'conftest.py tests imported python whole',
    'only_tests.py tests imported python whole',
    'serve/app.py serving listed python whole',
    'serve/clean.py preprocessing+serving listed python whole',
    'tests/unit/helper.py tests listed python whole',
    'tests/unit/test_a.py tests listed python whole',
  ])
})

test('what cannot be read is named, never left out', async () => {
  const folder = project('unread', '{serving: [serve, gone]}', {
    'serve/a.py': 'def f(:\n',
    'serve/b.ipynb': '{}',
    'serve/c.ts': 'export {}',
    'serve/d.py': Uint8Array.of(0x78, 0xff, 0xfe),
    'serve/e.py': Buffer.from('# -*- coding: latin-1 -*-\nx = "\u00e9"\n', 'latin1'),
    'serve/f.py': `x = "${'x'.repeat(3 * 1024 ** 2)}"\n`,
  })
  const sources = await sourcesOf(folder)
  assert.deepEqual(summary(sources), [
    'serve/a.py serving listed python damaged',
    'serve/b.ipynb serving listed notebook unsupported',
    'serve/c.ts serving listed typescript unsupported',
    'serve/d.py serving listed python unread',
    'serve/e.py serving listed python whole',
    'serve/f.py serving listed python unread',
  ])
  assert.deepEqual(sources.empty, [{ role: 'serving', path: 'gone' }])
})

test('links stay in the repository and circles of them end', async () => {
  const outside = path.join(root, 'outside')
  mkdirSync(outside)
  writeFileSync(path.join(outside, 'secret.py'), 'import secret\n')
  const folder = project('links', '{serving: [serve]}', { 'serve/a.py': 'import linked\n' })
  symlinkSync(path.join(outside, 'secret.py'), path.join(folder, 'linked.py'))
  symlinkSync('.', path.join(folder, 'serve/itself'))
  const { files } = await sourcesOf(folder)
  const known = files.filter(({ module }) => module !== undefined).map((file) => file.path)
  assert.deepEqual(known, ['serve/a.py'])
  assert.ok(!JSON.stringify(files).includes('secret'))
})
