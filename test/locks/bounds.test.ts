import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readLockText } from './read-lock.ts'

// Each of these takes the parsers gigabytes or minutes.
for (const [what, name, text] of [
  ['a list of numbers in TOML', 'uv.lock', `version = 1\nx = [${'1,'.repeat(1_500_000)}]\n`],
  ['tables in TOML', 'uv.lock', `version = 1\n${'[[a]]\n'.repeat(700_000)}`],
  ['keys in TOML', 'uv.lock', `version = 1\n${'a.b.c = 1\n'.repeat(400_000)}`],
  ['a text in TOML', 'uv.lock', `version = 1\nx = "${'a'.repeat(4_000_000)}"\n`],
  ['commas in YAML', 'environment.yml', `dependencies: [${','.repeat(1_500_000)}]\n`],
  ['empty items in YAML', 'environment.yml', `dependencies:\n${'-\n'.repeat(1_500_000)}`],
  ['empty lists in JSON', 'Pipfile.lock', `{"_meta":[${'[],'.repeat(1_000_000)}[]]}`],
  ['commands in a Dockerfile', 'Dockerfile', `FROM a\n${'RUN pip install a\n'.repeat(200_000)}`],
] as const) {
  test(`${what} beyond what a lock file has end in an error, soon and in little memory`, async () => {
    const startedAt = performance.now()
    const { entries, findings } = await readLockText(name, text)
    assert.deepEqual(entries, [])
    assert.deepEqual(
      findings.map(({ code, severity }) => `${severity} ${code}`),
      ['inconclusive LOCK_MALFORMED'],
    )
    const milliseconds = performance.now() - startedAt
    assert.ok(milliseconds < 2000, `${String(milliseconds)} ms`)
  })
}

test('the time for a Dockerfile of the allowed size grows with it, not with its square', async () => {
  for (const instruction of [
    'RUN pip install numpy==1.0\n',
    'COPY a b\nRUN pip install -r /b/c\n',
    'ENV A=b\n',
  ]) {
    const text = `FROM scratch\n${instruction.repeat(120_000 / instruction.length)}`
    const startedAt = performance.now()
    await readLockText('Dockerfile', text)
    const milliseconds = performance.now() - startedAt
    assert.ok(milliseconds < 2000, `${instruction}: ${String(milliseconds)} ms`)
  }
  for (const word of ['"a" ', '${a:-', '`a` ', '\\\n']) {
    const startedAt = performance.now()
    await readLockText('Dockerfile', `FROM scratch\nRUN pip install ${word.repeat(20_000)}\n`)
    const milliseconds = performance.now() - startedAt
    assert.ok(milliseconds < 2000, `${word}: ${String(milliseconds)} ms`)
  }
})
