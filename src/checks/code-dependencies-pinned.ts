import type { Evidence } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { DependencyFiles } from '../facts/dependencies.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { IMPORT_NAMES, importFindings } from './import-findings.ts'
import { undecided } from './undecided.ts'

export const codeDependenciesPinned = defineCheck({
  id: 'code.dependencies-pinned',
  title: 'Dependencies pinned to exact versions',
  section: 'code',
  motivation:
    'A range resolves to whatever was published last, so the model that is served tomorrow may not be the one that was tested.',
  decides:
    'Pass: every requirement of the named files, with everything they include, is one exact version with hashes, images are named by digest, and every package that the serving code imports is among them. ' +
    'Warn: exact versions without hashes (fail with require_hashes), repositories at a full commit, options that weaken pins, packages that the compiler left out, pins that no longer answer pyproject.toml with its range of Python, the Pipfile or the file they were compiled from, ' +
    'Conda versions without a build, images by tag (fail with require_digests), system packages without a version, packages that a Dockerfile installs beside the lock, a downloaded program that it runs, a locked library of another version than the one that wrote the model file. ' +
    'Fail: a range, a wildcard such as ==1.4.*, a prefix of Conda such as =1.4, no version, a folder or an address without a digest, a weak or malformed hash, ' +
    'hashes on some requirements only, a requirement swallowed by a comment, versions that contradict each other within or between files, a file or line pip would refuse, ' +
    'an imported package that no requirement provides on the named version of Python, a version of Python outside the range that the lock demands. ' +
    'Inconclusive: no file is named, a file is empty, malformed or of another format, an include lies outside the repository or on the network, a Dockerfile installs a file that is not named, or packages that no command names, serving code that is no valid Python.',
  remediation:
    'Compile the direct requirements to exact versions with hashes (pip-compile --generate-hashes, uv pip compile --generate-hashes) and install with --require-hashes.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Infra 1',
    'PEP 440, version specifiers',
    'PEP 508, dependency specifiers',
    'https://pip.pypa.io/en/stable/topics/secure-installs/',
    'https://pip.pypa.io/en/stable/reference/requirements-file-format/',
  ],
  params: {
    require_hashes: {
      type: 'boolean',
      default: false,
      description: 'Whether exact versions without hashes fail instead of warn.',
    },
    require_digests: {
      type: 'boolean',
      default: false,
      description: 'Whether images that are named by a tag alone fail instead of warn.',
    },
    import_names: IMPORT_NAMES,
  },
  needs: ['dependencies.requirements'],
  judge(facts, params) {
    const fact = facts['dependencies.requirements']
    if (fact.state !== 'present') return undecided(fact)
    const { value } = fact
    return conclude(
      'recomputed',
      [
        ...findingsOf(value, params.require_digests),
        ...withoutHashes(value, params.require_hashes),
        ...importFindings(value, params.import_names),
      ],
      value.entries.length === 0 ? [] : [evidenceOf(value)],
    )
  },
})

function findingsOf(value: DependencyFiles, requiresDigests: boolean): readonly GradedFinding[] {
  const entries = value.entries
    .filter(({ pinned }) => pinned === 'no' || pinned === 'warn')
    .map(({ name, specifier, file, line, pinned, code }): GradedFinding => ({
      severity: pinned === 'no' || (requiresDigests && code === 'IMAGE_BY_TAG') ? 'fail' : 'warn',
      code,
      args: { name, specifier, file, line },
      location: { path: file, line },
    }))
  const foreign = value.unsupported.map(({ path, format }): GradedFinding => ({
    severity: 'inconclusive',
    code: 'LOCK_FORMAT_UNSUPPORTED',
    args: { file: path, format },
    location: { path },
  }))
  const empty: readonly GradedFinding[] =
    // A malformed lock file is not empty.
    value.distributions.length === 0 &&
    value.files.length > 0 &&
    value.findings.every(({ code }) => code !== 'LOCK_MALFORMED')
      ? [
          {
            severity: 'inconclusive',
            code: 'REQUIREMENTS_EMPTY',
            args: { files: value.files.map(({ path }) => path) },
          },
        ]
      : []
  return [...entries, ...value.findings, ...foreign, ...empty]
}

function withoutHashes(value: DependencyFiles, isRequired: boolean): readonly GradedFinding[] {
  // The signed index of a distribution holds the hashes of system packages.
  const bare = value.entries.filter(
    ({ pinned, code }) => pinned === 'yes' && code !== 'SYSTEM_PACKAGE_PINNED',
  )
  const [first] = bare
  if (first === undefined) return []
  return [
    {
      severity: isRequired ? 'fail' : 'warn',
      code: 'REQUIREMENTS_WITHOUT_HASHES',
      args: {
        count: bare.length,
        total: value.entries.length,
        names: bare.slice(0, 10).map(({ name }) => name),
      },
      location: { path: first.file, line: first.line },
    },
  ]
}

function evidenceOf(value: DependencyFiles): Evidence {
  const count = (state: string) => value.entries.filter(({ pinned }) => pinned === state).length
  const [source] = value.files
  return {
    level: 'recomputed',
    claim: 'Every requirement names one exact version.',
    observed: {
      requirements: value.entries.length,
      hashed: count('hashed'),
      exact: count('yes'),
      unverifiable: count('warn'),
      notExact: count('no'),
      // No serving code is named, or it could not be read: nothing was compared.
      imports: value.imports === undefined ? null : value.imports.length,
      files: value.files.map(({ path }) => path),
    },
    ...(source === undefined ? {} : { source }),
  }
}
