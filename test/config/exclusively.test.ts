import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { exclusively } from '../../src/config/exclusively.ts'
import { UsageError } from '../../src/core/errors.ts'
import { scratchFolder } from '../scratch-folder.ts'

test('what is done exclusively is done by one after the other', async (t) => {
  const file = path.join(scratchFolder(t), 'below/file.yaml')
  const log: string[] = []
  const one = (name: string) =>
    exclusively(file, async () => {
      log.push(`${name} in`)
      await pause(5)
      log.push(`${name} out`)
    })
  await Promise.all(['a', 'b', 'c', 'd'].map(one))
  assert.equal(log.length, 8)
  for (let at = 0; at < log.length; at += 2) {
    assert.equal(log[at + 1], log[at]?.replace('in', 'out'))
  }
  assert.deepEqual(readdirSync(path.dirname(file)), [])
})

test('a lock that a dead process left is taken over, by one of all who wait', async (t) => {
  const folder = scratchFolder(t, { '.file.yaml.lock': 'dead' })
  let inside = 0
  const work = async () => {
    inside += 1
    assert.equal(inside, 1)
    await pause(5)
    inside -= 1
  }
  const file = path.join(folder, 'file.yaml')
  await Promise.all([1, 2, 3, 4].map(() => exclusively(file, work, 60)))
  assert.deepEqual(readdirSync(folder), [])
})

test('an empty lock, left by a death between two steps, is taken over too', async (t) => {
  const folder = scratchFolder(t, { '.file.yaml.lock': '' })
  await exclusively(path.join(folder, 'file.yaml'), () => Promise.resolve(), 60)
  assert.deepEqual(readdirSync(folder), [])
})

test('whose lock was taken over is told before writing, and leaves the new one alone', async (t) => {
  const folder = scratchFolder(t)
  const held = exclusively(path.join(folder, 'file.yaml'), async ({ confirm }) => {
    await confirm()
    writeFileSync(path.join(folder, '.file.yaml.lock'), 'another')
    await confirm()
  })
  await assert.rejects(held, UsageError)
  assert.deepEqual(readdirSync(folder), ['.file.yaml.lock'])
})

test('work that fails lets the next one in', async (t) => {
  const file = path.join(scratchFolder(t), 'file.yaml')
  await assert.rejects(
    exclusively(file, () => Promise.reject(new TypeError('no'))),
    TypeError,
  )
  assert.equal(await exclusively(file, () => Promise.resolve(1)), 1)
})
