import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { inspectLock } from '../../src/locks/inspect-lock.ts'
import { createRandom, type Random } from '../../src/stats/random.ts'

const SEED = 20_261_125
const MUTANTS = 60
const LONGEST_MS = 2000

const root = fileURLToPath(new URL('../../fixtures/locks/', import.meta.url))
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => statSync(join(root, name)).isFile())
  .filter((name) => !['.ts', '.md', '.bin'].includes(extname(name)))
  .sort()

/** Signs that mean something in one of the formats. */
const SIGNS = '[]{}"\'=,:#&*!|>-\\\n\t \u0000\u2028$`<@~^'

const mutations: readonly ((text: string, random: Random) => string)[] = [
  function insertSign(text, random) {
    const at = random.integer(text.length + 1)
    return text.slice(0, at) + (SIGNS[random.integer(SIGNS.length)] ?? '') + text.slice(at)
  },
  function cutOff(text, random) {
    return text.slice(0, random.integer(text.length + 1))
  },
  function leaveOut(text, random) {
    const at = random.integer(text.length + 1)
    return text.slice(0, at) + text.slice(at + 1 + random.integer(40))
  },
  function repeat(text, random) {
    const at = random.integer(text.length + 1)
    return text.slice(0, at + 1 + random.integer(200)) + text.slice(at)
  },
  function exchangeLines(text, random) {
    const lines = text.split('\n')
    const [a, b] = [random.integer(lines.length), random.integer(lines.length)]
    ;[lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? '']
    return lines.join('\n')
  },
]

for (const file of files) {
  test(`${file} damaged in any way ends in a verdict, soon`, async () => {
    const random = createRandom(SEED)
    const original = readFileSync(join(root, file), 'utf8')
    for (let left = MUTANTS; left > 0; left -= 1) {
      const mutate = mutations[left % mutations.length] ?? mutations[0]
      const text = mutate?.(original, random) ?? ''
      const startedAt = performance.now()
      const found = await inspectLock(file, text)
      const milliseconds = performance.now() - startedAt
      assert.ok(milliseconds < LONGEST_MS, `${String(milliseconds)} ms: ${text}`)
      const lines = text.split(/\r\n|\r|\n/).length
      for (const { line } of found?.entries ?? []) assert.ok(line >= 1 && line <= lines + 1, text)
      const isExact = found?.entries.every(({ pinned }) => pinned === 'yes' || pinned === 'hashed')
      if (found?.verdict === 'safe') assert.ok(isExact === true && found.entries.length > 0, text)
    }
  })
}

test('a package whose version, hash or name is gone is never safe', async () => {
  for (const [file, from, to] of [
    ['uv/uv.lock', 'version = "1.9.0"\n', ''],
    ['uv/uv.lock', 'name = "blinker"\n', ''],
    ['pylock/pip/pylock.toml', 'version = "1.5.2"\n', ''],
    ['poetry/written-2.5/poetry.lock', 'version = "0.4.6"\n', ''],
    ['pipfile/Pipfile.lock', '"version": "==', '"version": ">='],
    ['conda-environment/exact.yml', '=3.11.11=', '='],
    ['hashed/requirements.txt', '==', '>='],
  ] as const) {
    const original = readFileSync(join(root, file), 'utf8')
    assert.ok(original.includes(from), file)
    const before = await inspectLock(file, original)
    assert.equal(before?.verdict, 'safe', file)
    const after = await inspectLock(file, original.replace(from, to))
    assert.notEqual(after?.verdict, 'safe', file)
  }
})
