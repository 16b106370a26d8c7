import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readRequirements } from '../../src/locks/requirements.ts'
import type { RequirementSet } from '../../src/locks/requirement.ts'

const root = new URL('../../fixtures/locks/', import.meta.url)

function fromFixtures(...paths: readonly string[]): Promise<RequirementSet> {
  return readRequirements(paths, (path) => {
    const url = new URL(path, root)
    return Promise.resolve(existsSync(url) ? new Uint8Array(readFileSync(url)) : 'missing')
  })
}

function fromLines(...lines: readonly string[]): Promise<RequirementSet> {
  const bytes = new TextEncoder().encode(lines.join('\n'))
  return readRequirements(['requirements.txt'], (path) =>
    Promise.resolve(
      path === 'requirements.txt' ? bytes : path.startsWith('..') ? 'outside' : 'missing',
    ),
  )
}

const pins = (set: RequirementSet) => set.entries.map((entry) => `${entry.name} ${entry.pinned}`)
const codes = (set: RequirementSet) => set.findings.map((finding) => finding.code)

test('hashes on continuation lines belong to their requirement', async () => {
  const set = await fromFixtures('hashed/requirements.txt')
  assert.deepEqual(pins(set), ['numpy hashed', 'scikit-learn hashed'])
  assert.deepEqual(
    set.entries.map((entry) => entry.line),
    [2, 5],
  )
  assert.equal(set.entries[0]?.hashes.length, 2)
  assert.equal(set.hashMode, 'required')
  assert.deepEqual(set.findings, [])
})

test('included files are followed relative to the including one, constraints pin but do not install', async () => {
  const set = await fromFixtures('included/requirements.txt')
  assert.deepEqual(pins(set), ['scipy yes', 'pandas yes', 'requests yes', 'flask no'])
  assert.deepEqual(set.files, [
    'included/requirements.txt',
    'included/nested/base.txt',
    'included/nested/deeper.txt',
    'included/constraints.txt',
  ])
  assert.equal(set.entries[2]?.code, 'REQUIREMENT_CONSTRAINED')
  assert.equal(set.entries[0]?.file, 'included/nested/deeper.txt')
})

test('a cycle of includes is refused with its path', async () => {
  const set = await fromFixtures('cycle/a.txt')
  assert.deepEqual(codes(set), ['REQUIREMENTS_INCLUDE_CYCLE'])
  assert.equal(set.findings[0]?.args['chain'], 'cycle/a.txt → cycle/b.txt → cycle/a.txt')
})

test('a backslash behind a comment swallows the next requirement, and that is said', async () => {
  const set = await fromFixtures('swallowed/requirements.txt')
  assert.deepEqual(pins(set), ['numpy yes', 'scipy yes'])
  assert.deepEqual(codes(set), ['REQUIREMENT_SWALLOWED'])
  assert.deepEqual(set.findings[0]?.args, {
    file: 'swallowed/requirements.txt',
    line: 2,
    text: 'pandas==2.2.3',
  })
})

for (const name of [
  'utf-8-bom.txt',
  'utf-16le-bom.txt',
  'utf-16be-bom.txt',
  'carriage-return.txt',
  'crlf.txt',
  'no-final-newline.txt',
]) {
  test(`${name} reads as plain text does`, async () => {
    assert.deepEqual(pins(await fromFixtures(`encodings/${name}`)), ['numpy yes', 'pandas yes'])
  })
}

test('bytes that are no text decide nothing', async () => {
  const set = await fromFixtures('encodings/not-text.bin')
  assert.deepEqual(codes(set), ['REQUIREMENTS_NOT_TEXT'])
  assert.equal(set.findings[0]?.severity, 'inconclusive')
})

test('a missing, remote or outside include is a finding at the including line', async () => {
  const set = await fromLines('-r gone.txt', '-r https://host/base.txt', '-c ../../etc/pins.txt')
  assert.deepEqual(codes(set), [
    'REQUIREMENTS_FILE_MISSING',
    'REQUIREMENTS_INCLUDE_REMOTE',
    'REQUIREMENTS_INCLUDE_OUTSIDE',
  ])
  assert.deepEqual(set.findings[0]?.location, { path: 'requirements.txt', line: 1 })
})

const SHA256 = 'c'.repeat(64)

test('one hash makes every requirement without one a failure', async () => {
  const set = await fromLines(`numpy==2.1.3 --hash=sha256:${SHA256}`, 'pandas==2.2.3')
  assert.deepEqual(codes(set), ['REQUIREMENTS_HASH_MODE_INCOMPLETE'])
  assert.equal(set.findings[0]?.args['name'], 'pandas')
})

test('hashes that the file switches off bind nothing', async () => {
  const set = await fromLines('--no-require-hashes', `numpy==2.1.3 --hash=sha256:${SHA256}`)
  assert.deepEqual(pins(set), ['numpy yes'])
  assert.deepEqual(codes(set), ['REQUIREMENTS_HASHES_DISABLED'])
})

