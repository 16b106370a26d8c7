import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Checklist } from '../config/checklist.ts'
import { checklistPath } from '../config/load-checklist.ts'
import type { Manifest } from '../config/manifest.ts'
import type { Settings } from '../config/settings.ts'
import type { InputRecord } from '../core/result.ts'
import type { ModelArtifact } from '../facts/model-artifact.ts'
import type { Snapshot } from '../table/types.ts'

/** Files of a project that people write beside the manifest. */
const RECORDS = ['.mlcheck/waivers.yaml', '.mlcheck/attestations.yaml']

export interface AuditSources {
  readonly checklist: readonly InputRecord[]
  readonly manifest: Manifest
  readonly settings: Settings | null
  readonly model: ModelArtifact | undefined
  /** The tables that were opened, by their path in the manifest. */
  readonly tables: ReadonlyMap<string, Snapshot>
  /** The earlier result of `--baseline`. */
  readonly baseline: InputRecord | undefined
  readonly cwd: string
}

/**
 * The lists that make the checklist, the extended ones first.
 *
 * @param defaultChecklist where the shipped default list is; it is shown under another name
 */
export function checklistInputs(
  { files }: Checklist,
  defaultChecklist: string,
  cwd: string,
): Promise<readonly InputRecord[]> {
  return Promise.all(
    files.map((shown) =>
      yamlInput('checklist', shown, checklistPath(shown, defaultChecklist, cwd)),
    ),
  )
}

/**
 * Configuration, model and tables that an audit read, each bound to its bytes; tables in the order of
 * their paths. Other files stand with their digests in the evidence of the items.
 */
export async function auditInputs(sources: AuditSources): Promise<readonly InputRecord[]> {
  const { checklist, manifest, settings, model, tables, baseline, cwd } = sources
  const configuration: readonly (readonly [role: string, shown: string])[] = [
    ['manifest', manifest.file],
    ...(settings === null ? [] : [['settings', settings.file] as const]),
    ...RECORDS.map((record) => path.relative(cwd, path.join(manifest.folder, record)))
      .filter((record) => existsSync(path.resolve(cwd, record)))
      .map((record) => ['record', record.replaceAll(path.sep, '/')] as const),
  ]
  return [
    ...checklist,
    ...(await Promise.all(
      configuration.map(([role, shown]) => yamlInput(role, shown, path.resolve(cwd, shown))),
    )),
    ...(baseline === undefined ? [] : [baseline]),
    ...(model === undefined ? [] : [modelInput(model)]),
    ...[...tables]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { source, rowCount }]) => ({ role: 'data', ...source, rows: rowCount })),
  ]
}

async function yamlInput(role: string, shown: string, file: string): Promise<InputRecord> {
  const bytes = await readFile(file)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { role, path: shown, format: 'yaml', sha256, bytes: bytes.length }
}

function modelInput({ path: file, kind, sha256, bytes }: ModelArtifact): InputRecord {
  return { role: 'model', path: file, format: kind, sha256, bytes }
}
