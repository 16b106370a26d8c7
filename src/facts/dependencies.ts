import { createHash } from 'node:crypto'
import { readFile, realpath, stat } from 'node:fs/promises'
import type { Source } from '../core/evidence.ts'
import type { Fact } from '../core/fact.ts'
import type { GradedFinding } from '../core/finding.ts'
import { isInside } from '../config/repository.ts'
import { installedFileFindings } from '../locks/installed-files.ts'
import { lockFreshness } from '../locks/lock-freshness.ts'
import { mlflowFindings } from '../locks/mlflow-folder.ts'
import { modelLibraryFindings } from '../locks/model-libraries.ts'
import { pythonFindings, type NamedPython } from '../locks/python-agreement.ts'
import { entriesOnTarget } from '../locks/production-target.ts'
import { readDependencies, versionRules, type DependencySet } from '../locks/read-dependencies.ts'
import { normalizeName, type RequirementSet } from '../locks/requirement.ts'
import { REQUIREMENTS_BYTES } from '../locks/refusals.ts'
import type { LoadFile } from '../locks/requirements.ts'
import { versionDisagreements } from '../locks/version-agreement.ts'
import type { Collector, FactContext, FactReader } from './context.ts'
import { lockedImports, unreadImports, type LockedImport } from './locked-imports.ts'
import { absentBlock, projectPath } from './project-files.ts'
import type { PythonSources } from './python-sources.ts'

/** What the named dependency files say, with everything they include, and what contradicts them. */
export interface DependencyFiles extends Pick<RequirementSet, 'entries' | 'findings' | 'hashMode'> {
  readonly files: readonly Source[]
  /** Files of formats that are not read. */
  readonly unsupported: readonly { readonly path: string; readonly format: string }[]
  /**
   * Names in their normal form (PEP 503) of all that may be installed as a package where the model is
   * served, images and system packages apart.
   */
  readonly distributions: readonly string[]
  /** `undefined` when the manifest names no serving code, or it could not be read. */
  readonly imports: readonly LockedImport[] | undefined
}

export const dependencies: Collector<DependencyFiles> = {
  title: 'The requirements of the named dependency files',
  async collect(key, context, facts) {
    const { files: named = [], dockerfile } = context.manifest.dependencies ?? {}
    if (named.length === 0) return absentBlock(key, context, 'dependencies.files')
    const paths = dockerfile === undefined ? named : [...named, dockerfile]
    const digests = new Map<string, string>()
    const load = loader(context, digests)
    const set = await readDependencies([...new Set(paths)], load)
    const files = set.files.map((path) => ({ path, sha256: digests.get(path) ?? '' }))
    const [first = { path: named[0] ?? '' }] = files
    const { entries, hashMode, unsupported } = set
    const findings = [...set.findings, ...(await crossFindings(set, load, context, facts))]
    const target = {
      python: namedPython(set, context).map(({ version }) => version),
      isLinux: buildsLinux(set),
    }
    const distributions = entriesOnTarget(entries, target, await versionRules())
      .filter(({ code }) => !/^(IMAGE|SYSTEM_PACKAGE)_/.test(code))
      .map(({ name }) => normalizeName(name))
    const sources = await facts.get('code.python-sources')
    const imports =
      sources.state === 'present'
        ? await lockedImports(sources.value, distributions, context)
        : undefined
    return {
      key,
      state: 'present',
      value: {
        entries,
        findings: [...findings, ...importsNotRead(sources)],
        hashMode,
        files,
        unsupported,
        distributions,
        imports,
      },
      source: first,
    }
  },
}

/** No serving code may be named, but code that is named and unreadable hides its imports. */
function importsNotRead(sources: Fact<PythonSources>): readonly GradedFinding[] {
  if (sources.state === 'present') return unreadImports(sources.value)
  if (sources.state === 'absent') return []
  const { path, line = null } = sources.source
  const location = sources.source
  return [
    { severity: 'inconclusive', code: 'IMPORTS_NOT_READ', args: { file: path, line }, location },
  ]
}

/** What other files of the project say against the locked versions. */
async function crossFindings(
  set: DependencySet,
  load: LoadFile,
  context: FactContext,
  facts: FactReader,
): Promise<readonly GradedFinding[]> {
  const versions = await versionRules()
  const freshness = await lockFreshness(set, load, versions)
  const ranges = [...set.requiresPython, ...freshness.requiresPython]
  const inspection = await facts.get('model.inspection')
  const libraries = inspection.state === 'present' ? inspection.value.producers : []
  return [
    ...freshness.findings,
    ...installedFileFindings(set),
    ...versionDisagreements(set, versions),
    ...mlflowFindings(set),
    ...pythonFindings(namedPython(set, context), ranges, versions),
    ...modelLibraryFindings(libraries, set.entries, versions),
  ]
}

function namedPython(set: DependencySet, { manifest }: FactContext): readonly NamedPython[] {
  const declared = manifest.dependencies?.python
  const place = manifest.locate(['dependencies', 'python'])
  return [
    ...(declared === undefined ? [] : [{ version: declared, place }]),
    ...set.locks.flatMap(({ reading }) =>
      reading.python.map(({ version, file, line }) => ({ version, place: { path: file, line } })),
    ),
  ]
}

function buildsLinux({ locks }: DependencySet): boolean {
  const images = locks
    .filter(({ format }) => format.kind === 'dockerfile')
    .flatMap(({ reading }) => reading.entries.filter(({ code }) => code.startsWith('IMAGE_')))
  return images.length > 0 && images.every(({ name }) => !/windows|nanoserver/i.test(name))
}

function loader(context: FactContext, digests: Map<string, string>): LoadFile {
  return async (path) => {
    // An included path was not checked when the manifest was loaded, and may be a link.
    const file = await realpath(projectPath(context, path)).catch(() => undefined)
    if (file === undefined) return 'missing'
    if (!isInside(context.manifest.repositoryRoot, file)) return 'outside'
    const found = await stat(file).catch(() => undefined)
    if (found === undefined) return 'missing'
    if (!found.isFile()) return 'not-a-file'
    if (found.size > REQUIREMENTS_BYTES) return 'too-large'
    const bytes = await readFile(file).catch(() => undefined)
    if (bytes === undefined) return 'missing'
    digests.set(path, createHash('sha256').update(bytes).digest('hex'))
    return bytes
  }
}
