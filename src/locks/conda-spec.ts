import type { FindingCode } from '../core/finding.ts'
import type { PinState } from './requirement.ts'

/** A dependency of a Conda environment as written. */
export interface CondaSpec {
  readonly name: string
  /** What stands behind the name. */
  readonly specifier: string
  readonly pinned: PinState
  readonly code: FindingCode
  /** The version, where exactly one is named. */
  readonly version: string | undefined
}

const NAME = /^(?:[^\s:]+::)?([A-Za-z0-9_][A-Za-z0-9_.-]*)(?:\[[^\]]*\])?\s*(.*)$/
const VERSION = /^[A-Za-z0-9_.!+-]+$/

/**
 * Judges `name=version=build`: exact with its build, a warning with `==version` alone, which any build
 * answers. A single `=` is a prefix: `numpy=1.26` matches 1.26.4, and so is not pinned.
 *
 * Source: Conda's package match specification.
 */
export function judgeCondaSpec(text: string): CondaSpec {
  const [, name = text, rest = ''] = NAME.exec(text.trim()) ?? []
  const specifier = rest.trim()
  const verdict = (pinned: PinState, code: FindingCode, version?: string): CondaSpec => ({
    name,
    specifier,
    pinned,
    code,
    version,
  })
  if (!NAME.test(text.trim())) return verdict('no', 'REQUIREMENT_INVALID')
  if (specifier === '' || specifier === '*') return verdict('no', 'REQUIREMENT_UNPINNED')
  if (/[,|<>!~]/.test(specifier)) return verdict('no', 'REQUIREMENT_RANGE')
  if (specifier.startsWith('==')) {
    const [version = '', build] = specifier
      .slice(2)
      .trim()
      .split(/[=\s]+/)
    if (version.includes('*')) return verdict('no', 'REQUIREMENT_WILDCARD')
    if (!VERSION.test(version)) return verdict('no', 'REQUIREMENT_INVALID')
    return exact(version, build, verdict)
  }
  // `name version build` means `name==version=build`, and `name version` means `name==version`.
  const isSpaced = !specifier.startsWith('=')
  const [version = '', build] = specifier
    .replace(/^=/, '')
    .trim()
    .split(/[=\s]+/)
  if (version.includes('*')) return verdict('no', 'REQUIREMENT_WILDCARD')
  if (!VERSION.test(version)) return verdict('no', 'REQUIREMENT_INVALID')
  // Python has no fourth number, so that `python=3.11.7` is one version, as MLflow writes it.
  const isWhole = name === 'python' && /^\d+\.\d+\.\d+$/.test(version)
  if (build === undefined && !isSpaced && !isWhole) return verdict('no', 'CONDA_PREFIX')
  return exact(version, build, verdict)
}

function exact(
  version: string,
  build: string | undefined,
  verdict: (pinned: PinState, code: FindingCode, version: string) => CondaSpec,
): CondaSpec {
  return build === undefined || build.includes('*')
    ? verdict('warn', 'CONDA_WITHOUT_BUILD', version)
    : verdict('yes', 'CONDA_EXACT_BUILD', version)
}
