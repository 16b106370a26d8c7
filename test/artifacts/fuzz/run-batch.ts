// Runs in a process of its own, whose memory is limited and measured: `run-batch.ts FOLDER ORDER`.
import { mkdirSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Inspection } from '../../../src/artifacts/artifact.ts'
import { inspectArtifact } from '../../../src/artifacts/registry.ts'
import { InputError } from '../../../src/core/errors.ts'
import { createRandom } from '../../../src/stats/random.ts'
import type { Batch, BatchReport } from './batches.ts'
import { layersOf, type Layer } from './layers.ts'
import { saysItsEnd, unknownGlobals } from './laws.ts'
import { CUT, MUTATIONS } from './mutations.ts'
import { plantedCalls, plantedNames, type Planted } from './planted.ts'
import { allSubjects, type Subject } from './subjects.ts'

const LONGEST_MS = 2000
/** Another process may have held this one up; a mutant that is slow is slow again. */
const ATTEMPTS = 3

const [folder = '', order = ''] = process.argv.slice(2)
const { names, rounds, seed, keep } = JSON.parse(order) as Batch
const random = createRandom(seed)
const broken: string[] = []
const counts = { inspections: 0, safe: 0, layers: 0, planted: 0 }

/** Where the process was when it did not come back. */
function announce(about: string): void {
  writeFileSync(join(folder, 'current'), about)
}

function report(law: string, about: string, bytes: Uint8Array): void {
  if (keep !== undefined) {
    writeFileSync(join(keep, about.replaceAll(/[^\w.-]+/g, '_').slice(0, 200)), bytes)
  }
  broken.push(`${law}: ${about}`)
}

/** What is known of a mutant; `undefined` when it is refused as the user is told. */
async function inspectMutant(
  { target, opened }: Subject,
  bytes: Uint8Array,
  about: string,
): Promise<Inspection | undefined> {
  const work = join(folder, 'work')
  announce(about)
  writeFileSync(join(work, target), bytes)
  counts.inspections += 1
  for (let attempt = 1; ; attempt += 1) {
    const start = performance.now()
    let found: Inspection | undefined
    try {
      found = await inspectArtifact(join(work, opened), { now: () => performance.now() })
    } catch (error) {
      if (!(error instanceof InputError)) {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
        report('it broke', `${about}\n${text}`, bytes)
      }
    }
    const took = performance.now() - start
    if (took >= LONGEST_MS && attempt < ATTEMPTS) continue
    if (took >= LONGEST_MS) report('it is slow', `${about}, ${took.toFixed()} ms`, bytes)
    return found
  }
}

async function mutate(subject: Subject, layer: Layer, original: Inspection): Promise<void> {
  const stream = random.fork(`${subject.name} ${layer.name}`)
  for (let round = 0; round < rounds; round += 1) {
    const mutation = MUTATIONS[stream.integer(MUTATIONS.length)] ?? CUT
    const about = `${subject.name}, ${layer.name}, ${mutation.name}, round ${String(round)}`
    const changed = mutation.apply(layer.bytes, stream)
    const bytes = layer.wrap(changed)
    const found = await inspectMutant(subject, bytes, about)
    if (found?.verdict !== 'safe') continue
    counts.safe += 1
    const unknown = unknownGlobals(found)
    if (unknown.length > 0) report(`safe with ${unknown.join(', ')}`, about, bytes)
    const isPart =
      mutation === CUT && bytes.length < subject.bytes.toString('latin1').trimEnd().length
    if (isPart && bytes === changed && saysItsEnd(original))
      report('safe without its end', about, bytes)
  }
}

async function plant(subject: Subject, layer: Layer, planted: readonly Planted[]): Promise<void> {
  for (const { name, bytes, isCertain } of planted) {
    const about = `${subject.name}, ${layer.name}, ${name}`
    const mutant = layer.wrap(bytes)
    const found = await inspectMutant(subject, mutant, about)
    counts.planted += 1
    if (found?.verdict === 'safe') report('safe', about, mutant)
    if (isCertain && found?.verdict !== 'unsafe') report('not unsafe', about, mutant)
  }
}

async function attack(subject: Subject): Promise<void> {
  const work = join(folder, 'work')
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work)
  for (const [name, content] of subject.others) writeFileSync(join(work, name), content)
  const original = await inspectMutant(subject, subject.bytes, subject.name)
  if (original === undefined) return
  for (const layer of await layersOf(join(work, subject.target), subject.bytes)) {
    const about = `${subject.name}, ${layer.name}, unchanged`
    const same = await inspectMutant(subject, layer.wrap(layer.bytes), about)
    const isSame =
      same?.globals.join() === original.globals.join() && same.verdict === original.verdict
    // What is wrong with the archive itself is lost when it is packed again.
    if (!isSame) {
      if (original.verdict === 'safe') report('not the same', about, layer.wrap(layer.bytes))
      continue
    }
    counts.layers += 1
    await mutate(subject, layer, original)
    const calls = original.kind === 'unknown' ? [] : plantedCalls(layer.bytes)
    await plant(subject, layer, [...calls, ...plantedNames(layer.bytes, original)])
  }
}

/** Mutants that were not closed, where the system tells. */
function openMutants(): number {
  if (process.platform !== 'linux') return 0
  const descriptors = readdirSync('/proc/self/fd').map((name) => `/proc/self/fd/${name}`)
  return descriptors.filter((each) => {
    try {
      return readlinkSync(each).startsWith(folder)
    } catch {
      return false
    }
  }).length
}

const wanted = new Set(names)
for (const subject of allSubjects()) if (wanted.has(subject.name)) await attack(subject)
// Streams close their files a moment after they have ended.
await setTimeout(500)
const result: BatchReport = {
  ...counts,
  broken,
  leftOpen: openMutants(),
  peakBytes: process.resourceUsage().maxRSS * 1024,
}
process.stdout.write(JSON.stringify(result))
