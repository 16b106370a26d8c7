import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type * as z from 'zod'
import { InputError } from '../core/errors.ts'
import { SCHEMA_VERSION, type Result } from '../core/result.ts'
import { describeIssue } from './describe-issue.ts'
import type { YamlPath } from './located.ts'
import { printable } from './printable.ts'
import { dotted } from './validate.ts'
import { isMissing } from './yaml-file.ts'

const PROBLEMS_SHOWN = 5

/**
 * Loads a result that `--report json` stored.
 *
 * A later minor version may have fields that this one does not know; they are kept. Another major version
 * is refused.
 *
 * @param file as the user wrote it
 * @param cwd what a relative path is relative to
 * @throws InputError when the file is missing, not JSON or not a result
 */
export async function loadResult(file: string, cwd = '.'): Promise<Result> {
  const refuse = (message: string, hint?: string, cause?: unknown): InputError =>
    new InputError(message, {
      location: { path: file },
      cause,
      ...(hint === undefined ? {} : { hint }),
    })
  const bytes = await readFile(path.resolve(cwd, file)).catch((error: unknown) => {
    throw refuse(
      isMissing(error) ? 'there is no such file' : 'the file cannot be read',
      undefined,
      error,
    )
  })
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw refuse('not a JSON file', 'Give a file written by `--report json=PATH`.', error)
  }
  const version = versionOf(value)
  if (version === undefined) {
    throw refuse('not a result of mlcheck', 'Give a file written by `--report json=PATH`.')
  }
  const [major, minor] = version
  const [ownMajor, ownMinor] = versionOf({ schemaVersion: SCHEMA_VERSION }) ?? [1, 0]
  if (major !== ownMajor) {
    throw refuse(
      `a result of version ${String(major)}.${String(minor)}, and only ${String(ownMajor)}.x can be read`,
      'Use the version of mlcheck that wrote it.',
    )
  }
  const { resultSchema } = await import('./result-schema.ts')
  const parsed = resultSchema.safeParse(
    { ...(value as object), schemaVersion: SCHEMA_VERSION },
    { error: describeIssue },
  )
  const issues = (parsed.error?.issues ?? []).filter(
    ({ code }) => minor <= ownMinor || code !== 'unrecognized_keys',
  )
  if (issues.length > 0) throw refuse(listIssues(issues))
  return value as Result
}

function versionOf(value: unknown): readonly [major: number, minor: number] | undefined {
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) return undefined
  const { schemaVersion } = value
  const match = typeof schemaVersion === 'string' ? /^(\d+)\.(\d+)$/.exec(schemaVersion) : null
  return match === null ? undefined : [Number(match[1]), Number(match[2])]
}

function listIssues(issues: readonly z.core.$ZodIssue[]): string {
  const lines = issues
    .slice(0, PROBLEMS_SHOWN)
    .map((issue) => `  ${printable(dotted(issue.path as YamlPath))}: ${issue.message}`)
  const rest = issues.length - lines.length
  if (rest > 0) lines.push(`  and ${String(rest)} more`)
  return `not a result of mlcheck\n${lines.join('\n')}`
}
