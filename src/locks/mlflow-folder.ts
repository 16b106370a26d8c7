import { posix } from 'node:path'
import type { GradedFinding } from '../core/finding.ts'
import type { DependencySet } from './read-dependencies.ts'
import { normalizeName, type RequirementEntry } from './requirement.ts'

/**
 * Holds MLflow's three files of one folder against each other: `conda.yaml` and the requirements that
 * `python_env.yaml` includes must list the same packages, and Python must be named to the patch. MLflow
 * restores a model from one of the two, so a package that one lacks is missing half of the time. That
 * the versions of a package are the same is held for all files alike, in `version-agreement.ts`.
 *
 * @returns nothing for a folder without `python_env.yaml`, which MLflow alone writes.
 */
export function mlflowFindings({
  entries,
  locks,
}: Pick<DependencySet, 'entries' | 'locks'>): readonly GradedFinding[] {
  return locks
    .filter(({ format }) => format.name === 'python_env.yaml')
    .flatMap(({ path, reading }): readonly GradedFinding[] => {
      const folder = posix.dirname(path)
      const conda = locks.find(
        (lock) => lock.format.name === 'conda environment' && posix.dirname(lock.path) === folder,
      )
      const included = reading.includes.map(({ name }) => posix.join(folder, name))
      const ofPip = entries.filter(({ file }) => included.includes(file))
      const differences =
        conda === undefined || ofPip.length === 0
          ? []
          : [
              ...lacking(ofPip, conda.reading.entries, conda.path),
              ...lacking(conda.reading.entries, ofPip, included[0] ?? path),
            ]
      return [...differences, ...withoutPatch(path, reading.python)]
    })
}

/** They are part of the environment itself and stand in one of the files only. */
const ENVIRONMENT = ['python', 'pip', 'setuptools', 'wheel']

function lacking(
  listed: readonly RequirementEntry[],
  against: readonly RequirementEntry[],
  otherFile: string,
): readonly GradedFinding[] {
  const known = new Set(against.map(({ name }) => normalizeName(name)))
  return listed
    .filter(({ name }) => !ENVIRONMENT.includes(name) && !known.has(normalizeName(name)))
    .map(({ name, file, line }) => ({
      severity: 'warn',
      code: 'MLFLOW_PACKAGE_IN_ONE_FILE',
      args: { name, file, line, otherFile },
      location: { path: file, line },
    }))
}

function withoutPatch(
  path: string,
  python: DependencySet['locks'][number]['reading']['python'],
): readonly GradedFinding[] {
  const [named] = python
  if (named !== undefined && /^\d+\.\d+\.\d+/.test(named.version)) return []
  const line = named?.line ?? 1
  return [
    {
      severity: 'warn',
      code: 'PYTHON_WITHOUT_PATCH',
      args: { file: path, version: named?.version ?? null },
      location: { path, line },
    },
  ]
}
