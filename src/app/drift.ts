import path from 'node:path'
import { loadManifest } from '../config/load-manifest.ts'
import { loadSettings } from '../config/load-settings.ts'
import type { Manifest } from '../config/manifest.ts'
import type { Settings } from '../config/settings.ts'
import { NothingCheckedError, UsageError } from '../core/errors.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { InputRecord, Result } from '../core/result.ts'
import { SCHEMA_VERSION } from '../core/result.ts'
import { compareSnapshots } from '../drift/compare.ts'
import { findRule } from '../drift/rules/registry.ts'
import { decide } from '../policy/exit-code.ts'
import { summarize } from '../policy/summary.ts'
import { STANDARD_INPUT } from '../readers/standard-input.ts'
import { MANIFEST } from './audit.ts'
import type { RunContext } from './context.ts'
import { startRun } from './context.ts'
import type { DriftFlags } from './drift-settings.ts'
import { driftSettings } from './drift-settings.ts'
import { projectOf, recordRun } from './history.ts'
import type { HistoryRequest } from './history.ts'
import { fieldsOf, openReference, openTable } from './open-input.ts'
import { reported } from './reported.ts'

export interface DriftRequest extends HistoryRequest {
  readonly reference: string
  readonly current: string
  readonly config?: string
  readonly manifest?: string
  readonly format?: 'csv' | 'parquet' | 'arrow'
  readonly rule?: string
  readonly alsoRules: readonly string[]
  readonly columns?: readonly string[]
  readonly groupKey?: string
  readonly timeColumn?: string
  readonly calibrate?: number
  readonly acceptSensitivity?: number
  readonly alpha?: number
  readonly failOn?: 'warn' | 'fail'
  readonly seed?: number
  readonly reportOnly: boolean
}

/** Compares two snapshots, decides, and records it in the project that the comparison belongs to. */
export async function runDrift(request: DriftRequest, context: RunContext): Promise<Result> {
  const { cwd } = context
  if (request.reference === STANDARD_INPUT && request.current === STANDARD_INPUT) {
    throw new UsageError('both sides cannot come from standard input', {
      hint: 'Store one of them in a file.',
    })
  }
  const settings = await loadSettings({
    startDir: cwd,
    ...(request.config === undefined ? {} : { path: request.config }),
  })
  const manifest =
    request.manifest === undefined ? null : await loadManifest(request.manifest, { cwd })
  const result = await compare(request, settings, manifest, context)
  const folder =
    manifest?.folder ??
    (await projectOf(MANIFEST, request.config === undefined ? settings : null, cwd))
  if (folder !== undefined) {
    const subject = { folder, model: await modelOf(manifest, folder, cwd), audit: null }
    await recordRun(result, request, subject, context)
  }
  return result
}

/** The model that a manifest names, with the digest that it declares; one that is not valid names none. */
async function modelOf(manifest: Manifest | null, folder: string, cwd: string) {
  const file = path.join(path.relative(cwd, folder), MANIFEST)
  const found = manifest ?? (await loadManifest(file, { cwd }).catch(() => null))
  if (found === null) return null
  return { version: found.model.version ?? null, sha256: found.model.sha256 ?? null }
}

async function compare(
  request: DriftRequest,
  settings: Settings | null,
  manifest: Manifest | null,
  context: RunContext,
): Promise<Result> {
  const run = startRun(context)
  const comparison = driftSettings(settings, manifest, flagsOf(request))
  const inputs: InputRecord[] = []
  const head = { schemaVersion: SCHEMA_VERSION, tool: toolOf(context), command: 'drift' } as const
  const { seed, failOn } = comparison
  const { reportOnly } = request
  try {
    const reference = await openReference(
      request.reference,
      { settings, ...formatOf(request.reference, request) },
      context,
    )
    inputs.push(reference.record)
    const current = await openTable(
      'current',
      request.current,
      { settings, bind: fieldsOf(reference.table), ...formatOf(request.current, request) },
      context,
    )
    inputs.push(current.record)
    const compared = await compareSnapshots(reference.table, current.table, comparison, {
      onProgress: (done, total, label) => {
        context.progress({ stage: `comparing ${label}`, done, total })
      },
      signal: context.signal,
    })
    const outcomes = compared.columns.map(({ outcome }) => ({ outcome, required: true }))
    return {
      ...head,
      inputs,
      parameters: { ...compared.parameters, reportOnly },
      seed,
      items: [],
      columns: compared.columns.map((column) => ({
        ...column,
        findings: column.findings.map(reported),
      })),
      findings: compared.findings.map(reported),
      calibration: compared.calibration,
      alternatives: compared.alternatives,
      summary: summarize(outcomes.map(({ outcome }) => outcome)),
      verdict: decide({
        outcomes,
        findings: compared.findings,
        failOn,
        reportOnly,
        noun: 'column',
      }),
      run: run.finish(),
    }
  } catch (error) {
    if (!(error instanceof NothingCheckedError)) throw error
    // A pipeline reads the report of an empty table as it reads any other.
    return {
      ...head,
      inputs,
      parameters: { rule: comparison.rule, failOn, reportOnly },
      seed,
      items: [],
      columns: [],
      findings: [reported(nothingCompared(error))],
      calibration: null,
      alternatives: [],
      summary: summarize([]),
      verdict: decide({ outcomes: [], failOn, reportOnly, nothingChecked: error.message }),
      run: run.finish(),
    }
  }
}

function nothingCompared({ message, location }: NothingCheckedError): GradedFinding {
  return {
    code: 'NOTHING_COMPARED',
    severity: 'notice',
    args: { reason: message },
    ...(location === undefined ? {} : { location }),
  }
}

function toolOf({ version }: RunContext): Result['tool'] {
  return { name: 'mlcheck', version }
}

/** Only what was given: a flag that is not there leaves the setting as it is. */
function flagsOf(request: DriftRequest): DriftFlags {
  const { rule, alsoRules, columns: only, alpha, groupKey, timeColumn } = request
  const { calibrate, acceptSensitivity, failOn, seed } = request
  return {
    ...(rule === undefined ? {} : { rule: findRule(rule).id }),
    ...(alsoRules.length === 0 ? {} : { alsoRules }),
    ...(only === undefined ? {} : { only }),
    ...(alpha === undefined ? {} : { alpha }),
    ...(groupKey === undefined ? {} : { groupKey }),
    ...(timeColumn === undefined ? {} : { timeColumn }),
    ...(calibrate === undefined ? {} : { calibrate }),
    ...(acceptSensitivity === undefined ? {} : { acceptSensitivity }),
    ...(failOn === undefined ? {} : { failOn }),
    ...(seed === undefined ? {} : { seed }),
  }
}

/** Where one side is piped, the format is said of it; a file tells its own. */
function formatOf(
  location: string,
  { reference, current, format }: DriftRequest,
): Pick<DriftRequest, 'format'> {
  const isPiped = reference === STANDARD_INPUT || current === STANDARD_INPUT
  if (format === undefined || (isPiped && location !== STANDARD_INPUT)) return {}
  return { format }
}
