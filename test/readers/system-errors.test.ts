import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { tellingErrors } from '../../src/readers/system-errors.ts'
import { makeScratch, refusal } from './scratch.ts'

const scratch = makeScratch()

test('what the system refuses is told with the path as it was written, once', async () => {
  scratch.write('file.csv', 'a\n1\n')
  symlinkSync('loop.csv', path.join(scratch.folder, 'loop.csv'))
  const long = `${'x'.repeat(300)}.csv`
  for (const [location, reason] of [
    [
      'file.csv/below.csv',
      /^file\.csv\/below\.csv cannot be read: a part of its path is not a folder$/,
    ],
    ['loop.csv', /^loop\.csv cannot be read: its symbolic links lead in a circle$/],
    [long, /^x{300}\.csv cannot be read: its name is too long$/],
  ] as const) {
    const error = await refusal(() => scratch.open(location))
    assert.equal(error.kind, 'input')
    assert.match(error.message, reason)
    assert.deepEqual(error.location, { path: location })
  }
})

test('a link to nothing does not exist', async () => {
  symlinkSync('gone.csv', path.join(scratch.folder, 'dangling.csv'))
  const error = await refusal(() => scratch.open('dangling.csv'))
  assert.match(error.message, /^dangling\.csv does not exist/)
})

test('a folder that is read like a file is told from one', async () => {
  const folder = path.join(scratch.folder, 'folder.csv')
  mkdirSync(folder)
  const error = await refusal(() =>
    tellingErrors('folder.csv', async () => {
      const handle = await open(folder)
      await handle.readFile().finally(() => handle.close())
    }),
  )
  assert.equal(error.message, 'folder.csv cannot be read: it is a folder')
})

test('a refused permission is told, whoever runs the tests', async () => {
  const file = path.join(scratch.folder, 'secret.csv')
  const refused = Object.assign(new Error('EACCES'), { code: 'EACCES', path: file })
  const error = await refusal(() => tellingErrors('secret.csv', () => Promise.reject(refused)))
  assert.equal(error.message, 'secret.csv cannot be read: permission denied')
  assert.equal(error.cause, refused)
})

test('an error that is not of the system stays what it is', async () => {
  const defect = new TypeError('a defect')
  await assert.rejects(
    tellingErrors('x.csv', () => Promise.reject(defect)),
    defect,
  )
})

test('a glob that matches nothing says so once', async () => {
  scratch.write('some/file.csv', 'a\n1\n')
  // A link to nothing is no matter as long as nobody asks for it.
  symlinkSync('gone.csv', path.join(scratch.folder, 'some/dangling.csv'))
  const error = await refusal(() => scratch.open('some/*.csvx'))
  assert.equal(error.message, 'some/*.csvx matches no file')
  assert.match((await refusal(() => scratch.open('some/d*.csv'))).message, /cannot be read/)
})
