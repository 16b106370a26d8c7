import assert from 'node:assert/strict'
import { chmodSync, existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { APPS } from '../../src/cli/apps.ts'
import { loadWaivers } from '../../src/config/load-waivers.ts'
import type { Result } from '../../src/core/result.ts'
import { cli } from './harness.ts'
import { scratchFolder } from '../scratch-folder.ts'

const MODEL = 'weights'
const SHA256 = '9c8ce7a4a85dcb3a47ee49e9cbb1b5a2f77f8f3b1d5c0f8b0d8b3f6f1c8a4c31'
const DAY = '2026-11-24'

const CHECKLIST = `version: 1
items:
  - {id: model.size, title: The model fits, section: model, phase: before, check: model.size}
  - {id: model.bound, title: The model fits, section: model, phase: before, check: model.size, waivable: false}
  - {id: release.trained, title: The team is trained, section: release, phase: before, check: attest, needs_reviewer: true}
  - {id: release.ready, title: The team is ready, section: release, phase: before, check: attest, every: 30d}
  - {id: release.shown, title: The drill is shown, section: release, phase: before, check: attest, min_evidence: documented}
`

const PROJECT = {
  'model.yaml': `version: 1
model: {name: m, task: regression, path: model.bin, limits: {size: 3B}}
`,
  'model.bin': MODEL,
  'checklist.yaml': CHECKLIST,
  'drill.md': '# Drill\n',
}

type Files = Readonly<Record<string, string>>

const run = (args: readonly string[], cwd: string) =>
  cli(args, {
    cwd,
    apps: { record: APPS.record, audit: APPS.audit, reportDefaults: APPS.reportDefaults },
  })

const waive = (...more: readonly string[]) => [
  ...['waive', 'model.size', '--owner', 'bo@example.org', '--reason', 'New hardware: in December'],
  ...['--expires', '2026-12-10', ...more],
]

function project(t: TestContext, more: Files = {}): string {
  return scratchFolder(t, { ...PROJECT, ...more })
}

const stored = (folder: string, kind: string) =>
  readFileSync(path.join(folder, `.mlcheck/${kind}.yaml`), 'utf8')

const audited = async (folder: string, ...more: readonly string[]) => {
  const args = ['audit', '--json', '--now', DAY, '--only', 'model.size', ...more]
  const { exitCode, stdout, stderr } = await run(args, folder)
  assert.notEqual(stdout, '', stderr)
  return { exitCode, result: JSON.parse(stdout) as Result }
}

describe('mlcheck waive', () => {
  test('a waiver is written bound to the model, and the next audit honours it', async (t) => {
    const folder = project(t)
    assert.equal((await audited(folder)).exitCode, 1)
    const { exitCode, stdout } = await run(waive(), folder)
    assert.equal(exitCode, 0)
    assert.match(stdout, /^\.mlcheck\/waivers\.yaml: added\n {2}item: model\.size\n/)
    const { exitCode: code, result } = await audited(folder)
    assert.equal(code, 0)
    assert.equal(result.items[0]?.outcome, 'waived')
    assert.equal((await audited(folder, '--no-waivers')).exitCode, 1)
  })

  test('what stands in the file keeps its bytes: comments, order, spacing', async (t) => {
    const before = `# Accepted by the release board.
waivers:
    # The old one.
    - item: model.bound   # see the minutes
      reason: >-
        A reason that
        goes on.
      owner: ana@example.org
      created: 2026-11-01
      expires: 2026-11-30

# End of the list.
`
    const folder = project(t, { '.mlcheck/waivers.yaml': before })
    assert.equal((await run(waive(), folder)).exitCode, 0)
    const after = stored(folder, 'waivers')
    const added = after.split('\n').find((line) => line.includes('item: model.size')) ?? ''
    assert.match(added, /^ {4}- \{item: model\.size, reason: "?New hardware: in December"?, /)
    assert.equal(after.replace(`${added}\n`, ''), before)
  })

  for (const [what, text] of [
    ['an empty file', ''],
    ['a file of comments alone', '# none yet\n'],
    ['an empty list', 'waivers: []\n'],
    [
      'a list in one line',
      'waivers: [{item: model.bound, reason: r, owner: o, created: 2026-11-01, expires: 2026-11-30}]\n',
    ],
    ['an empty list with a comment', 'waivers: [ # none yet\n]\n'],
    [
      'a list in brackets whose last entry has a comment',
      'waivers: [\n  {item: model.bound, reason: r, owner: o, created: 2026-11-01, expires: 2026-11-30}, # old\n]\n',
    ],
    [
      'a list whose last entry is a block of text, before the end of the document',
      '---\nwaivers:\n  - item: model.bound\n    owner: o\n    created: 2026-11-01\n    expires: 2026-11-30\n    reason: |\n      one\n      # two\n...\n',
    ],
    [
      'a list whose last entry keeps the blank lines behind it',
      'waivers:\n  - item: model.bound\n    owner: o\n    created: 2026-11-01\n    expires: 2026-11-30\n    reason: |+\n      one\n\n\n',
    ],
    ['a document that begins and holds nothing', '# none yet\n---\n'],
    ['a document that begins and ends', '---\n...\n'],
    [
      'a list with an anchor and its alias',
      'waivers: &all\n  - &one {item: model.bound, reason: r, owner: o, created: 2026-11-01, expires: 2026-11-30}\n  - *one\n',
    ],
    [
      'a file with a byte order mark',
      '\uFEFFwaivers:\n- {item: model.bound, reason: r, owner: o, created: 2026-11-01, expires: 2026-11-30}\n',
    ],
    [
      'a list without a last line break',
      'waivers:\n- {item: model.bound, reason: r, owner: o, created: 2026-11-01, expires: 2026-11-30}',
    ],
    [
      'lines that end as on Windows',
      'waivers:\r\n  - {item: model.bound, reason: r, owner: o, created: 2026-11-01, expires: 2026-11-30}\r\n',
    ],
  ] as const) {
    test(`${what} is extended, and two more waivers can be added`, async (t) => {
      const folder = project(t, { '.mlcheck/waivers.yaml': text })
      const before = await loadWaivers('.', folder)
      assert.equal((await run(waive(), folder)).exitCode, 0)
      assert.equal((await run(waive(), folder)).exitCode, 0)
      const after = await loadWaivers('.', folder)
      assert.equal(after.length, before.length + 2)
      const said = (waivers: typeof before) => waivers.map(({ item, reason }) => [item, reason])
      assert.deepEqual(said(after).slice(0, before.length), said(before))
      assert.equal((await audited(folder)).result.items[0]?.outcome, 'waived')
    })
  }

  test('of many who write at once, nobody loses a record', async (t) => {
    const folder = project(t)
    const runs = await Promise.all(Array.from({ length: 12 }, () => run(waive(), folder)))
    assert.deepEqual(
      runs.map(({ exitCode }) => exitCode),
      runs.map(() => 0),
    )
    assert.equal((await loadWaivers('.', folder)).length, runs.length)
    assert.deepEqual(readdirSync(path.join(folder, '.mlcheck')), ['waivers.yaml'])
  })

  test('a file that is read-only stays as it is', async (t) => {
    const folder = project(t, { '.mlcheck/waivers.yaml': '# locked\n' })
    chmodSync(path.join(folder, '.mlcheck/waivers.yaml'), 0o444)
    // The superuser may write it all the same.
    if (process.getuid?.() === 0) return
    const { exitCode, stderr } = await run(waive(), folder)
    assert.equal(exitCode, 2)
    assert.match(stderr, /permission denied/)
    assert.equal(stored(folder, 'waivers'), '# locked\n')
  })

  test('a run that was interrupted writes nothing', async (t) => {
    const folder = project(t)
    const { exitCode } = await cli(waive(), {
      cwd: folder,
      apps: { record: APPS.record },
      signal: AbortSignal.abort(),
    })
    assert.notEqual(exitCode, 0)
    assert.ok(!existsSync(path.join(folder, '.mlcheck')))
  })

  test('with --dry-run nothing is written', async (t) => {
    const folder = project(t)
    const { exitCode, stdout } = await run(waive('--dry-run'), folder)
    assert.equal(exitCode, 0)
    assert.match(stdout, /would be added/)
    assert.throws(() => stored(folder, 'waivers'), /ENOENT/)
  })
})

describe('what would have no effect is refused with exit code 2, and nothing is written', () => {
  const attest = (item: string, ...more: readonly string[]) => [
    ...['attest', item, '--owner', 'ana@example.org', '--statement', 'Drill held', ...more],
  ]
  const instead = (item: string, expires = '2026-12-10') => [
    ...['waive', item, '--owner', 'bo', '--reason', 'r', '--expires', expires],
  ]
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'an unknown item',
      instead('model.sise'),
      /no item "model\.sise".*\n.*Did you mean "model\.size"/,
    ],
    ['a past day', instead('model.size', '2026-11-23'), /2026-11-23 is past: today is 2026-11-24/],
    ['too long a time', instead('model.size', '2027-02-23'), /91 days.*90.*\n.*2027-02-22/],
    ['an item that may not be waived', instead('model.bound'), /may not be waived/],
    ['a waiver of what a person must see', instead('release.ready'), /waits for a person/],
    [
      'a longer time than the item is due',
      attest('release.ready', '--expires', '2026-12-25'),
      /every 30 days.*31.*\n.*2026-12-24/,
    ],
    [
      'an address where a document is demanded',
      attest('release.shown', '--evidence', 'https://wiki.example.org/drill'),
      /demands a document/,
    ],
    ['an item that a check decides', attest('model.size'), /decided by a check/],
    ['a document that is not there', attest('release.ready', '--evidence', 'drll.md'), /drll\.md/],
    ['a document elsewhere', attest('release.ready', '--evidence', '/etc/hostname'), /outside/],
    ['no second person', attest('release.trained'), /needs a second person/],
    [
      'oneself as reviewer',
      attest('release.trained', '--reviewer', 'ANA@example.org '),
      /is the owner/,
    ],
    [
      'an empty statement',
      ['attest', 'release.ready', '--owner', 'a', '--statement', ' '],
      /empty/,
    ],
    ['no owner', ['waive', 'model.size', '--reason', 'r', '--expires', '2026-12-10'], /--owner/],
  ]
  for (const [what, args, stderr] of cases) {
    test(what, async (t) => {
      const folder = project(t)
      const found = await run(args, folder)
      assert.equal(found.exitCode, 2, found.stdout)
      assert.match(found.stderr, stderr)
      assert.throws(() => stored(folder, 'waivers'), /ENOENT/)
      assert.throws(() => stored(folder, 'attestations'), /ENOENT/)
    })
  }

  test('a model that is a pointer: the record would be bound to the wrong bytes', async (t) => {
    const folder = project(t, {
      'model.bin': `version https://git-lfs.github.com/spec/v1\noid sha256:${SHA256}\nsize 12345\n`,
    })
    const { exitCode, stderr } = await run(waive(), folder)
    assert.equal(exitCode, 2)
    assert.match(stderr, /pointer/)
  })

  test('a file that is not valid stays as it is', async (t) => {
    const folder = project(t, { '.mlcheck/waivers.yaml': 'waivers:\n  - {itm: model.size}\n' })
    const { exitCode, stderr } = await run(waive(), folder)
    assert.equal(exitCode, 2)
    assert.match(stderr, /waivers\.yaml:2:/)
    assert.equal(stored(folder, 'waivers'), 'waivers:\n  - {itm: model.size}\n')
  })
})

