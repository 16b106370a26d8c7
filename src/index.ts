/** The library's public face: the commands as functions, and the shape of their results. */
import type { AuditRequest } from './app/audit.ts'
import type { ProgressUpdate, RunContext } from './app/context.ts'
import type { DriftRequest } from './app/drift.ts'
import type { InspectRequest } from './app/inspect.ts'
import { installedPackage } from './app/package.ts'
import type { ProfiledData, ProfileRequest } from './app/profile.ts'
import type { InspectionResult } from './core/inspected-file.ts'
import type { Result } from './core/result.ts'

export type {
  AuditRequest,
  DriftRequest,
  InspectRequest,
  ProfiledData,
  ProfileRequest,
  ProgressUpdate,
}
export type * from './core/evidence.ts'
export type * from './core/finding.ts'
export type * from './core/inspected-file.ts'
export type * from './core/outcome.ts'
export type * from './core/result.ts'
export { MlcheckError } from './core/errors.ts'

/** What a caller may decide; everything has a default. */
export interface CallOptions {
  /** The folder that relative paths start from; the process's if not given. */
  readonly cwd?: string
  /** Stops the run with an `MlcheckError` of kind `interrupted`. */
  readonly signal?: AbortSignal
  /** The clock: expiry dates and the `run` block of the result. */
  readonly now?: () => Date
  readonly onProgress?: (update: ProgressUpdate) => void
}

/**
 * Verifies a checklist against a model manifest, as `mlcheck audit` does.
 *
 * @throws MlcheckError when the checklist, the manifest or a setting is not valid.
 */
export async function audit(
  request: Partial<AuditRequest> = {},
  options: CallOptions = {},
): Promise<Result> {
  const { runAudit } = await import('./app/audit.ts')
  return runAudit(
    {
      sections: [],
      only: [],
      allowRun: false,
      allowOutside: false,
      waivers: true,
      reportOnly: false,
      ...request,
    },
    contextOf(options),
  )
}

/**
 * Compares two snapshots, as `mlcheck drift` does.
 *
 * @throws MlcheckError when a file or a setting cannot be used.
 */
export async function drift(
  request: Partial<DriftRequest> & Pick<DriftRequest, 'reference' | 'current'>,
  options: CallOptions = {},
): Promise<Result> {
  const { runDrift } = await import('./app/drift.ts')
  return runDrift({ alsoRules: [], reportOnly: false, ...request }, contextOf(options))
}

/**
 * Records a snapshot's distributions as a baseline, as `mlcheck profile` does, and writes nothing.
 *
 * @throws MlcheckError when the data cannot be read.
 */
export async function profile(
  request: ProfileRequest,
  options: CallOptions = {},
): Promise<ProfiledData> {
  const { runProfile } = await import('./app/profile.ts')
  return runProfile(request, contextOf(options))
}

/**
 * Says what can be known of model files without running anything, as `mlcheck inspect` does.
 *
 * @throws MlcheckError when a file cannot be read at all.
 */
export async function inspect(
  request: InspectRequest,
  options: CallOptions = {},
): Promise<InspectionResult> {
  const { runInspect } = await import('./app/inspect.ts')
  return runInspect(request, contextOf(options))
}

function contextOf({ cwd, signal, now, onProgress }: CallOptions): RunContext {
  const { root, version } = installedPackage()
  return {
    version,
    packageRoot: root,
    cwd: cwd ?? process.cwd(),
    signal: signal ?? new AbortController().signal,
    stdin: process.stdin,
    now: now ?? (() => new Date()),
    progress: (update) => onProgress?.(update),
    reads: () => undefined,
    note: () => undefined,
  }
}
