import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after } from 'node:test'
import type { Inspection } from '../../src/artifacts/artifact.ts'
import type { ObjectFacts, ObjectStep, ObjectValue } from '../../src/artifacts/object-facts.ts'
import { inspectArtifact } from '../../src/artifacts/registry.ts'

const FIXTURES = path.join(import.meta.dirname, '../../fixtures/artifacts')

/** Where a fixture of model files is. */
export function fixture(name: string): string {
  return path.join(FIXTURES, name)
}

/** Inspects a file as the command does. */
export function inspect(file: string): Promise<Inspection> {
  return inspectArtifact(file, { now: () => 0 })
}

/** A folder that is removed when the tests have ended, and a function that writes files into it. */
export function workFolder(): {
  readonly folder: string
  write(name: string, content: Uint8Array | string): string
} {
  const folder = mkdtempSync(path.join(tmpdir(), 'inspect-'))
  after(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    folder,
    write: (name, content) => {
      const file = path.join(folder, name)
      writeFileSync(file, content)
      return file
    },
  }
}

export function codes({ reasons }: Inspection): readonly string[] {
  return reasons.map(({ code }) => code)
}

/** The step of a name, which must hold an object. */
export function step(
  { object }: Inspection,
  name: string,
): ObjectStep & { readonly object: ObjectFacts } {
  const found = object?.steps.find((each) => each.name === name)
  if (found === undefined || typeof found.object === 'string') throw new Error(`no step ${name}`)
  return { ...found, object: found.object }
}

/** The elements of an array. */
export function values(value: ObjectValue | undefined): readonly ObjectValue[] {
  if (typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'array') {
    return value.values ?? []
  }
  throw new Error('this is no array')
}

/** The members of an object without a class. */
export function members(value: ObjectValue | undefined): Readonly<Record<string, ObjectValue>> {
  if (typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'object') {
    return value.parameters
  }
  throw new Error('this is no object')
}
