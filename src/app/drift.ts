import { loadManifest } from '../config/load-manifest.ts'
import { loadSettings } from '../config/load-settings.ts'
import { UsageError } from '../core/errors.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { ReportedFinding, Result } from '../core/result.ts'
import { SCHEMA_VERSION } from '../core/result.ts'
import { compareSnapshots } from '../drift/compare.ts'
import { findRule } from '../drift/rules/registry.ts'
import { decide } from '../policy/exit-code.ts'
import { summarize } from '../policy/summary.ts'
import { STANDARD_INPUT } from '../readers/standard-input.ts'
import { renderMessage } from '../report/messages.ts'
import type { RunContext } from './context.ts'
import { startRun } from './context.ts'
import type { DriftFlags } from './drift-settings.ts'
import { driftSettings } from './drift-settings.ts'
import { fieldsOf, openReference, openTable } from './open-input.ts'

export interface DriftRequest {
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

/** Compares two snapshots and decides. */
export async function runDrift(request: DriftRequest, context: RunContext): Promise<Result> {
  const run = startRun(context)
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
  const comparison = driftSettings(settings, manifest, flagsOf(request))
  const reference = await openReference(
    request.reference,
    { settings, ...formatOf(request.reference, request) },
    context,
  )
  const current = await openTable(
    'current',
    request.current,
    { settings, bind: fieldsOf(reference.table), ...formatOf(request.current, request) },
    context,
  )
  const compared = await compareSnapshots(reference.table, current.table, comparison, {
    onProgress: (done, total, label) => {
      context.progress({ stage: `comparing ${label}`, done, total })
    },
    signal: context.signal,
  })

  const outcomes = compared.columns.map(({ outcome }) => ({ outcome, required: true }))
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'mlcheck', version: context.version },
    command: 'drift',
    inputs: [reference.record, current.record],
    parameters: compared.parameters,
    seed: comparison.seed,
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
      failOn: comparison.failOn,
      reportOnly: request.reportOnly,
      noun: 'column',
    }),
    run: run.finish(),
  }
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

function reported(finding: GradedFinding): ReportedFinding {
  return { ...finding, message: renderMessage(finding) }
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
