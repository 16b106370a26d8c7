import type * as z from 'zod'
import {
  describeIssue,
  describeValue,
  expectedKind,
  missing,
  oneOf,
  SENTENCE_BREAK,
  suggestion,
} from './describe-issue.ts'
import type { YamlPath } from './located.ts'
import { problemsError, type Problem } from './problems.ts'
import type { YamlFile } from './yaml-file.ts'

type Issue = z.core.$ZodIssue

/**
 * Holds a file against a schema.
 *
 * @returns the value with keys in camelCase and quantities as numbers
 * @throws ConfigurationError with all problems of the file
 */
export function validate<T>(file: YamlFile, schema: z.ZodType<T>): T {
  if (file.value === null) {
    const message = 'the file is empty: it has no keys'
    throw problemsError([{ file, location: file.locate([]), message }])
  }
  const parsed = schema.safeParse(file.value, { error: describeIssue, reportInput: true })
  if (parsed.success) return parsed.data
  const [first, ...rest] = parsed.error.issues.flatMap((issue) => toProblems(file, issue, []))
  if (first === undefined) throw new TypeError('a schema refused a value without an issue')
  throw problemsError([first, ...rest])
}

function toProblems(file: YamlFile, issue: Issue, base: YamlPath): readonly Problem[] {
  const path = [...base, ...(issue.path as YamlPath)]
  if (issue.code === 'unrecognized_keys') {
    const sentences = issue.message.split(SENTENCE_BREAK)
    return issue.keys.map((key, index) => ({
      file,
      location: file.locateKey([...path, key]),
      message: inBlock(path, sentences[index] ?? issue.message),
    }))
  }
  if (issue.code === 'invalid_union') return unionProblems(file, issue, path)
  return [problem(file, path, withSource(file, path, issue.input, issue.message))]
}

/** The problems of the alternative that was meant, if its kind of value tells which one that is. */
function unionProblems(
  file: YamlFile,
  issue: z.core.$ZodIssueInvalidUnion,
  path: YamlPath,
): readonly Problem[] {
  const meant = issue.errors.filter((branch) => !branch.some(isOfAnotherKind))
  const [only] = meant
  if (only !== undefined && meant.length === 1) {
    return only.flatMap((inner) => toProblems(file, inner, path))
  }
  const others = issue.errors.flatMap((branch) => branch.filter(isOfAnotherKind))
  const expected = [...new Set(others.map(wanted))].join(' or ')
  if (issue.input === undefined) return [problem(file, path, missing(`expected ${expected}`))]
  const near = typeof issue.input === 'string' ? suggestion(issue.input, wordsOf(others)) : ''
  const message = `expected ${expected}, found ${describeValue(issue.input)}${near}`
  return [problem(file, path, withSource(file, path, issue.input, message))]
}

function isOfAnotherKind(issue: Issue): boolean {
  return (
    issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value')
  )
}

function wanted(issue: Issue): string {
  if (issue.code === 'invalid_type') return expectedKind(issue.expected)
  return issue.code === 'invalid_value' ? oneOf(issue.values.map(String)) : issue.message
}

function wordsOf(issues: readonly Issue[]): readonly string[] {
  return issues.flatMap((issue) => (issue.code === 'invalid_value' ? issue.values.map(String) : []))
}

function problem(file: YamlFile, path: YamlPath, message: string): Problem {
  return { file, location: file.locate(path), message: inBlock(path, message) }
}

/** Shows a number as it is written: whoever writes 3.10 for a version should not read 3.1. */
function withSource(file: YamlFile, path: YamlPath, input: unknown, message: string): string {
  const written = typeof input === 'number' ? file.writtenAs(path) : undefined
  return written === undefined
    ? message
    : message.replace(`the number ${String(input)}`, `the number ${written}`)
}

function inBlock(path: YamlPath, message: string): string {
  return path.length === 0 ? message : `${dotted(path)}: ${message}`
}

/** `metrics[0].value`. */
export function dotted(path: YamlPath): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${String(step)}]`
      return index === 0 ? step : `.${step}`
    })
    .join('')
}
