import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { GradedFinding } from '../../src/core/finding.ts'
import { messageProblems } from '../../src/report/messages.ts'
import type { SourceText } from '../../src/rollout/located.ts'

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/rollout')

/** A text of `fixtures/rollout`, named as a repository would. */
export function fixture(name: string): SourceText {
  return { path: path.basename(name), text: readFileSync(path.join(fixtures, name), 'utf8') }
}

/** A replacement of the first place; the text must be there. */
export type Edit = readonly [from: string, to: string]

/** A fixture with parts replaced, as one wrong commit would. */
export function edited(name: string, edits: readonly Edit[]): SourceText {
  const source = fixture(name)
  let { text } = source
  for (const [from, to] of edits) {
    assert.ok(text.includes(from), `${name} has no ${from}`)
    text = text.replace(from, () => to)
  }
  return { ...source, text }
}

/** `fail CANARY_JUMPS 12`: severity, code and line, in their order; every finding has its sentence. */
export function lines(findings: readonly GradedFinding[]): readonly string[] {
  return findings.map((finding) => {
    assert.deepEqual(messageProblems(finding), [])
    const { severity, code, location } = finding
    return [severity, code, location?.line ?? '-'].join(' ')
  })
}

/** The line on which a text first stands. */
export function lineOf({ text }: SourceText, part: string): number {
  assert.ok(text.includes(part), `no ${part}`)
  return text.slice(0, text.indexOf(part)).split('\n').length
}
