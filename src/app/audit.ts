import { existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { CHECKS, findCheck } from '../checks/registry.ts'
import type { Checklist, ChecklistItem } from '../config/checklist.ts'
import { ATTEST } from '../config/checklist.ts'
import { evaluateCondition, formatCondition } from '../config/condition.ts'
import { didYouMean } from '../config/did-you-mean.ts'
import { loadAttestations } from '../config/load-attestations.ts'
import { loadChecklist } from '../config/load-checklist.ts'
import { loadManifest } from '../config/load-manifest.ts'
import { loadSettings } from '../config/load-settings.ts'
import { loadWaivers } from '../config/load-waivers.ts'
import type { Manifest } from '../config/manifest.ts'
import type { Settings } from '../config/settings.ts'
import { InterruptedError, UsageError } from '../core/errors.ts'
import type { Location } from '../core/evidence.ts'
import type { Finding, Severity } from '../core/finding.ts'
import type { Judgement } from '../core/judgement.ts'
import type { ParamValues } from '../core/params.ts'
import type { Phase, ReportedFinding, Result } from '../core/result.ts'
import { SCHEMA_VERSION } from '../core/result.ts'
import type { FactStore } from '../facts/fact-store.ts'
import { createFacts } from '../facts/fact-store.ts'
import { decide } from '../policy/exit-code.ts'
import type { JudgedItem } from '../policy/item-policy.ts'
import { applyPolicy } from '../policy/item-policy.ts'
import { crashJudgement, unmetCondition } from '../policy/judgements.ts'
import { summarize } from '../policy/summary.ts'
import { openSnapshot } from '../readers/open.ts'
import { renderMessage } from '../report/messages.ts'
import { createRunner } from '../runner/runner.ts'
import type { Snapshot } from '../table/types.ts'
import { auditInputs } from './audit-inputs.ts'
import type { RunContext } from './context.ts'
import { startRun } from './context.ts'
import { driftSettings } from './drift-settings.ts'
import { openOptions } from './open-input.ts'

export interface AuditRequest {
  readonly checklist?: string
  readonly manifest?: string
  readonly config?: string
  readonly phase?: Phase
  readonly sections: readonly string[]
  readonly only: readonly string[]
  readonly allowRun: boolean
  readonly allowOutside: boolean
  /** Today, as a UTC day; the clock's if not given. */
  readonly now?: string
  /** Whether waivers count. */
  readonly waivers: boolean
  readonly failOn?: 'warn' | 'fail'
  readonly reportOnly: boolean
  readonly seed?: number
}

const MANIFEST = 'model.yaml'
const CHECKLIST = 'checklist.yaml'

/** Verifies the items of a checklist against the evidence that a manifest names. */
export async function runAudit(request: AuditRequest, context: RunContext): Promise<Result> {
  const run = startRun(context)
  const { cwd } = context
  const manifest = await loadManifest(request.manifest ?? MANIFEST, {
    allowOutside: request.allowOutside,
    cwd,
  })
  const settings = await loadSettings({
    startDir: manifest.folder,
    cwd,
    ...(request.config === undefined ? {} : { path: request.config }),
  })
  const defaultChecklist = path.join(context.packageRoot, CHECKLIST)
  const checklist = await loadChecklist(checklistOf(request, cwd), {
    defaultPath: defaultChecklist,
    checks: CHECKS,
    cwd,
  })
  const items = selectItems(checklist, request)
  const seed = request.seed ?? settings?.run?.seed ?? 1
  const runner = createRunner({
    folder: manifest.folder,
    temporaryRoot: os.tmpdir(),
    environment: process.env,
    isolation: settings?.run?.isolation ?? 'auto',
    signal: context.signal,
  })
  try {
    const tables = new Map<string, Snapshot>()
    const facts = openFacts({ manifest, settings, runner, seed, request, context, tables })
    const judged = await judgeAll(items, facts, manifest, context)
    const artifact = await facts.get('model.artifact')
    const model = artifact.state === 'present' ? artifact.value : undefined
    const project = path.relative(cwd, manifest.folder) || '.'
    const policy = applyPolicy(
      judged,
      request.waivers ? await loadWaivers(project, cwd) : [],
      await loadAttestations(project, cwd),
      {
        today: request.now ?? context.now().toISOString().slice(0, 10),
        modelSha256: model?.sha256 ?? null,
        knownItems: new Set(checklist.items.map(({ id }) => id)),
      },
    )
    return {
      schemaVersion: SCHEMA_VERSION,
      tool: { name: 'mlcheck', version: context.version },
      command: 'audit',
      inputs: await auditInputs({
        checklist,
        defaultChecklist,
        manifest,
        settings,
        model,
        tables,
        cwd,
      }),
      parameters: {
        checklist: checklist.files,
        manifest: manifest.file,
        phase: request.phase ?? null,
        sections: request.sections,
        only: request.only,
        allowRun: mayRun(request, settings),
        waivers: request.waivers,
        failOn: request.failOn ?? 'fail',
      },
      seed,
      items: policy.items.map((item) => ({ ...item, findings: item.findings.map(reported) })),
      columns: [],
      findings: policy.findings.map(reported),
      calibration: null,
      alternatives: [],
      summary: summarize(policy.items.map(({ outcome }) => outcome)),
      verdict: decide({
        outcomes: policy.items,
        findings: policy.gateFindings,
        failOn: request.failOn ?? 'fail',
        reportOnly: request.reportOnly,
      }),
      run: run.finish(runner.isolation()),
    }
  } finally {
    await runner.dispose()
  }
}

function checklistOf({ checklist }: AuditRequest, cwd: string): string {
  if (checklist !== undefined) return checklist
  return existsSync(path.join(cwd, CHECKLIST)) ? CHECKLIST : 'default'
}

function mayRun({ allowRun }: AuditRequest, settings: Settings | null): boolean {
  return allowRun || settings?.run?.allow === true
}

/** The items of the asked phase, sections and ids. A name that selects nothing is a slip, not an empty list. */
function selectItems(checklist: Checklist, request: AuditRequest): readonly ChecklistItem[] {
  const { phase, sections, only } = request
  requireKnown(
    'item',
    only,
    checklist.items.map(({ id }) => id),
  )
  requireKnown(
    'section',
    sections,
    checklist.items.map(({ section }) => section),
  )
  return checklist.items.filter(
    (item) =>
      (phase === undefined || item.phase === phase) &&
      (sections.length === 0 || sections.includes(item.section)) &&
      (only.length === 0 || only.includes(item.id)),
  )
}

function requireKnown(what: string, asked: readonly string[], known: readonly string[]): void {
  for (const name of asked) {
    if (known.includes(name)) continue
    const meant = didYouMean(name, known)
    throw new UsageError(`the checklist has no ${what} "${name}"`, {
      hint:
        meant === undefined
          ? `It has ${[...new Set(known)].join(', ')}.`
          : `Did you mean "${meant}"?`,
    })
  }
}

interface FactSources {
  readonly manifest: Manifest
  readonly settings: Settings | null
  readonly runner: ReturnType<typeof createRunner>
  readonly seed: number
  readonly request: AuditRequest
  readonly context: RunContext
  /** Takes every table that a fact opens. */
  readonly tables: Map<string, Snapshot>
}

function openFacts(sources: FactSources): FactStore {
  const { manifest, settings, runner, seed, request, context, tables } = sources
  return createFacts({
    manifest,
    permission: { run: mayRun(request, settings) },
    seed,
    signal: context.signal,
    runner,
    driftSettings: driftSettings(settings, null, {}),
    openSnapshot: async (location) => {
      const snapshot = await openSnapshot(location, {
        ...openOptions({ settings }, context, `reading ${location}`),
        cwd: manifest.folder,
      })
      tables.set(location, snapshot)
      return snapshot
    },
  })
}

async function judgeAll(
  items: readonly ChecklistItem[],
  facts: FactStore,
  manifest: Manifest,
  context: RunContext,
): Promise<JudgedItem[]> {
  const judged: JudgedItem[] = []
  for (const [done, item] of items.entries()) {
    if (context.signal.aborted) throw new InterruptedError()
    context.progress({ stage: item.id, done, total: items.length })
    const check = findCheck(item.check)
    const remediation = item.remediation ?? check?.remediation ?? ''
    judged.push({ item, judgement: await judge(item, facts, manifest), remediation })
  }
  return judged
}

async function judge(
  item: ChecklistItem,
  facts: FactStore,
  manifest: Manifest,
): Promise<Judgement | null> {
  const { appliesWhen } = item
  if (appliesWhen !== null && !evaluateCondition(appliesWhen, manifest.written)) {
    return unmetCondition(formatCondition(appliesWhen), item.locate(['applies_when']))
  }
  if (item.check === ATTEST) return null
  try {
    const check = findCheck(item.check)
    if (check === undefined) throw new Error(`no check "${item.check}"`)
    // The checklist was validated against the check's own declaration of its parameters.
    const params = item.params as ParamValues<typeof check.params>
    return check.judge(await facts.select(check.needs), params)
  } catch (error) {
    if (error instanceof InterruptedError) throw error
    return crashJudgement(error)
  }
}

function reported({
  location,
  ...finding
}: Finding & { readonly severity?: Severity }): ReportedFinding {
  const message = renderMessage(finding)
  return location === undefined
    ? { ...finding, message }
    : { ...finding, message, location: placeOf(location) }
}

/** A place without the digest that the source of a fact has besides. */
function placeOf({ path: file, line, column }: Location): Location {
  return {
    path: file,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  }
}
