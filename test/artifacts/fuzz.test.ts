// Every fixture of `fixtures/artifacts` and every model of `fixtures/sklearn` is damaged in seeded ways,
// also below its compression and inside its archive, and read as `mlcheck inspect` reads it. For a long
// run, MLCHECK_FUZZ_ROUNDS multiplies the mutants and MLCHECK_FUZZ_SEED gives others; MLCHECK_FUZZ_KEEP
// names a folder for those that break a law.
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { runBatch, type BatchReport } from './fuzz/batches.ts'
import { allSubjects } from './fuzz/subjects.ts'

const SEED = Number(process.env['MLCHECK_FUZZ_SEED'] ?? 20_261_125)
const ROUNDS = 8 * Number(process.env['MLCHECK_FUZZ_ROUNDS'] ?? 1)
const KEEP = process.env['MLCHECK_FUZZ_KEEP']
const PROCESSES = 2
const MOST_MEMORY = 512 * 1024 * 1024

const subjects = allSubjects().map(({ name }) => name)

describe('a damaged model file', { concurrency: PROCESSES }, () => {
  const reports: BatchReport[] = []
  const sum = (part: 'safe' | 'planted' | 'layers'): number =>
    reports.reduce((total, report) => total + report[part], 0)

  for (let part = 0; part < PROCESSES; part += 1) {
    const names = subjects.filter((_, index) => index % PROCESSES === part)
    const share = `${String(part + 1)} of ${String(PROCESSES)}`
    it(`is read or refused within 2 s and 512 MB, and safe with known globals alone: ${share}`, async () => {
      const report = await runBatch({ names, rounds: ROUNDS, seed: SEED, keep: KEEP })
      reports.push(report)
      assert.deepEqual(report.broken, [])
      assert.equal(report.leftOpen, 0, `${String(report.leftOpen)} mutants stay open`)
      assert.ok(report.peakBytes <= MOST_MEMORY, `${String(report.peakBytes)} bytes`)
    })
  }

  // The laws would hold for a reader that refuses everything, and for mutants that never get far.
  after(() => {
    assert.ok(sum('safe') > 100, `${String(sum('safe'))} mutants are safe`)
    assert.ok(sum('planted') > 1000, `${String(sum('planted'))} globals were planted`)
    assert.ok(sum('layers') > subjects.length, `${String(sum('layers'))} contents were changed`)
  })
})