describe('mlcheck attest', () => {
  const item = async (folder: string, id: string) => {
    const { stdout } = await run(['audit', '--json', '--now', DAY, '--only', id], folder)
    return (JSON.parse(stdout) as Result).items[0]
  }

  test('an attestation holds for the cadence of its item, and passes it', async (t) => {
    const folder = project(t)
    const args = [
      'attest',
      'release.ready',
      '--owner',
      'ana',
      '--statement',
      'Ready: yes',
      '--evidence',
      'drill.md',
    ]
    assert.equal((await run(args, folder)).exitCode, 0)
    assert.match(stored(folder, 'attestations'), /expires: 2026-12-24/)
    const found = await item(folder, 'release.ready')
    assert.equal(found?.outcome, 'pass')
    assert.equal(found.level, 'documented')
  })

  test('an item that asks for two people passes with two', async (t) => {
    const folder = project(t)
    const args = [
      'attest',
      'release.trained',
      '--owner',
      'ana',
      '--statement',
      'Held',
      '--reviewer',
      'bo',
    ]
    assert.equal((await run(args, folder)).exitCode, 0)
    assert.equal((await item(folder, 'release.trained'))?.outcome, 'pass')
  })

  test('a record by hand that lacks the second person counts for nothing', async (t) => {
    const sha256 = (await import('node:crypto')).createHash('sha256').update(MODEL).digest('hex')
    const written = (reviewer: string) =>
      `attestations:\n  - {item: release.trained, statement: s, owner: ana, date: 2026-11-01, expires: 2027-11-01, ${reviewer}model_sha256: ${sha256}}\n`
    for (const [reviewer, code] of [
      ['', 'ATTESTATION_NOT_REVIEWED'],
      ['reviewer: Ana, ', 'ATTESTATION_REVIEWED_BY_OWNER'],
      ['reviewer: " ", ', 'ATTESTATION_NOT_REVIEWED'],
      ['reviewer: "Ana <ana@example.org>", ', 'ATTESTATION_REVIEWED_BY_OWNER'],
      ['reviewer: "an\\u200ba", ', 'ATTESTATION_REVIEWED_BY_OWNER'],
    ] as const) {
      const folder = project(t, { '.mlcheck/attestations.yaml': written(reviewer) })
      const found = await item(folder, 'release.trained')
      assert.equal(found?.outcome, 'needs-review')
      assert.equal(found.findings[0]?.code, code)
    }
  })
})

