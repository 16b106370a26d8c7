import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Checklist } from '../config/checklist.ts'
import type { Manifest } from '../config/manifest.ts'
import type { Settings } from '../config/settings.ts'
import type { InputRecord } from '../core/result.ts'
import type { ModelArtifact } from '../facts/model-artifact.ts'
import type { Snapshot } from '../table/types.ts'

/** Files of a project that people write beside the manifest. */
const RECORDS = ['.mlcheck/waivers.yaml', '.mlcheck/attestations.yaml']

export interface AuditSources {
  readonly checklist: Checklist
  /** Where the shipped checklist is; it is shown under another name. */
  readonly defaultChecklist: string
  readonly manifest: Manifest
  readonly settings: Settings | null
  readonly model: ModelArtifact | undefined
  /** The tables that were opened, by their path in the manifest. */
  readonly tables: ReadonlyMap<string, Snapshot>
  readonly cwd: string
}

/**
 * Configuration, model and tables that an audit read, each bound to its bytes; tables in the order of
 * their paths. Other files stand with their digests in the evidence of the items.
 */
export async function auditInputs(sources: AuditSources): Promise<readonly InputRecord[]> {
  const { checklist, defaultChecklist, manifest, settings, model, tables, cwd } = sources
  const configuration: readonly (readonly [role: string, shown: string, file?: string])[] = [
    ...checklist.files.map((file) =>
      existsSync(path.resolve(cwd, file))
        ? (['checklist', file] as const)
        : (['checklist', file, defaultChecklist] as const),
    ),
    ['manifest', manifest.file],
    ...(settings === null ? [] : [['settings', settings.file] as const]),
    ...RECORDS.map((record) => path.relative(cwd, path.join(manifest.folder, record)))
      .filter((record) => existsSync(path.resolve(cwd, record)))
      .map((record) => ['record', record.replaceAll(path.sep, '/')] as const),
  ]
  return [
    ...(await Promise.all(
      configuration.map(([role, shown, file]) =>
        yamlInput(role, shown, path.resolve(cwd, file ?? shown)),
      ),
    )),
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
