import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { GradedFinding } from '../../src/core/finding.ts'
import { judgeExperiment, judgeToolExperiment } from '../../src/rollout/ab/judge.ts'
import { readExperiment } from '../../src/rollout/ab/read-experiment.ts'
import { readAlerts } from '../../src/rollout/exports/alerts.ts'
import { readAssignments } from '../../src/rollout/exports/assignment-log.ts'
import { judgeGrowth } from '../../src/rollout/exports/judge-rollout.ts'
import { readRange } from '../../src/rollout/exports/range.ts'
import { readRolloutLog } from '../../src/rollout/exports/rollout-log.ts'
import { judgeFlag } from '../../src/rollout/flags/judge.ts'
import { readFlags } from '../../src/rollout/flags/read-flags.ts'
import type { SourceText } from '../../src/rollout/located.ts'
import { judgePlan } from '../../src/rollout/plan/judge.ts'
import { readCanaryPlan } from '../../src/rollout/plan/read-plan.ts'
import { readIncidentLog } from '../../src/rollout/procedure/incident-log.ts'
import { judgeRunbook } from '../../src/rollout/procedure/judge-runbook.ts'
import { readRoster } from '../../src/rollout/procedure/on-call.ts'
import { readRunbook } from '../../src/rollout/procedure/runbook.ts'
import { fixture, lines } from './texts.ts'

type Reader = (source: SourceText) => Promise<readonly GradedFinding[]>

const NAMES = { candidate: ['2026.11.1'], previous: ['2026.08.2'] }
const CONTEXT = { today: '2026-11-25', exists: () => true }

const READERS: Readonly<Record<string, Reader>> = {
  plans: async (source) => {
    const read = await readCanaryPlan(source)
    return 'plan' in read ? judgePlan(read.plan) : [read.finding]
  },
  flags: async (source) => {
    const read = await readFlags(source)
    return 'flags' in read
      ? read.flags.flatMap((flag) => judgeFlag(flag, NAMES).findings)
      : [read.finding]
  },
  experiments: async (source) => {
    const read = await readExperiment(source)
    if ('finding' in read) return [read.finding]
    return 'plan' in read ? judgeExperiment(read.plan).findings : judgeToolExperiment(read.tool)
  },
  exports: (source) => {
    const reads = [readRange(source), readAlerts(source), readAssignments(source)]
    const log = readRolloutLog(source)
    const judged = 'log' in log ? judgeGrowth(log.log) : [log.finding]
    return Promise.resolve([
      ...reads.flatMap((read) => ('finding' in read ? [read.finding] : [])),
      ...judged,
    ])
  },
  procedures: async (source) => [
    ...judgeRunbook(readRunbook(source), CONTEXT),
    ...readIncidentLog(source).findings,
    ...(await readRoster(source, CONTEXT.today)).findings,
  ],
}

const FILES = Object.keys(READERS).flatMap((folder) =>
  readdirSync(path.resolve(import.meta.dirname, '../../fixtures/rollout', folder))
    .filter((name) => !name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`),
)

const findingsOf = (name: string, text: string): Promise<readonly GradedFinding[]> =>
  READERS[name.split('/')[0] ?? '']!({ ...fixture(name), text })

describe('a file of any reader', () => {
  for (const name of FILES) {
    const { text } = fixture(name)
    it(`${name} that lost a part is read or told about, in whole sentences`, async () => {
      const place = fc.nat(text.length)
      await fc.assert(
        fc.asyncProperty(place, place, async (a, b) => {
          lines(await findingsOf(name, text.slice(0, Math.min(a, b)) + text.slice(Math.max(a, b))))
        }),
        { numRuns: 40 },
      )
    })
  }

  for (const name of FILES.filter((each) => /^(plans|flags)\/.*\.json$/.test(each))) {
    const { text } = fixture(name)
    it(`${name} that is cut off never passes`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(text.trimEnd().length - 1), async (end) => {
          const findings = await findingsOf(name, text.slice(0, end))
          assert.ok(findings.some(({ severity }) => severity === 'inconclusive'))
        }),
        { numRuns: 40 },
      )
    })
  }
})
