import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { DEFAULT_INSPECTION_LIMITS } from '../../src/artifacts/artifact.ts'
import { ALLOWED } from '../../src/artifacts/globals/allowed.ts'
import { inspectPickle } from '../../src/artifacts/pickle/inspect-pickle.ts'
import { NO_ADDITIONS } from '../../src/artifacts/policy.ts'
import { createRandom, type Random } from '../../src/stats/random.ts'

const SEED = 20_261_125
const MUTANTS = 3000
const LONGEST_MS = 2000
const MOST_MEMORY = 512 * 1024 * 1024

const fixtures = fileURLToPath(new URL('../../fixtures/artifacts/', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'fuzz-test-'))
after(() => rmSync(root, { recursive: true, force: true }))

/** Generators and accounts stand beside the artefacts. */
const OTHERS = new Set(['.ts', '.py', '.md'])

const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .map((name) => join(fixtures, name))
  .filter((name) => statSync(name).isFile() && !OTHERS.has(extname(name)))
  .sort()

type Mutation = (bytes: Buffer, random: Random) => Buffer

const at = (bytes: Buffer, random: Random): number => random.integer(Math.max(1, bytes.length))

const mutations: readonly Mutation[] = [
  function flipBits(bytes, random) {
    const changed = Buffer.from(bytes)
    for (let left = 1 + random.integer(4); left > 0 && changed.length > 0; left -= 1) {
      const index = at(bytes, random)
      changed[index] = (changed[index] ?? 0) ^ (1 << random.integer(8))
    }
    return changed
  },
  function setByte(bytes, random) {
    const changed = Buffer.from(bytes)
    if (changed.length > 0) changed[at(bytes, random)] = random.integer(256)
    return changed
  },
  function cutOff(bytes, random) {
    return bytes.subarray(0, at(bytes, random))
  },
  function leaveOut(bytes, random) {
    const start = at(bytes, random)
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + 1 + random.integer(16))])
  },
  function repeat(bytes, random) {
    const start = at(bytes, random)
    const end = start + 1 + random.integer(64)
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)])
  },
  function changeLength(bytes, random) {
    const changed = Buffer.from(bytes)
    if (changed.length < 9) return changed
    const place = random.integer(changed.length - 8)
    const sizes = [0, 1, 255, 65_535, 2 ** 31 - 1, 2 ** 32 - 1]
    changed.writeUInt32LE(sizes[random.integer(sizes.length)] ?? 0, place)
    return changed
  },
  function exchange(bytes, random) {
    const place = at(bytes, random)
    return Buffer.concat([bytes.subarray(place), bytes.subarray(0, place)])
  },
]

/** Every path that a list allows, whichever part of it is the module. */
const allowed = new Set(
  [...ALLOWED].flatMap(([module, names]) => [...names].map((name) => `${module}.${name}`)),
)
const OLD_MODULES = [
  ['__builtin__.', 'builtins.'],
  ['copy_reg.', 'copyreg.'],
] as const

function isAllowed(path: string): boolean {
  const renamed = OLD_MODULES.reduce(
    (name, [old, current]) => (name.startsWith(old) ? current + name.slice(old.length) : name),
    path,
  )
  return allowed.has(renamed)
}

describe('a damaged model file', () => {
  it('never breaks the inspection, never holds it up, and is never safe with unknown globals', async () => {
    const random = createRandom(SEED)
    let safe = 0
    for (let count = 0; count < MUTANTS; count += 1) {
      const file = files[random.integer(files.length)] ?? ''
      const mutate = mutations[random.integer(mutations.length)] as Mutation
      const path = join(root, `mutant${extname(file)}`)
      writeFileSync(path, mutate(readFileSync(file), random))
      const about = `${file}, ${mutate.name}, mutant ${String(count)}`
      const start = performance.now()
      const found = await inspectPickle(path, DEFAULT_INSPECTION_LIMITS, NO_ADDITIONS, () =>
        performance.now(),
      ).catch((error: unknown) => {
        throw new Error(`it broke on ${about}`, { cause: error })
      })
      assert.ok(performance.now() - start < LONGEST_MS, `too slow: ${about}`)
      if (found.verdict !== 'safe') continue
      safe += 1
      assert.deepEqual(
        found.globals.filter((name) => !isAllowed(name)),
        [],
        about,
      )
    }
    assert.ok(safe > 0 && safe < MUTANTS / 2, `${String(safe)} are safe`)
    assert.ok(process.resourceUsage().maxRSS * 1024 < MOST_MEMORY)
  })
})
