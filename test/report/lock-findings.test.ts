import { describe, it } from 'node:test'
import { inspectLock } from '../../src/locks/inspect-lock.ts'
import type { Finding } from '../../src/core/finding.ts'
import { judgeProject, leavesOf } from '../checks/projects.ts'
import { readLockFixture } from '../locks/read-lock.ts'
import { assertWords } from './assert-words.ts'

describe('findings about lock files and Dockerfiles', () => {
  it('have their sentence in the check', async () => {
    const id = 'code.dependencies-pinned'
    const found: Finding[] = []
    for (const leaf of leavesOf(id)) {
      const [judgement] = await judgeProject(id, leaf)
      found.push(...(judgement.findings ?? []))
    }
    assertWords(found, [
      'LOCK_MALFORMED',
      'LOCK_DEVELOPMENT_GROUPS',
      'LOCK_STALE',
      'LOCK_DEMAND_CHANGED',
      'LOCK_DEMAND_GONE',
      'LOCK_PIPFILE_CHANGED',
      'LOCK_INSTALL_NOT_NAMED',
      'LOCK_VERSIONS_DISAGREE',
      'DOCKER_INSTALL_UNKNOWN',
      'MLFLOW_PACKAGE_IN_ONE_FILE',
      'PYTHON_WITHOUT_PATCH',
      'CONDA_PREFIX',
      'CONDA_WITHOUT_BUILD',
      'IMAGE_BY_TAG',
      'DOCKER_INSTALL_OUTSIDE_LOCK',
      'DOCKER_RESOLVES_ANEW',
      'IMPORT_NOT_LOCKED',
      'IMPORTS_NOT_READ',
      'MODEL_LIBRARY_VERSION_DIFFERS',
      'IMPORT_OPTIONAL_NOT_LOCKED',
      'PYTHON_OUTSIDE_RANGE',
      'PYTHON_VERSIONS_DIFFER',
    ])
  })

  it('have their sentence for every entry of a file', async () => {
    const files = ['dockerfile/Dockerfile', 'conda-lock/conda-lock.yml', 'poetry/2.1/poetry.lock']
    const readings = await Promise.all(files.map(readLockFixture))
    const variable = await inspectLock(
      'Dockerfile',
      'FROM a/b:${TAG}\nRUN pip install .\nRUN conda install numpy=1.26.4=py311_0\n',
    )
    const entries = [...readings, variable].flatMap((reading) => reading?.entries ?? [])
    assertWords(
      [
        ...entries.map(({ name, specifier, file, line, code }) => ({
          code,
          args: { name, specifier, file, line },
        })),
        ...[...readings, variable].flatMap((reading) => reading?.findings ?? []),
      ],
      [
        'IMAGE_PINNED',
        'IMAGE_NOT_PINNED',
        'IMAGE_VARIABLE',
        'SYSTEM_PACKAGE_PINNED',
        'SYSTEM_PACKAGE_NOT_PINNED',
        'INSTALLER_NOT_PINNED',
        'DOCKER_PROJECT_WITH_DEPENDENCIES',
        'CONDA_EXACT_BUILD',
        'CONDA_WEAK_HASH',
        'CONDA_PLATFORM_NOT_LOCKED',
      ],
    )
  })
})
