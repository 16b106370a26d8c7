import { existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { CHECKS } from '../checks/registry.ts'
import type { Checklist, ChecklistItem } from '../config/checklist.ts'
import { loadAttestations } from '../config/load-attestations.ts'
import { loadChecklist } from '../config/load-checklist.ts'
import { loadManifest } from '../config/load-manifest.ts'
import { loadSettings } from '../config/load-settings.ts'
import { loadWaivers } from '../config/load-waivers.ts'
import type { Manifest } from '../config/manifest.ts'
import type { Settings } from '../config/settings.ts'
import { unreadBlocks } from '../config/unread-blocks.ts'
import { dayOf } from '../core/days.ts'
import { ConfigurationError } from '../core/errors.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { Measurements } from '../core/judgement.ts'
import type { ItemResult, Phase, Result } from '../core/result.ts'
import { SCHEMA_VERSION } from '../core/result.ts'
import type { FactContext } from '../facts/context.ts'
import type { FactStore } from '../facts/fact-store.ts'
import { createFacts } from '../facts/fact-store.ts'
import type { ReleaseOutcomes } from '../facts/release-outcomes.ts'
import { decide } from '../policy/exit-code.ts'
import { applyPolicy, type JudgedItem } from '../policy/item-policy.ts'
import { markKnown } from '../policy/known-failures.ts'
import { modelBinding } from '../policy/model-binding.ts'
import { summarize } from '../policy/summary.ts'
import { openSnapshot } from '../readers/open.ts'
import { createRunner } from '../runner/runner.ts'
import type { Snapshot } from '../table/types.ts'
import { attestedBy } from './attested.ts'
import { auditBaseline } from './audit-baseline.ts'
import { auditInputs, checklistInputs } from './audit-inputs.ts'
import { judgeAll, phaseOf, selectItems } from './audit-items.ts'
import { scoreOf } from './audit-score.ts'
import type { RunContext } from './context.ts'
import { startRun } from './context.ts'
import { driftSettings } from './drift-settings.ts'
import { recordRun, type HistoryRequest } from './history.ts'
import { openOptions } from './open-input.ts'
import { followsFromOthers, releaseOutcomesOf } from './release-outcomes.ts'
import { reported } from './reported.ts'

export interface AuditRequest extends HistoryRequest {
  readonly checklist?: string
  readonly manifest?: string
  readonly config?: string
  /** `before` if not given, and any phase where `only` names items. */
  readonly phase?: Phase | 'all'
  readonly sections: readonly string[]
  readonly only: readonly string[]
  readonly allowRun: boolean
  readonly allowOutside: boolean
  /** Today, as a UTC day or an instant; the clock's if not given. */
  readonly now?: string
  /** Whether waivers count. */
  readonly waivers: boolean
  /** A stored result: what fails there too does not fail this run. */
  readonly baseline?: string
  readonly failOn?: 'warn' | 'fail'
  readonly reportOnly: boolean
  readonly seed?: number
}

export const MANIFEST = 'model.yaml'
export const CHECKLIST = 'checklist.yaml'

/** Verifies the items of a checklist against the evidence that a manifest names. */
export async function runAudit(request: AuditRequest, context: RunContext): Promise<Result> {
  const run = startRun(context)
  const { cwd } = context
  if (request.manifest === undefined && !existsSync(path.join(cwd, MANIFEST))) {
    throw new ConfigurationError('there is no such file', {
      location: { path: MANIFEST },
      hint: 'Name the manifest with --manifest, or see a complete project with mlcheck demo.',
    })
  }
  const manifest = await loadManifest(request.manifest ?? MANIFEST, {
    allowOutside: request.allowOutside,
    cwd,
  })
  const settings = await loadSettings({
    startDir: manifest.folder,
    cwd,
    ...(request.config === undefined ? {} : { path: request.config }),
  })
  if (settings?.isPermissionForeign === true && !request.allowRun) {
    context.note(
      `${settings.file} lies outside of the project: its run.allow does not count; give --allow-run`,
    )
  }
  const defaultChecklist = path.join(context.packageRoot, CHECKLIST)
  const checklist = await loadChecklist(checklistOf(request, cwd), {
    defaultPath: defaultChecklist,
    checks: CHECKS,
    cwd,
  })
  const phase = phaseOf(request)
  const items = selectItems(checklist, { ...request, phase })
  const lists = await checklistInputs(checklist, defaultChecklist, cwd)
  const today = dayOf(request.now ?? context.now().toISOString())
  // Before anything is run: a slip in its name must not cost the audit.
  const baseline =
    request.baseline === undefined
      ? undefined
      : await auditBaseline(request.baseline, lists, today, cwd)
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
    context.reads(path.resolve(manifest.folder, manifest.model.path))
    for (const file of manifest.dependencies?.files ?? []) {
      context.reads(path.resolve(manifest.folder, file))
    }
    // What people accept is read before a command could write it.
    const project = path.relative(cwd, manifest.folder) || '.'
    const waivers = request.waivers ? await loadWaivers(project, cwd) : []
    const attestations = await loadAttestations(project, cwd)
    const release: { outcomes?: ReleaseOutcomes } = {}
    const facts = openFacts({
      manifest,
      settings,
      runner,
      seed,
      request,
      context,
      tables,
      today,
      attested: attestedBy(attestations, checklist.items, today),
      releaseOutcomes: () => {
        const { outcomes: value } = release
        if (value === undefined) throw new TypeError('the other items are not judged yet')
        return Promise.resolve({ file: checklist.file, value })
      },
    })
    const others = items.filter((item) => !followsFromOthers(item))
    const following = items.filter(followsFromOthers)
    const first = await judgeAll(others, facts, manifest, context)
    const artifact = await facts.get('model.artifact')
    const model = artifact.state === 'present' ? artifact.value : undefined
    const rule = (each: readonly JudgedItem[]) =>
      applyPolicy(each, waivers, attestations, {
        today,
        modelSha256: model?.sha256 ?? null,
        knownItems: new Set(checklist.items.map(({ id }) => id)),
      })
    release.outcomes = releaseOutcomesOf(checklist, items, rule(first))
    const last = await judgeAll(following, facts, manifest, context)
    const byId = new Map([...first, ...last].map((each) => [each.item.id, each]))
    const judged = items.flatMap(({ id }) => byId.get(id) ?? [])
    const policy = rule(judged)
    const { items: decided, findings: known } =
      baseline === undefined
        ? { items: policy.items, findings: [] }
        : markKnown(policy.items, baseline.result, today)
    const ofTheRun = [
      ...modelBinding({
        path: manifest.model.path,
        declared: manifest.model.sha256,
        // The bytes of a pointer are not those of the model.
        actual: model === undefined || model.pointers.length > 0 ? null : model.sha256,
        location: manifest.locate(['model', 'sha256']),
      }),
      ...scopeNotices(items.length, gateSize(checklist, request), manifest),
      ...known,
    ]
    const written = new Map(items.map((item) => [item.id, item]))
    const score = scoreOf(checklist, decided)
    const result: Result = {
      schemaVersion: SCHEMA_VERSION,
      tool: { name: 'mlcheck', version: context.version },
      command: 'audit',
      inputs: await auditInputs({
        checklist: lists,
        manifest,
        settings,
        model,
        tables,
        baseline: baseline?.record,
        cwd,
      }),
      parameters: {
        checklist: checklist.files,
        manifest: manifest.file,
        phase,
        sections: request.sections,
        only: request.only,
        allowRun: mayRun(request, settings),
        waivers: request.waivers,
        baseline: request.baseline ?? null,
        ...(request.now === undefined ? {} : { now: request.now }),
        failOn: request.failOn ?? 'fail',
        reportOnly: request.reportOnly,
      },
      seed,
      items: decided.map((item) => ({
        ...item,
        parameters: written.get(item.id)?.params ?? {},
        ...refsOf(written.get(item.id)),
        findings: item.findings.map(reported),
      })),
      columns: [],
      findings: [...ofTheRun, ...policy.findings].map(reported),
      calibration: null,
      alternatives: [],
      ...(score === undefined ? {} : { score }),
      summary: summarize(decided.map(({ outcome }) => outcome)),
      verdict: decide({
        outcomes: decided,
        findings: [...ofTheRun, ...policy.gateFindings],
        failOn: request.failOn ?? 'fail',
        reportOnly: request.reportOnly,
      }),
      run: run.finish(runner.isolation(), measurementsOf(judged)),
    }
    await recordRun(
      result,
      request,
      {
        folder: manifest.folder,
        model: { version: manifest.model.version ?? null, sha256: model?.sha256 ?? null },
        audit: {
          phase,
          sections: request.sections,
          only: request.only,
          now: request.now ?? null,
        },
      },
      context,
    )
    return result
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

function refsOf(item: ChecklistItem | undefined): Pick<ItemResult, 'refs'> {
  return item === undefined || item.refs.length === 0 ? {} : { refs: item.refs }
}

/** What the checks measured, by item. */
function measurementsOf(judged: readonly JudgedItem[]): Readonly<Record<string, Measurements>> {
  return Object.fromEntries(
    judged.flatMap(({ item, judgement }) =>
      judgement?.measurements === undefined ? [] : [[item.id, judgement.measurements] as const],
    ),
  )
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
  readonly today: string
  readonly attested: FactContext['attested']
  readonly releaseOutcomes: FactContext['releaseOutcomes']
}

function openFacts(sources: FactSources): FactStore {
  const { manifest, settings, runner, seed, request, context, tables } = sources
  const { today, attested, releaseOutcomes } = sources
  return createFacts({
    manifest,
    permission: { run: mayRun(request, settings) },
    seed,
    signal: context.signal,
    runner,
    today,
    attested,
    releaseOutcomes,
    driftSettings: driftSettings(settings, null, {}),
    globalPolicy: {
      allow: settings?.inspect?.allow ?? [],
      deny: settings?.inspect?.deny ?? [],
    },
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

/** How many items a reader expects to see: without --phase, those of the gate before the release. */
function gateSize({ items }: Checklist, { phase, only }: AuditRequest): number {
  const isGate = phase === undefined && only.length === 0
  return isGate ? items.filter((item) => item.phase === 'before').length : items.length
}

/** What a reader must know of the verdict's scope: items left out, declarations that nothing reads. */
function scopeNotices(asked: number, total: number, manifest: Manifest): readonly GradedFinding[] {
  const blocks = unreadBlocks(manifest.written)
  return [
    ...(asked === total
      ? []
      : [{ code: 'ITEMS_NOT_ASKED', severity: 'notice', args: { asked, total } } as const]),
    ...(blocks.length === 0
      ? []
      : [
          {
            code: 'DECLARED_NOT_VERIFIED',
            severity: 'notice',
            args: { blocks },
            location: { path: manifest.file },
          } as const,
        ]),
  ]
}
