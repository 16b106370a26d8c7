import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after } from 'node:test'
import { MlcheckError } from '../../src/core/errors.ts'
import type { OpenOptions } from '../../src/readers/open.ts'
import { openSnapshot } from '../../src/readers/open.ts'
import { gatherColumn } from '../../src/table/gather.ts'
import type { Column, Field, Snapshot } from '../../src/table/types.ts'
import { scratchFolder } from '../scratch-folder.ts'

/** A folder that lasts as long as the test file. */
export interface Scratch {
  readonly folder: string
  /** Writes a file, with the folders on the way to it. */
  write(name: string, content: string | Uint8Array): string
  open(location: string, options?: Partial<OpenOptions>): Promise<Snapshot>
  /** Writes and opens one CSV file. */
  csv(content: string | Uint8Array, options?: Partial<OpenOptions>): Promise<Snapshot>
}

export function makeScratch(): Scratch {
  const folder = scratchFolder({ after })
  const write: Scratch['write'] = (file, content) => {
    const absolute = path.join(folder, file)
    mkdirSync(path.dirname(absolute), { recursive: true })
    writeFileSync(absolute, content)
    return absolute
  }
  const open: Scratch['open'] = (location, options = {}) =>
    openSnapshot(location, { cwd: folder, ...options })
  return {
    folder,
    write,
    open,
    csv: (content, options) => {
      write('data.csv', content)
      return open('data.csv', options)
    },
  }
}

export function fieldOf(snapshot: Pick<Snapshot, 'fields'>, name: string): Field {
  const found = snapshot.fields.find((field) => field.name === name)
  assert.ok(found, `no field ${name}`)
  return found
}

/** The values of a column without the missing ones. */
export function valuesOf(column: Column): (number | string | undefined)[] {
  return column.kind === 'numeric'
    ? [...column.values]
    : [...column.codes].map((code) => column.labels[code])
}

export async function readValues(
  snapshot: Snapshot,
  name: string,
): Promise<(number | string | undefined)[]> {
  return valuesOf(await gatherColumn(snapshot, name))
}

/** The error with which something is refused; one of ours, which a person can act on. */
export async function refusal(work: () => Promise<unknown>): Promise<MlcheckError> {
  try {
    await work()
  } catch (error) {
    assert.ok(error instanceof MlcheckError, String(error))
    return error
  }
  return assert.fail('it was read')
}