describe('mlcheck audit --baseline', () => {
  const store = async (folder: string) => {
    await run(['audit', '--report', 'json=base.json', '--now', DAY, '--only', 'model.size'], folder)
  }

  test('a failure that the baseline has does not fail the run, and is listed with its age', async (t) => {
    const folder = project(t)
    await store(folder)
    const { exitCode, result } = await audited(folder, '--baseline', 'base.json')
    assert.equal(exitCode, 0)
    const [failed] = result.items
    assert.equal(failed?.outcome, 'fail')
    assert.deepEqual(failed.known, { since: DAY })
    assert.ok(result.findings.some(({ code }) => code === 'FAILURE_KNOWN'))
    assert.match(result.verdict.reason, /failed anew/)
  })

  test('a failure that it does not have fails the run', async (t) => {
    const folder = project(t, { 'model.yaml': PROJECT['model.yaml'].replace('3B', '3KiB') })
    await store(folder)
    const changed = scratchFolder(t, {
      ...PROJECT,
      'base.json': readFileSync(path.join(folder, 'base.json'), 'utf8'),
    })
    const { exitCode, result } = await audited(changed, '--baseline', 'base.json')
    assert.equal(exitCode, 1)
    assert.equal(result.items[0]?.known, undefined)
  })

  test('what could not be decided is never known', async (t) => {
    const open = PROJECT['model.yaml'].replace(', limits: {size: 3B}', '')
    const folder = project(t, { 'model.yaml': open })
    await store(folder)
    assert.equal((await audited(folder, '--baseline', 'base.json')).exitCode, 3)
  })

  test('a result of another command, or a changed one, is refused', async (t) => {
    const folder = project(t)
    await store(folder)
    const text = readFileSync(path.join(folder, 'base.json'), 'utf8')
    const changed = scratchFolder(t, {
      ...PROJECT,
      'base.json': text.replace('"command": "audit"', '"command": "drift"'),
      'other.json': text.replaceAll('"fail": 1', '"fail": 0'),
    })
    for (const file of ['base.json', 'other.json', 'none.json']) {
      const found = await run(['audit', '--baseline', file, '--only', 'model.size'], changed)
      assert.equal(found.exitCode, 2, file)
      assert.match(found.stderr, new RegExp(file.replace('.', '\\.')))
    }
  })
})
