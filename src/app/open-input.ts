import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Settings } from '../config/settings.ts'
import { InputError } from '../core/errors.ts'
import type { InputRecord } from '../core/result.ts'
import type { Baseline } from '../drift/baseline.ts'
import { isBaseline as isBaselineValue, parseBaseline } from '../drift/baseline.ts'
import { digestBytes, fileSource } from '../readers/byte-source.ts'
import { readHead } from '../readers/file-bytes.ts'
import { isBaseline } from '../readers/formats.ts'
import type { OpenOptions } from '../readers/open.ts'
import { openSnapshot } from '../readers/open.ts'
import { STANDARD_INPUT } from '../readers/standard-input.ts'
import type { Field, LogicalType, Snapshot } from '../table/types.ts'
import type { RunContext } from './context.ts'

/** A side of a comparison with what the result says of its file. */
export interface OpenedInput<T> {
  readonly table: T
  readonly record: InputRecord
}

export interface InputOptions {
  readonly format?: 'csv' | 'parquet' | 'arrow'
  readonly settings: Settings | null
  /** The reference's fields bind the current file. */
  readonly bind?: readonly Field[]
}

/** How a table is opened with the settings of a project. */
export function openOptions(
  { format, settings, bind }: InputOptions,
  context: RunContext,
  stage: string,
): OpenOptions {
  const types = typesOf(settings)
  return {
    cwd: context.cwd,
    onFile: (file) => {
      context.reads(file)
    },
    onProgress: (done, total) => {
      context.progress({ stage, done, total })
    },
    ...(settings?.csv === undefined ? {} : { csv: settings.csv }),
    ...(types.size === 0 ? {} : { types }),
    ...(format === undefined ? {} : { format }),
    ...(bind === undefined ? {} : { bind }),
  }
}

function typesOf(settings: Settings | null): ReadonlyMap<string, LogicalType> {
  const types = new Map<string, LogicalType>()
  for (const [name, { type }] of Object.entries(settings?.drift?.columns ?? {})) {
    if (type !== undefined) types.set(name, type)
  }
  return types
}

/** Opens a table for a command. */
export async function openTable(
  role: string,
  location: string,
  options: InputOptions,
  context: RunContext,
): Promise<OpenedInput<Snapshot>> {
  const stage = `reading ${role}`
  const table = await openSnapshot(location, {
    ...openOptions(options, context, stage),
    stdin: context.stdin,
  })
  const { source, rowCount } = table
  return { table, record: { role, ...source, rows: rowCount } }
}

/** Opens the reference of a comparison: a recorded baseline, or a table. */
export async function openReference(
  location: string,
  options: InputOptions,
  context: RunContext,
): Promise<OpenedInput<Snapshot | Baseline>> {
  const file = path.resolve(context.cwd, location)
  const isTable = location === STANDARD_INPUT || !isBaselineFile(file)
  if (isTable) return openTable('reference', location, options, context)
  context.reads(file)
  const table = await readBaseline(file, location)
  const { sha256, bytes } = await digestBytes(fileSource(file))
  const record = { role: 'reference', path: location, format: 'baseline', sha256, bytes }
  return { table, record: { ...record, rows: table.rows } }
}

function isBaselineFile(file: string): boolean {
  try {
    return isBaseline(readHead(file))
  } catch {
    // Whatever is wrong with the path is said by the reader that opens it as a table.
    return false
  }
}

/**
 * Reads a recorded baseline.
 *
 * @throws InputError when it is not JSON or not a baseline.
 */
async function readBaseline(file: string, shown: string): Promise<Baseline> {
  let json: unknown
  try {
    json = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new InputError(`${shown} is not valid JSON`, { location: { path: shown }, cause: error })
  }
  return parseBaseline(json)
}

/** The fields that bind the current file: a baseline remembers names and types. */
export function fieldsOf(reference: Snapshot | Baseline): readonly Field[] {
  return isBaselineValue(reference)
    ? reference.columns.map(({ name, type, physical, evidence, precision }) => ({
        name,
        type,
        physical,
        evidence,
        ...(precision === undefined ? {} : { precision }),
      }))
    : reference.fields
}
