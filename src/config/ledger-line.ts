import { createHash } from 'node:crypto'
import type { LedgerEntry } from '../core/ledger.ts'

/** Where the ledger of a project is, from the project's folder. */
export const LEDGER_FILE = '.mlcheck/history.jsonl'

/** One run as a line without its line break, sealed with its own digest as the last key. */
export function sealedLine(entry: Omit<LedgerEntry, 'sha256'>): string {
  const content = JSON.stringify(entry)
  return `${content.slice(0, -1)},"sha256":"${digestOfLine(content)}"}`
}

/** Whether a line says what was sealed. */
export function isSealed(line: string): boolean {
  const seal = /,"sha256":"([0-9a-f]{64})"\}$/.exec(line)
  return seal !== null && digestOfLine(`${line.slice(0, seal.index)}}`) === seal[1]
}

/** The SHA-256 digest of the bytes of a line, without the end that a checkout on Windows gives it. */
export function digestOfLine(line: string | Buffer): string {
  return createHash('sha256')
    .update(withoutReturn(Buffer.from(line)))
    .digest('hex')
}

/** A line without the carriage return before its line break. */
export function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line
}

const CARRIAGE_RETURN = 0x0d
