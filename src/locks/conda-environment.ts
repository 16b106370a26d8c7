import { judgeCondaSpec } from './conda-spec.ts'
import { NOTHING_READ, type LockFormat, type LockReading, type LockSource } from './lock-format.ts'
import { asInstaller } from './installers.ts'
import { at, listAt, LockSyntaxError, textAt, type Located } from './located.ts'
import { readPipLines, type PipLine } from './pip-lines.ts'
import type { RequirementEntry } from './requirement.ts'
import { parseYaml } from './yaml-tree.ts'

/** `environment.yml`, or MLflow's `conda.yaml`; the nested list of pip follows the rules of pip. */
export const condaEnvironment: LockFormat = {
  name: 'conda environment',
  kind: 'conda',
  fileName: /^(conda|(.+[-_.])?(env|environment)([-_.].+)?)\.ya?ml$/,
  looksLike: (text) => /^dependencies:\s*$/m.test(text) && /^channels:/m.test(text),
  async read(source) {
    return readEnvironment(await parseYaml(source.text), source)
  },
}

function readEnvironment(root: Located, source: LockSource): LockReading {
  const { path, versions } = source
  const dependencies = at(root, 'dependencies')
  if (dependencies?.kind !== 'list') {
    throw new LockSyntaxError(dependencies?.line ?? 1, 'a list of dependencies is missing')
  }
  const entries: RequirementEntry[] = []
  const pipLines: PipLine[] = []
  const python: { version: string; file: string; line: number }[] = []
  for (const item of dependencies.items) {
    const text = textAt(item)
    const { line } = item
    const nested = listAt(item, 'pip')
    if (text === undefined && at(item, 'pip')?.kind !== 'list') {
      throw new LockSyntaxError(line, 'a dependency is neither a text nor a list of pip')
    }
    for (const each of nested) {
      const requirement = textAt(each)
      if (requirement === undefined)
        throw new LockSyntaxError(each.line, 'a requirement is no text')
      pipLines.push({ text: requirement, line: each.line })
    }
    if (text === undefined) continue
    const { name, specifier, pinned, code } = judgeCondaSpec(text)
    entries.push({ name, file: path, line, specifier, marker: undefined, hashes: [], pinned, code })
    const version = /^={0,2}\s*(\d[\d.]*)/.exec(specifier)?.[1]
    if (name === 'python' && version !== undefined) python.push({ version, file: path, line })
  }
  const pip = readPipLines(pipLines, path, versions)
  return {
    ...NOTHING_READ,
    entries: [...entries, ...pip.set.entries].map(asInstaller),
    findings: pip.set.findings,
    includes: pip.includes,
    python,
  }
}
