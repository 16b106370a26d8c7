import { posix } from 'node:path'
import type { GradedFinding } from '../core/finding.ts'
import type { DependencySet } from './read-dependencies.ts'

/**
 * What the commands of a Dockerfile install from files, held against the files that were read: another
 * file is undecided, and a file without hashes lets pip add packages that it does not list.
 */
export function installedFileFindings({
  locks,
  files,
  closed,
}: Pick<DependencySet, 'locks' | 'files' | 'closed'>): readonly GradedFinding[] {
  return locks.flatMap(({ path, reading }) =>
    reading.installs.flatMap(({ name, line, isClosed }): readonly GradedFinding[] => {
      // The build context is the folder of the Dockerfile or the project's own.
      const places = [posix.normalize(name), posix.join(posix.dirname(path), name)]
      const found = files.find((file) => places.includes(posix.normalize(file)))
      const location = { path, line }
      const args = { file: found ?? name, from: path, line }
      if (found === undefined) {
        return [{ severity: 'inconclusive', code: 'LOCK_INSTALL_NOT_NAMED', args, location }]
      }
      if (isClosed || closed.includes(found)) return []
      return [{ severity: 'warn', code: 'DOCKER_INSTALL_MAY_ADD', args, location }]
    }),
  )
}
