import assert from 'node:assert/strict'
import { readFileSync, readdirSync, symlinkSync, lstatSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { UsageError } from '../../src/core/errors.ts'
import { write, writeFileWhole } from '../../src/cli/io.ts'
import { cli, DRIFT, driftApp, FailingStream } from './harness.ts'
import { scratchFolder } from '../scratch-folder.ts'

test('a reader that went away is no error', async () => {
  for (const code of ['EPIPE', 'ERR_STREAM_DESTROYED']) {
    await write(new FailingStream(code), 'text')
    const run = await cli(DRIFT, { stdout: new FailingStream(code), apps: driftApp() })
    assert.deepEqual(run, { exitCode: 0, stdout: '', stderr: '' })
  }
})

test('a full disk under standard output is no pass', async () => {
  await assert.rejects(write(new FailingStream('ENOSPC'), 'text'), UsageError)
  const run = await cli(DRIFT, { stdout: new FailingStream('ENOSPC'), apps: driftApp() })
  assert.deepEqual(run, {
    exitCode: 2,
    stdout: '',
    stderr: 'mlcheck: cannot write: no space is left\n',
  })
})

test('an error that cannot be told still ends with its code', async () => {
  const run = await cli(['audit', '--phase', 'x'], { stderr: new FailingStream('ENOSPC') })
  assert.equal(run.exitCode, 2)
})

test('a file is written through a link, and the link stays', async (t) => {
  const folder = scratchFolder(t, { 'real.txt': 'old' })
  symlinkSync('real.txt', path.join(folder, 'link.txt'))
  await writeFileWhole(path.join(folder, 'link.txt'), 'new')
  assert.equal(readFileSync(path.join(folder, 'real.txt'), 'utf8'), 'new')
  assert.ok(lstatSync(path.join(folder, 'link.txt')).isSymbolicLink())
})

test('a write that fails leaves nothing behind', async (t) => {
  const folder = scratchFolder(t, { file: '' })
  for (const name of ['file/below', '.', 'n'.repeat(300)]) {
    await assert.rejects(writeFileWhole(path.join(folder, name), 'text'), UsageError)
  }
  assert.deepEqual(readdirSync(folder), ['file'])
})

test('a device is written directly', async () => {
  await writeFileWhole('/dev/null', 'text')
  assert.ok(lstatSync('/dev/null').isCharacterDevice())
})
