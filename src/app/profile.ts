import { loadSettings } from '../config/load-settings.ts'
import { formatBaseline } from '../drift/baseline.ts'
import { profileSnapshot } from '../drift/profile.ts'
import type { RunContext } from './context.ts'
import { driftSettings } from './drift-settings.ts'
import { openTable } from './open-input.ts'

export interface ProfileRequest {
  readonly data: string
  readonly config?: string
  readonly format?: 'csv' | 'parquet' | 'arrow'
}

/** A snapshot's distributions without its rows. */
export interface ProfiledData {
  /** The baseline as JSON text, as it is stored. */
  readonly text: string
  readonly columns: number
  readonly rows: number
}

/** Records a snapshot's distributions without its rows. */
export async function runProfile(
  { data, config, format }: ProfileRequest,
  context: RunContext,
): Promise<ProfiledData> {
  const settings = await loadSettings({
    startDir: context.cwd,
    ...(config === undefined ? {} : { path: config }),
  })
  const options = { settings, ...(format === undefined ? {} : { format }) }
  const { table } = await openTable('data', data, options, context)
  const baseline = await profileSnapshot(table, driftSettings(settings, null, {}))
  return { text: formatBaseline(baseline), columns: table.fields.length, rows: table.rowCount }
}
