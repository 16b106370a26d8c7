import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Attestation } from './attestations.ts'
import { exists, findRepositoryRoot, isInside } from './repository.ts'
import { validate } from './validate.ts'
import { readYamlFile } from './yaml-file.ts'

const FILE = '.mlcheck/attestations.yaml'

/**
 * Loads what people vouch for, in the order of the file.
 *
 * @param folder the project's folder, which has or could have a `.mlcheck`
 * @param cwd what `folder` is relative to
 * @returns an empty list when there is no such file
 * @throws ConfigurationError when the file is not valid
 */
export async function loadAttestations(folder: string, cwd = '.'): Promise<readonly Attestation[]> {
  const absolute = path.resolve(cwd, folder, FILE)
  if (!(await exists(absolute))) return []
  const yaml = await readYamlFile(absolute, path.posix.join(folder, FILE))
  if (yaml.value === null) return []
  const { attestationsSchema } = await import('./attestations-schema.ts')
  const { attestations } = validate(yaml, attestationsSchema)
  const project = path.resolve(cwd, folder)
  return Promise.all(
    attestations.map(async (attestation, index) => ({
      ...attestation,
      evidenceState: await evidenceState(project, attestation.evidence),
      location: yaml.locate(['attestations', index]),
    })),
  )
}

/**
 * Whether the document of an attestation is there: it counts when it is a regular file of the repository,
 * links followed, and not empty.
 *
 * @param project the absolute folder that `evidence` is relative to
 */
export async function evidenceState(
  project: string,
  evidence: string | undefined,
): Promise<Attestation['evidenceState']> {
  if (evidence === undefined) return 'none'
  if (isAddress(evidence)) return 'address'
  const document = await realpath(path.resolve(project, evidence)).catch(() => undefined)
  if (document === undefined) return 'missing'
  const repository = await realpath((await findRepositoryRoot(project)) ?? project)
  if (!isInside(repository, document)) return 'missing'
  const found = await stat(document)
  return found.isFile() && found.size > 0 ? 'found' : 'missing'
}

/** Whether evidence is an address such as https://…; two letters at least, so that no drive is one. */
export function isAddress(evidence: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(evidence)
}
