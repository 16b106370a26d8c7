import type { ExitCode, Verdict } from './result.ts'

/** The version of a line of the ledger: minor versions add keys, major versions break readers. */
export const LEDGER_VERSION = '1.0'

/** What an audit was asked for. */
export interface AuditScope {
  readonly phase: string
  readonly sections: readonly string[]
  readonly only: readonly string[]
  /** The day or instant of `--now`; `null` where the clock said it. */
  readonly now: string | null
}

/** One run, as it stands in a line of `.mlcheck/history.jsonl`. */
export interface LedgerEntry {
  readonly schemaVersion: string
  /** When the run ended, by the clock and in UTC: `2026-11-30T10:00:00.000Z`. */
  readonly date: string
  readonly command: string
  /** `null` for every other command. */
  readonly audit: AuditScope | null
  readonly tool: string
  readonly model: { readonly version: string | null; readonly sha256: string | null } | null
  /** The digests of the files that were read, by their role. */
  readonly inputs: Readonly<Record<string, readonly string[]>>
  readonly verdict: { readonly outcome: Verdict['outcome']; readonly exitCode: ExitCode }
  /** Who answers for the run, from `--sign-off`. */
  readonly signedOff: string | null
  /** The digest of the line before; `null` in the first. */
  readonly previous: string | null
  /** The digest of this line without this key. */
  readonly sha256: string
}

/** Why a line does not count. */
export type LedgerProblem =
  /** It is no line of this format, or was cut off. */
  | 'broken'
  /** Its content is not what its own digest says. */
  | 'edited'
  /** The next line was written after another one than this: this one was exchanged, or one is gone. */
  | 'unconfirmed'
  /** It is dated before the line that it follows. */
  | 'backdated'

/** The runs of a project that can be trusted, and the lines that cannot. */
export interface Ledger {
  /** As messages name it. */
  readonly path: string
  readonly sha256: string
  readonly entries: readonly (LedgerEntry & { readonly line: number })[]
  readonly problems: readonly { readonly line: number; readonly problem: LedgerProblem }[]
}
