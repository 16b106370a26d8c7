import path from 'node:path'
import { DEFAULT_INSPECTION_LIMITS, type Inspection, type Verdict } from '../artifacts/artifact.ts'
import { inspectArtifact } from '../artifacts/registry.ts'
import { loadSettings } from '../config/load-settings.ts'
import { InputError, InterruptedError, UsageError } from '../core/errors.ts'
import type { GradedFinding, Severity } from '../core/finding.ts'
import type { InspectedFile, InspectionReason, InspectionResult } from '../core/inspected-file.ts'
import type { Outcome } from '../core/outcome.ts'
import { SCHEMA_VERSION } from '../core/result.ts'
import { digestWhole } from '../facts/artifact-digest.ts'
import { decide } from '../policy/exit-code.ts'
import { remedyOf, renderMessage } from '../report/messages.ts'
import type { RunContext } from './context.ts'
import { inspectLockFile, type InspectedLock } from './inspect-lock-file.ts'
import { inspectedObject } from './inspected-object.ts'

export interface InspectRequest {
  /** Model files, MLflow folders, files of dependencies; relative to the working folder or absolute. */
  readonly files: readonly string[]
  readonly config?: string
}

const OUTCOMES: Readonly<Record<Verdict, Outcome>> = {
  safe: 'pass',
  unsafe: 'fail',
  inconclusive: 'inconclusive',
}

/**
 * Says what can be known of model files and files of dependencies without running anything.
 *
 * @throws InputError when one of them cannot be read at all; nothing is reported then.
 */
export async function runInspect(
  { files, config }: InspectRequest,
  context: RunContext,
): Promise<InspectionResult> {
  if (files.length === 0) throw new UsageError('no file is named')
  const settings = await loadSettings({
    startDir: context.cwd,
    ...(config === undefined ? {} : { path: config }),
  })
  const { allow = [], deny = [] } = settings?.inspect ?? {}
  // Readers look at the clock again and again, so that a signal ends them as well.
  const now = (): number => {
    if (context.signal.aborted) throw new InterruptedError()
    return context.now().getTime()
  }
  const inspected: InspectedFile[] = []
  for (const [done, file] of files.entries()) {
    context.progress({ stage: `inspecting ${file}`, done, total: files.length })
    const found = await readable(file, async () => {
      const place = path.resolve(context.cwd, file)
      context.reads(place)
      // One reads while the other one waits for the disk; what the inspection says goes first.
      const digest = digestWhole(place)
      digest.catch(() => undefined)
      const inspection = await inspectArtifact(place, { policy: { allow, deny }, now })
      const lock = inspection.kind === 'unknown' ? await inspectLockFile(place) : undefined
      return { inspection: { ...inspection, ...lock }, digest: await digest }
    })
    now()
    inspected.push(fileOf(file, found.inspection, found.digest))
  }
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'mlcheck', version: context.version },
    command: 'inspect',
    files: inspected,
    verdict: decide({
      outcomes: inspected.map(({ verdict }) => ({ outcome: OUTCOMES[verdict], required: true })),
      failOn: 'fail',
      reportOnly: false,
      noun: 'file',
    }),
  }
}

/** An error says which of the files it is about. */
async function readable<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const { message, hint, cause } = error
    throw new InputError(message, {
      location: { path: file },
      ...(hint === undefined ? {} : { hint }),
      cause,
    })
  }
}

/** What was found in a file, whether it is a model or lists dependencies. */
type InspectedContent = Omit<Inspection, 'kind'> &
  Pick<InspectedFile, 'kind'> &
  Partial<Pick<InspectedLock, 'entries'>>

const GRAVITY: readonly Severity[] = ['fail', 'inconclusive', 'warn', 'notice']

function fileOf(
  file: string,
  { kind, verdict, reasons, globals, producers, object, entries }: InspectedContent,
  { sha256, bytes }: { readonly sha256: string | null; readonly bytes: number },
): InspectedFile {
  return {
    path: file,
    sha256,
    bytes,
    kind,
    verdict,
    reasons: reasons
      .toSorted((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity))
      .map(reasonOf),
    globals,
    producer: producers[0] ?? null,
    object:
      object === null ? null : inspectedObject(object, DEFAULT_INSPECTION_LIMITS.listedElements),
    ...(entries === undefined ? {} : { entries }),
  }
}

function reasonOf(finding: GradedFinding): InspectionReason {
  const { code, severity, location } = finding
  const message = renderMessage(finding)
  return {
    code,
    severity,
    message: location === undefined ? message : `${location.path}: ${message}`,
    remedy: remedyOf(finding) ?? '',
  }
}
