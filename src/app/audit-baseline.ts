import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { loadResult } from '../config/stored-result.ts'
import { ConfigurationError } from '../core/errors.ts'
import type { InputRecord, Result } from '../core/result.ts'
import { contradiction } from '../policy/consistency.ts'
import { knownSince } from '../policy/known-failures.ts'

/** An earlier result, with what the new one says of its file. */
export interface AuditBaseline {
  readonly result: Result
  readonly record: InputRecord
}

/**
 * The earlier result of `--baseline`.
 *
 * @param checklist the inputs of the checklist that is audited now
 * @param today a UTC day
 * @throws ConfigurationError when the result is not one of an audit, contradicts itself, was made with
 *   another checklist or is of a later day.
 * @throws InputError when it cannot be read as a result.
 */
export async function auditBaseline(
  file: string,
  checklist: readonly InputRecord[],
  today: string,
  cwd: string,
): Promise<AuditBaseline> {
  const result = await loadResult(file, cwd)
  const refuse = (message: string, hint: string): ConfigurationError =>
    new ConfigurationError(message, { location: { path: file }, hint })
  if (result.command !== 'audit') {
    const hint = 'Give a result that mlcheck audit --report json=PATH wrote.'
    throw refuse(`a result of ${result.command}, not of an audit`, hint)
  }
  const problem = contradiction(result)
  if (problem !== undefined) {
    const hint = 'Store a new result: this one was changed by hand.'
    throw refuse(`the result contradicts itself: ${problem}`, hint)
  }
  if (!isSameChecklist(ofChecklist(result.inputs), checklist)) {
    const hint = 'Store a result of this checklist, or audit with --checklist as then.'
    throw refuse('the result is of another checklist', hint)
  }
  const late = lateDay(result, today)
  if (late !== undefined) {
    const hint = 'Check the clock and --now: what is known has an age.'
    throw refuse(`the result is of ${late}, and today is ${today}`, hint)
  }
  const bytes = await readFile(path.resolve(cwd, file))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return {
    result,
    record: { role: 'baseline', path: file, format: 'json', sha256, bytes: bytes.length },
  }
}

function ofChecklist(inputs: readonly InputRecord[]): readonly InputRecord[] {
  return inputs.filter(({ role }) => role === 'checklist')
}

/** The same files or the same bytes: a list may be edited, and a project may be moved. */
function isSameChecklist(then: readonly InputRecord[], now: readonly InputRecord[]): boolean {
  return (
    then.length === now.length &&
    then.every((list, index) => {
      const other = now[index]
      return list.path === other?.path || list.sha256 === other?.sha256
    })
  )
}

/** A day of the result that is none, or is still to come. */
function lateDay(result: Result, today: string): string | undefined {
  const days = [...new Set(result.items.map((item) => knownSince(item, result)))]
  return days.find((day) => !isDay(day) || day > today)
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
}