test('a repeated project is fine under disjoint markers only', async () => {
  const disjoint: readonly (readonly [string, string])[] = [
    ['python_version < "3.9"', 'python_version >= "3.9"'],
    ['sys_platform == "win32"', 'sys_platform != "win32"'],
    ["sys_platform == 'linux' and python_version < '3.10'", "python_version >= '3.10'"],
    ['python_full_version < "3.9.1"', 'python_full_version >= "3.9.1"'],
    ['"linux" in sys_platform', 'sys_platform == "darwin"'],
    ['(os_name == "nt" or os_name == "java")', 'os_name == "posix"'],
  ]
  for (const [first, second] of disjoint) {
    const set = await fromLines(`numpy==1.26.4 ; ${first}`, `Numpy==2.1.3 ; ${second}`)
    assert.deepEqual(codes(set), [], `${first} | ${second}`)
  }
  const overlapping: readonly (readonly [string, string])[] = [
    ['python_version < "3.10"', 'python_version >= "3.9"'],
    ['sys_platform == "win32"', 'python_version >= "3.9"'],
    ['python_full_version <= "3.9.1"', 'python_full_version >= "3.9.1"'],
  ]
  for (const [first, second] of overlapping) {
    const set = await fromLines(`numpy==1.26.4 ; ${first}`, `numpy==2.1.3 ; ${second}`)
    assert.deepEqual(codes(set), ['REQUIREMENT_CONTRADICTED'], `${first} | ${second}`)
  }
})

test('the same pin twice is a warning, two versions a failure, names compare as PyPI does', async () => {
  assert.deepEqual(codes(await fromLines('My_Pkg==1.0', 'my-pkg==1.0')), ['REQUIREMENT_REPEATED'])
  assert.deepEqual(codes(await fromLines('My.Pkg==1.0', 'my-pkg==1.1')), [
    'REQUIREMENT_CONTRADICTED',
  ])
})

test('a constraint that excludes the pin is a contradiction', async () => {
  const files: Readonly<Record<string, string>> = {
    'requirements.txt': '-c pins.txt\nnumpy==2.1.3\n',
    'pins.txt': 'numpy<2\n',
  }
  const set = await readRequirements(['requirements.txt'], (path) => {
    const text = files[path]
    return Promise.resolve(text === undefined ? 'missing' : new TextEncoder().encode(text))
  })
  assert.deepEqual(codes(set), ['REQUIREMENTS_CONSTRAINT_CONFLICT'])
})

test('switches that weaken pins are named', async () => {
  const set = await fromLines(
    '--pre',
    '--extra-index-url https://host/simple',
    '--index-url http://host/simple',
    '--trusted-host host',
    `--hash=sha256:${SHA256}`,
    'numpy==2.1.3',
  )
  assert.deepEqual(codes(set), [
    'REQUIREMENTS_HASH_IGNORED',
    'REQUIREMENTS_PRE_RELEASES',
    'REQUIREMENTS_EXTRA_INDEX',
    'REQUIREMENTS_TRUSTED_HOST',
    'REQUIREMENTS_INSECURE_INDEX',
  ])
})

test('a line pip refuses is a failure with its reason', async () => {
  const set = await fromLines('--unknown', 'numpy==2.1.3 --hash', '-r "open')
  assert.deepEqual(codes(set), [
    'REQUIREMENTS_LINE_INVALID',
    'REQUIREMENTS_LINE_INVALID',
    'REQUIREMENTS_LINE_INVALID',
  ])
})

test('comments, blanks and options of pip are not requirements', async () => {
  const set = await fromLines(
    '# head',
    '',
    '-i https://host/simple',
    '--no-binary=:all:',
    '--prefer-binary',
    '  numpy==2.1.3   # why',
    'pandas==2.2.3#not-a-comment-for-pip',
  )
  assert.deepEqual(pins(set), ['numpy yes', 'pandas no'])
})

test('only a requirement without a hash is said to have none', async () => {
  const hash = `--hash=sha256:${SHA256}`
  assert.deepEqual(codes(await fromLines(`numpy>=1 ${hash}`)), [])
  const weak = `x @ https://host/x-1.zip#md5=${'0'.repeat(32)}`
  const set = await fromLines('--require-hashes', `numpy>=1 ${hash}`, weak, 'pandas>=2')
  assert.deepEqual(
    set.findings.map(({ code, args }) => [code, args['name']]),
    [['REQUIREMENTS_HASH_MODE_INCOMPLETE', 'pandas']],
  )
})

test('a folder is not a missing file, and what is too large is not read', async () => {
  for (const [refusal, code, severity] of [
    ['not-a-file', 'REQUIREMENTS_NOT_A_FILE', 'fail'],
    ['too-large', 'REQUIREMENTS_TOO_LARGE', 'inconclusive'],
  ] as const) {
    const set = await readRequirements(['requirements.txt'], () => Promise.resolve(refusal))
    assert.deepEqual(
      set.findings.map((finding) => [finding.code, finding.severity]),
      [[code, severity]],
    )
  }
})

test('a line beyond the limit is told, not parsed', async () => {
  const set = await fromLines('numpy==1.0', `x${' '.repeat(70_000)}y`)
  assert.deepEqual(pins(set), ['numpy yes'])
  assert.deepEqual(codes(set), ['REQUIREMENTS_LINE_TOO_LONG'])
  assert.deepEqual(set.findings[0]?.location, { path: 'requirements.txt', line: 2 })
})

for (const [what, line] of [
  ['blanks', `numpy==1.0${' '.repeat(300_000)}x`],
  ['empty lines', '\n'.repeat(300_000)],
  ['backslashes', `${'\\'.repeat(1_000_000)}x`],
  ['number signs', '#'.repeat(1_000_000)],
  ['brackets', `${'['.repeat(60_000)}x]`],
  ['hyphens and digits', '-1'.repeat(30_000)],
  ['blanks within the limit', `a${' '.repeat(60_000)}b`],
] as const) {
  test(`the time for a file of ${what} grows with its size, not with its square`, async () => {
    const startedAt = performance.now()
    await fromLines(line, line)
    const milliseconds = performance.now() - startedAt
    assert.ok(milliseconds < 2000, `${String(milliseconds)} ms`)
  })
}
