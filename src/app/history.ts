import { existsSync } from 'node:fs'
import path from 'node:path'
import { appendLedger } from '../config/append-ledger.ts'
import { LEDGER_FILE } from '../config/ledger-line.ts'
import { findRepositoryRoot, foldersUpward } from '../config/repository.ts'
import type { Settings } from '../config/settings.ts'
import { LEDGER_VERSION, type AuditScope, type LedgerEntry } from '../core/ledger.ts'
import type { Result } from '../core/result.ts'
import type { RunContext } from './context.ts'

/** Where and how a run is recorded. */
export interface HistoryRequest {
  /** Whether the run is recorded; not, if not given. */
  readonly history?: boolean
  /** Who answers for the run. */
  readonly signOff?: string
}

/** What a run knows of itself that its result does not say. */
export interface RunSubject {
  /** The absolute folder of the project. */
  readonly folder: string
  readonly model: LedgerEntry['model']
  readonly audit: AuditScope | null
}

/**
 * Adds a line about a run to the ledger of its project. One that cannot be written is told on standard
 * error and changes nothing else; a run that was stopped leaves none.
 */
export async function recordRun(
  result: Result,
  { history = false, signOff }: HistoryRequest,
  { folder, model, audit }: RunSubject,
  context: RunContext,
): Promise<void> {
  // No report may be written over it.
  context.reads(path.join(folder, LEDGER_FILE))
  if (!history || context.signal.aborted) return
  const inputs = new Map<string, string[]>()
  for (const { role, sha256 } of result.inputs) {
    inputs.set(role, [...(inputs.get(role) ?? []), sha256])
  }
  try {
    await appendLedger(folder, {
      schemaVersion: LEDGER_VERSION,
      date: context.now().toISOString(),
      command: result.command,
      audit,
      tool: result.tool.version,
      model,
      inputs: Object.fromEntries(inputs),
      verdict: { outcome: result.verdict.outcome, exitCode: result.verdict.exitCode },
      signedOff: signOff ?? null,
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    context.note(`this run is not recorded in ${LEDGER_FILE}: ${reason}`)
  }
}

/**
 * The project that a comparison belongs to: the closest folder with a manifest, at or above the working
 * directory in its repository, else the folder of the settings that were found.
 *
 * @param settings those that were found, not those that were named: they may lie anywhere
 * @returns `undefined` where there is neither
 */
export async function projectOf(
  manifest: string,
  settings: Settings | null,
  cwd: string,
): Promise<string | undefined> {
  const root = await findRepositoryRoot(cwd)
  // Without a repository nobody says where the project ends.
  const folders = root === undefined ? [path.resolve(cwd)] : foldersUpward(cwd)
  for (const folder of folders) {
    if (existsSync(path.join(folder, manifest))) return folder
    if (folder === root) break
  }
  return settings?.folder
}
