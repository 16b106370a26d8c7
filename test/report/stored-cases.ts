import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Result } from '../../src/core/result.ts'

export const CASE_FOLDER = path.resolve(import.meta.dirname, '../../fixtures/report')

/** The names of the stored results. */
export const CASE_NAMES: readonly string[] = readdirSync(CASE_FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()

export function storedResult(name: string): Result {
  return JSON.parse(readFileSync(path.join(CASE_FOLDER, name, 'result.json'), 'utf8')) as Result
}
