import assert from 'node:assert/strict'
import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { loadAttestations } from '../../src/config/load-attestations.ts'
import { loadWaivers } from '../../src/config/load-waivers.ts'
import { scratchFolder } from '../scratch-folder.ts'

const fixtures = path.resolve(import.meta.dirname, '../../fixtures')

test('attestations and waivers are loaded with their places', async () => {
  const [attestation] = await loadAttestations('config-accepted/records', fixtures)
  assert.equal(attestation?.owner, 'ana@example.org')
  assert.equal(attestation.evidenceState, 'found')
  assert.deepEqual(attestation.location, {
    path: 'config-accepted/records/.mlcheck/attestations.yaml',
    line: 2,
    column: 5,
  })
  const [waiver] = await loadWaivers('config-accepted/records', fixtures)
  assert.equal(waiver?.expires, '2026-12-10')
  assert.equal(waiver.modelSha256?.length, 64)
  assert.equal(waiver.location.line, 2)
})

test('a project without the files has none of either', async (t) => {
  const cwd = scratchFolder(t, {})
  assert.deepEqual(await loadAttestations('.', cwd), [])
  assert.deepEqual(await loadWaivers('.', cwd), [])
})

test('a file of comments alone holds none either', async (t) => {
  const cwd = scratchFolder(t, {
    '.mlcheck/attestations.yaml': '# none yet\n',
    '.mlcheck/waivers.yaml': '',
  })
  assert.deepEqual(await loadAttestations('.', cwd), [])
  assert.deepEqual(await loadWaivers('.', cwd), [])
})

test('a link to nothing is no project without the file: it is refused', async (t) => {
  const cwd = scratchFolder(t, { '.mlcheck/': '' })
  symlinkSync('elsewhere.yaml', path.join(cwd, '.mlcheck/waivers.yaml'))
  await assert.rejects(loadWaivers('.', cwd), /there is no such file/)
})

test('evidence that is not there is told apart from an address, which is not looked up', async (t) => {
  const entry = (evidence: string): string =>
    `  - {item: a.b, statement: S, owner: o, date: 2026-01-01, expires: 2026-01-02, evidence: "${evidence}"}\n`
  const cwd = scratchFolder(t, {
    '.mlcheck/attestations.yaml': `attestations:\n${entry('absent.md')}${entry('https://example.org/x')}`,
  })
  const states = (await loadAttestations('.', cwd)).map(({ evidenceState }) => evidenceState)
  assert.deepEqual(states, ['missing', 'address'])
})

test('evidence counts as a document when it is a file of the repository with something in it', async (t) => {
  const names = ['docs/real.md', 'docs/empty.md', 'docs', '/etc/passwd', '../outside.md', 'out.md']
  const entries = names.map(
    (evidence) =>
      `  - {item: a.b, statement: S, owner: o, date: 2026-01-01, expires: 2026-01-02, evidence: "${evidence}"}\n`,
  )
  const cwd = scratchFolder(t, {
    'outside.md': 'text',
    'project/.git/': '',
    'project/docs/real.md': 'text',
    'project/docs/empty.md': '',
    'project/.mlcheck/attestations.yaml': `attestations:\n${entries.join('')}`,
  })
  symlinkSync('../outside.md', path.join(cwd, 'project/out.md'))
  const states = (await loadAttestations('project', cwd)).map(({ evidenceState }) => evidenceState)
  assert.deepEqual(states, ['found', ...names.slice(1).map(() => 'missing')])
})
