import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { NO_ADDITIONS } from '../../src/artifacts/policy.ts'
import { attestedBy } from '../../src/app/attested.ts'
import { runAudit } from '../../src/app/audit.ts'
import { followsFromOthers, releaseOutcomesOf } from '../../src/app/release-outcomes.ts'
import { CHECKS, findCheck } from '../../src/checks/registry.ts'
import { loadAttestations } from '../../src/config/load-attestations.ts'
import { loadChecklist } from '../../src/config/load-checklist.ts'
import { loadManifest } from '../../src/config/load-manifest.ts'
import type { GradedFinding } from '../../src/core/finding.ts'
import type { Judgement } from '../../src/core/judgement.ts'
import { defaultParams } from '../../src/core/params.ts'
import type { ReportedFinding } from '../../src/core/result.ts'
import { DEFAULT_DRIFT_SETTINGS } from '../../src/drift/settings.ts'
import type { FactContext } from '../../src/facts/context.ts'
import { createFacts } from '../../src/facts/fact-store.ts'
import { openSnapshot } from '../../src/readers/open.ts'
import { createRunner } from '../../src/runner/runner.ts'
import type { Expected } from '../../fixtures/checks/project.ts'

/** The day on which the projects of checks are judged. */
export const TODAY = '2026-11-24'

const checklistOptions = {
  defaultPath: fileURLToPath(new URL('../../checklist.yaml', import.meta.url)),
  checks: CHECKS,
}

const root = fileURLToPath(new URL('../../fixtures/checks/', import.meta.url))
const temporaryRoot = realpathSync(mkdtempSync(join(tmpdir(), 'checks-test-')))
after(() => rmSync(temporaryRoot, { recursive: true, force: true }))

/** `auto` is the strongest sandbox that the system offers, which may be none. */
export type Isolation = 'auto' | 'none'

/** A context over a project folder, as the app makes it. */
export async function contextOf(
  folder: string,
  allowRun = false,
  isolation: Isolation = 'none',
): Promise<FactContext> {
  const manifest = await loadManifest('model.yaml', { cwd: folder })
  const { items } = await loadChecklist('default', checklistOptions)
  const attestations = await loadAttestations('.', folder)
  return {
    manifest,
    today: TODAY,
    attested: attestedBy(attestations, items, TODAY),
    releaseOutcomes: () => outcomesOf(folder),
    permission: { run: allowRun },
    seed: 1,
    signal: new AbortController().signal,
    runner: createRunner({
      folder,
      temporaryRoot,
      environment: { PATH: process.env['PATH'] },
      isolation,
      limits: { graceMs: 200 },
    }),
    driftSettings: DEFAULT_DRIFT_SETTINGS,
    globalPolicy: NO_ADDITIONS,
    openSnapshot: (path) => openSnapshot(path, { cwd: folder }),
  }
}

/** What a whole audit of the project makes of its other items, with the checklist that lies in it. */
async function outcomesOf(folder: string): ReturnType<FactContext['releaseOutcomes']> {
  const checklist = await loadChecklist('checklist.yaml', { ...checklistOptions, cwd: folder })
  const followers = checklist.items.filter(followsFromOthers).map(({ id }) => id)
  const expected = readFileSync(join(folder, 'expected.json'), 'utf8')
  const { only = [] } = JSON.parse(expected) as Expected
  const asked = checklist.items.filter(({ id }) => only.length === 0 || only.includes(id))
  const request = {
    sections: [],
    only: asked.map(({ id }) => id).filter((id) => !followers.includes(id)),
    allowRun: false,
    allowOutside: false,
    waivers: true,
    reportOnly: false,
    now: TODAY,
  }
  const { items, findings } = await runAudit(request, {
    version: '0.0.0',
    packageRoot: fileURLToPath(new URL('../../', import.meta.url)),
    cwd: folder,
    now: () => new Date(`${TODAY}T00:00:00Z`),
    signal: new AbortController().signal,
    stdin: Readable.from([]),
    progress: () => undefined,
    reads: () => undefined,
    note: () => undefined,
  })
  const gateFindings = [...items.flatMap((item) => item.findings), ...findings].filter(
    (finding): finding is ReportedFinding & GradedFinding => finding.severity !== undefined,
  )
  return {
    file: 'checklist.yaml',
    value: releaseOutcomesOf(checklist, asked, { items, findings: [], gateFindings }),
  }
}

/** Judges one project by one check, as the audit does. */
export async function judgeProject(
  id: string,
  leaf: string,
  isolation: Isolation = 'none',
): Promise<[Judgement, Expected]> {
  const folder = join(root, id, leaf)
  const expected = expectedOf(id, leaf)
  const check = findCheck(id)
  assert.ok(check, id)
  const context = await contextOf(folder, expected.allowRun, isolation)
  try {
    const facts = await createFacts(context).select(check.needs)
    const params = { ...defaultParams(check.params), ...expected.with }
    return [check.judge(facts, params), expected]
  } finally {
    await context.runner.dispose()
  }
}

export function expectedOf(id: string, leaf: string): Expected {
  return JSON.parse(readFileSync(join(root, id, leaf, 'expected.json'), 'utf8')) as Expected
}

export function leavesOf(id: string): readonly string[] {
  return readdirSync(join(root, id)).sort()
}

/** One test for each project of a check: the outcome, the level and the codes of its findings. */
export function testProjects(id: string): void {
  for (const leaf of leavesOf(id)) testProject(id, leaf, 'none')
}

/** The same for the projects that run a command, in the sandbox: it must not change what they say. */
export function testProjectsInSandbox(id: string): void {
  for (const leaf of leavesOf(id)) {
    if (expectedOf(id, leaf).allowRun === true) testProject(id, leaf, 'auto')
  }
}

function testProject(id: string, leaf: string, isolation: Isolation): void {
  test(`${id} judges ${leaf} (isolation: ${isolation})`, async () => {
    const [judgement, expected] = await judgeProject(id, leaf, isolation)
    const seen = {
      outcome: judgement.outcome,
      level: 'level' in judgement ? (judgement.level ?? null) : null,
      codes: (judgement.findings ?? []).map(({ code }) => code),
    }
    const { outcome, level, codes } = expected
    assert.deepEqual(seen, { outcome, level, codes }, JSON.stringify(judgement.findings, null, 1))
  })
}
