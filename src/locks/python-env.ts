import { NOTHING_READ, type LockFormat } from './lock-format.ts'
import { asInstaller } from './installers.ts'
import { at, listAt, textAt } from './located.ts'
import { readPipLines, type PipLine } from './pip-lines.ts'
import { parseYaml } from './yaml-tree.ts'

/** MLflow's `python_env.yaml`: the version of Python, and lists that pip reads. */
export const pythonEnv: LockFormat = {
  name: 'python_env.yaml',
  kind: 'lock',
  fileName: /^python_env\.ya?ml$/,
  looksLike: (text) => /^python:\s/m.test(text) && /^build_dependencies:/m.test(text),
  async read({ path, text, versions }) {
    const root = await parseYaml(text)
    const items = [...listAt(root, 'build_dependencies'), ...listAt(root, 'dependencies')]
    const lines = items.map((item): PipLine => ({ text: textAt(item) ?? '', line: item.line }))
    const pip = readPipLines(lines, path, versions)
    const version = textAt(root, 'python')
    const line = at(root, 'python')?.line ?? 1
    return {
      ...NOTHING_READ,
      entries: pip.set.entries.map(asInstaller),
      findings: pip.set.findings,
      includes: pip.includes,
      python: version === undefined ? [] : [{ version, file: path, line }],
    }
  },
}
