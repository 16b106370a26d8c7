import type { Manifest } from '../config/manifest.ts'
import type { ColumnOverrides, DriftOverrides, Settings } from '../config/settings.ts'
import type { ColumnSettings, DriftSettings } from '../drift/settings.ts'
import { DEFAULT_DRIFT_SETTINGS, DEFAULT_THRESHOLDS } from '../drift/settings.ts'

/** What the command line says of a comparison; it goes before `mlcheck.yaml`. */
export type DriftFlags = Partial<
  Pick<
    DriftSettings,
    | 'rule'
    | 'alsoRules'
    | 'alpha'
    | 'only'
    | 'groupKey'
    | 'timeColumn'
    | 'acceptSensitivity'
    | 'calibrate'
    | 'seed'
    | 'failOn'
  >
>

/** Built-in defaults, then the manifest's roles, then `mlcheck.yaml`, then flags. */
export function driftSettings(
  settings: Settings | null,
  manifest: Manifest | null,
  flags: DriftFlags,
): DriftSettings {
  const { columns, thresholds, ...overrides }: DriftOverrides = settings?.drift ?? {}
  const seed = settings?.run?.seed
  return {
    ...DEFAULT_DRIFT_SETTINGS,
    ...overrides,
    ...(seed === undefined ? {} : { seed }),
    ...flags,
    thresholds: { ...DEFAULT_THRESHOLDS, ...thresholds },
    columns: columnSettings(columns ?? {}, manifest),
  }
}

function columnSettings(
  columns: Readonly<Record<string, ColumnOverrides>>,
  manifest: Manifest | null,
): ReadonlyMap<string, ColumnSettings> {
  const merged = new Map<string, ColumnSettings>(manifest === null ? [] : manifestRoles(manifest))
  for (const [name, override] of Object.entries(columns)) {
    merged.set(name, { ...merged.get(name), ...override })
  }
  return merged
}

/** What a manifest says of columns: targets, keys, scores, and the ranges it declares. */
function manifestRoles(manifest: Manifest): [string, ColumnSettings][] {
  const { data, features, predictions } = manifest
  const roles: [string, ColumnSettings][] = []
  for (const [name, { type, min, max, values }] of Object.entries(features ?? {})) {
    const range = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
    roles.push([
      name,
      {
        role: 'feature',
        type,
        ...(min === undefined && max === undefined ? {} : { range }),
        ...(values === undefined ? {} : { values }),
      },
    ])
  }
  if (data?.target !== undefined) roles.push([data.target, { role: 'target' }])
  if (data?.key !== undefined) roles.push([data.key, { role: 'identifier' }])
  for (const { prediction, score } of Object.values(predictions ?? {})) {
    const scores = typeof score === 'string' ? [score] : Object.values(score ?? {})
    for (const name of [prediction, ...scores]) {
      if (name !== undefined) roles.push([name, { role: 'prediction' }])
    }
  }
  return roles
}
