import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problems, readLockFixture, readLockText, summary } from './read-lock.ts'

test('what the project leads to is production, what only a group leads to is not', async () => {
  const reading = await readLockFixture('uv/uv.lock')
  // As `uv export --no-dev` of uv 0.13.9 lists it.
  assert.deepEqual(summary(reading), [
    'blinker 5 hashed REQUIREMENT_HASHED',
    'click 14 hashed REQUIREMENT_HASHED',
    'flask 32 hashed REQUIREMENT_HASHED',
    'itsdangerous 81 hashed REQUIREMENT_HASHED',
    'jinja2 90 hashed REQUIREMENT_HASHED',
    'markupsafe 102 hashed REQUIREMENT_HASHED',
    'numpy 160 hashed REQUIREMENT_HASHED',
    'werkzeug 251 hashed REQUIREMENT_HASHED',
  ])
  assert.equal(reading.requiresPython?.specifier, '>=3.11, <3.14')
})

test('a repository, an address and a folder are judged for what they are', async () => {
  const text = `version = 1

[[package]]
name = "features"
version = "0.1.0"
source = { git = "https://host.example/f.git?rev=main#${'1'.repeat(40)}" }

[[package]]
name = "shared"
version = "0.1.0"
source = { directory = "../shared" }

[[package]]
name = "open"
version = "1.0"
source = { url = "https://host.example/open.zip" }
`
  assert.deepEqual(summary(await readLockText('uv.lock', text)), [
    'features 3 warn REQUIREMENT_VCS_COMMIT',
    'shared 8 no REQUIREMENT_LOCAL_PATH',
    'open 13 yes REQUIREMENT_PINNED',
  ])
})

test('another version of the format, and text that is no TOML, are not read', async () => {
  for (const [text, line] of [
    ['version = 2\n', 1],
    ['', 1],
    ['version = 1\n\n[[package]\n', 4],
    ['version = 1\nversion = 1\n', 2],
  ] as const) {
    const [problem] = problems(await readLockText('uv.lock', text))
    assert.equal(problem, `${String(line)} inconclusive LOCK_MALFORMED`, text)
  }
})
